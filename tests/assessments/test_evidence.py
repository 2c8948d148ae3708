"""Documents: what is let in, who may read them, and that they are only ever downloads."""

import io
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessments.models import Assessment, Evidence
from suppliers.roles import Role
from tests.support.assessing import PDF, make_assessment, prove, shares_with, submit
from tests.support.sections import manager_of
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8)).save(stream, kind)
    return stream.getvalue()


def office(part: str, **more: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<x/>")
        for name, content in more.items():
            archive.writestr(name, content)
    return stream.getvalue()


def upload(client: Client, assessment: Assessment, name: str, content: bytes, code: str = "S1.01") -> HttpResponse:
    url = reverse("assessments:upload", args=[assessment.code, code])
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bill.pdf", PDF),
        ("exit.JPG", picture("JPEG")),
        ("exit.png", picture("PNG")),
        ("exit.webp", picture("WEBP")),
        ("policy.docx", office("word/document.xml")),
        ("meter.xlsx", office("xl/workbook.xml")),
        ("talk.pptx", office("ppt/presentation.xml")),
    ],
)
def test_the_usual_kinds_of_documents_are_taken(name: str, content: bytes) -> None:
    assessment = make_assessment()
    answer = upload(manager_of(assessment), assessment, name, content)
    assert (answer.status_code, answer.json()["name"]) == (200, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ\x90\x00"),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("picture.png", PDF),
        ("archive.docx", office("other/file.xml")),
        ("macro.xlsx", office("xl/workbook.xml", **{"xl/vbaProject.bin": "x"})),
        ("noname", PDF),
    ],
)
def test_what_is_something_else_inside_is_refused(name: str, content: bytes) -> None:
    assessment = make_assessment()
    answer = upload(manager_of(assessment), assessment, name, content)
    assert answer.status_code == 422
    assert "cannot be used" in answer.json()["problem"]
    assert not Evidence.objects.exists()


def test_empty_and_too_large_files_say_so(settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    assessment = make_assessment()
    client = manager_of(assessment)
    assert "empty" in upload(client, assessment, "a.pdf", b"").json()["problem"]
    assert "at most 1 MB" in upload(client, assessment, "a.pdf", PDF + b"x" * 1024 * 1024).json()["problem"]


def test_nothing_sent_is_told_apart(client: Client) -> None:
    assessment = make_assessment()
    url = reverse("assessments:upload", args=[assessment.code, "S1.01"])
    assert manager_of(assessment).post(url).status_code == 400


def test_a_question_takes_ten_files_and_the_same_one_once() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    for number in range(settings.EVIDENCE_MAX_FILES_PER_QUESTION):
        upload(client, assessment, f"{number}.pdf", PDF + bytes([number]))
    assert upload(client, assessment, "0.pdf", PDF + bytes([0])).status_code == 200
    assert upload(client, assessment, "more.pdf", PDF + b"more").status_code == 422
    assert Evidence.objects.count() == settings.EVIDENCE_MAX_FILES_PER_QUESTION


def test_names_cannot_lead_out_of_our_folder() -> None:
    assessment = make_assessment()
    upload(manager_of(assessment), assessment, "..\\..\\etc\\pass\u202ewd.pdf", PDF)
    file = Evidence.objects.get()
    assert file.name == "passwd.pdf"
    assert file.file.name == f"evidence/{assessment.pk}/{file.public_id.hex}"


def test_a_download_never_runs_as_a_page_of_ours() -> None:
    assessment = make_assessment()
    file = prove(assessment, "S1.01", "ច្រក.pdf")
    answer = manager_of(assessment).get(reverse("assessments:evidence", args=[file.public_id]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


def test_who_reads_a_draft_reads_its_documents_and_nobody_else() -> None:
    assessment, brand = make_assessment(), make_brand()
    buys(brand, assessment.factory)
    address = reverse("assessments:evidence", args=[prove(assessment, "S1.01").public_id])
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory)).get(address).status_code == 200
    assert signed_in(hold(Role.PROGRAM_STAFF, country="KH")).get(address).status_code == 200
    assert signed_in(hold(Role.PROGRAM_STAFF, country="VN")).get(address).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address).status_code == 404
    assert signed_in(make_user()).get(address).status_code == 404


def test_a_brand_reads_what_a_shared_submission_names() -> None:
    assessment, brand = make_assessment(), make_brand()
    submit(assessment)
    reviewer = signed_in(hold(Role.BRAND_REVIEWER, brand))
    address = reverse("assessments:evidence", args=[Evidence.objects.get().public_id])
    buys(brand, assessment.factory)
    assert reviewer.get(address).status_code == 404
    share = shares_with(assessment.factory, brand)
    assert reviewer.get(address).status_code == 200
    share.delete()
    assert reviewer.get(address).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_there() -> None:
    assessment = make_assessment()
    file = prove(assessment, "S1.01")
    file.file.storage.delete(file.file.name)
    assert manager_of(assessment).get(reverse("assessments:evidence", args=[file.public_id])).status_code == 404


def test_documents_are_locked_with_their_question() -> None:
    assessment = make_assessment()
    submit(assessment)
    client = manager_of(assessment)
    assert upload(client, assessment, "late.pdf", PDF + b"late").status_code == 423
    section = reverse("assessments:section", args=[assessment.code, "S1"])
    client.post(section, {"remove": str(Evidence.objects.get().public_id)})
    assert Evidence.objects.current().count() == 1


def test_nobody_removes_the_documents_of_another_assessment() -> None:
    mine, other = make_assessment(), make_assessment(make_factory())
    file = prove(other, "S1.01")
    section = reverse("assessments:section", args=[mine.code, "S1"])
    assert manager_of(mine).post(section, {"remove": str(file.public_id)}).status_code == 404
    assert manager_of(mine).post(section, {"remove": "nonsense"}).status_code == 404
    assert Evidence.objects.current().count() == 1


def test_who_may_upload() -> None:
    assessment = make_assessment()
    assert upload(signed_in(hold(Role.PROGRAM_STAFF)), assessment, "a.pdf", PDF).status_code == 403
    assert upload(signed_in(make_user()), assessment, "a.pdf", PDF).status_code == 404
    assert upload(manager_of(assessment), assessment, "a.pdf", PDF, code="X9").status_code == 404
