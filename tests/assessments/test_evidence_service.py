import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessments.models import Assessment
from assessments.services import evidence
from assessments.services.answering import Locked, UnknownQuestion
from assessments.services.evidence import FileRefused
from tests.support.assessing import PDF, make_assessment, make_submission, prove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def picture(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def refusal(name: str, content: bytes, assessment: Assessment | None = None) -> str:
    """Why the file is not let in; "" if it is."""
    try:
        prove(assessment or make_assessment(), "S1.01", name, content)
    except FileRefused as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("policy.pdf", PDF, "application/pdf"),
        ("POLICY.PDF", PDF, "application/pdf"),
        ("exit.jpg", picture("JPEG"), "image/jpeg"),
        ("exit.jpeg", picture("JPEG"), "image/jpeg"),
        ("exit.png", picture("PNG"), "image/png"),
        ("exit.webp", picture("WEBP"), "image/webp"),
        ("plan.docx", packed("[Content_Types].xml", "word/document.xml"), evidence._OFFICE[".docx"]),
        ("bills.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), evidence._OFFICE[".xlsx"]),
        ("talk.pptx", packed("[Content_Types].xml", "ppt/presentation.xml"), evidence._OFFICE[".pptx"]),
    ],
)
def test_papers_and_pictures_are_let_in(name: str, content: bytes, kind: str) -> None:
    kept = prove(make_assessment(), "S1.01", name, content)
    assert (kept.content_type, kept.size) == (kind, len(content))
    with kept.file.open() as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("page.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("picture.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("program.exe", b"MZ" + bytes(200)),
        ("photo.jpg", PDF),
        ("paper.pdf", picture("PNG")),
        ("paper", PDF),
        ("files.zip", packed("a.txt")),
        ("plan.docx", packed("a.txt")),
        ("plan.docx", packed("xl/workbook.xml")),
        ("plan.docx", b"PK\x03\x04 word/ but nothing packed"),
    ],
)
def test_what_is_inside_decides_and_not_the_name(name: str, content: bytes) -> None:
    assert refusal(name, content) == "wrong_type"


@pytest.mark.parametrize("name", ["plan.docm", "plan.docx"])
def test_nothing_with_macros_is_let_in(name: str) -> None:
    assert refusal(name, packed("word/document.xml", "word/vbaProject.bin")) == "wrong_type"


def test_macros_are_found_however_much_is_packed_beside_them() -> None:
    many = [f"word/media/a-rather-long-name-of-a-picture-{number:05d}.png" for number in range(2000)]
    assert refusal("plan.docx", packed("word/vbaProject.bin", *many)) == "wrong_type"


def test_a_file_has_something_in_it_and_is_not_too_large(settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = len(PDF)
    assert refusal("empty.pdf", b"") == "empty"
    assert refusal("large.pdf", PDF + b" ") == "too_large"
    assert refusal("right.pdf", PDF) == ""


def test_a_question_takes_so_many_files_and_no_more(settings: Any) -> None:
    settings.EVIDENCE_MAX_FILES_PER_QUESTION = 2
    assessment = make_assessment()
    kept = [prove(assessment, "S1.01", f"{n}.pdf", PDF + str(n).encode()) for n in range(2)]
    assert refusal("3.pdf", PDF + b"3", assessment) == "too_many"
    evidence.remove_evidence(evidence=kept[0])
    assert refusal("3.pdf", PDF + b"3", assessment) == ""


def test_the_same_file_at_the_same_question_is_kept_once() -> None:
    assessment = make_assessment()
    assert prove(assessment, "S1.01") == prove(assessment, "S1.01", "again.pdf")
    assert prove(assessment, "E1.02") != prove(assessment, "S1.01")


def test_the_stored_path_has_nothing_of_the_uploaded_name() -> None:
    kept = prove(make_assessment(), "S1.01", "..\\..\\secret plan<script>.pdf")
    assert kept.name == "secret planscript.pdf"
    assert "secret" not in kept.file.name


def test_a_long_name_keeps_its_ending() -> None:
    name = evidence.safe_name("ក" * 300 + ".pdf")
    assert len(name) <= 200
    assert name.endswith(".pdf")


def test_a_removed_file_stays_for_the_submission_that_names_it() -> None:
    assessment = make_assessment()
    kept = prove(assessment, "S1.01")
    evidence.remove_evidence(evidence=kept)
    kept.refresh_from_db()
    assert kept.removed_at
    assert kept.file.storage.exists(kept.file.name)
    assert not assessment.evidence.current().exists()


def test_files_are_locked_like_their_answers() -> None:
    submission = make_submission()
    with pytest.raises(Locked):
        prove(submission.assessment, "S1.01", "late.pdf", PDF + b"late")
    with pytest.raises(Locked):
        evidence.remove_evidence(evidence=submission.assessment.evidence.get())


def test_a_file_belongs_to_a_question() -> None:
    with pytest.raises(UnknownQuestion):
        prove(make_assessment(), "X9.99")


def test_the_check_leaves_the_file_at_its_beginning() -> None:
    for name, content in (("a.pdf", PDF), ("a.docx", packed("word/document.xml"))):
        upload = SimpleUploadedFile(name, content)
        evidence.checked_type(upload)
        assert upload.tell() == 0
