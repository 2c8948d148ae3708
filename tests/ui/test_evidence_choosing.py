"""Choosing, photographing, dropping and removing documents; pictures leave the phone small and bare."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from assessments.models import Assessment
from tests.support.assessing import PDF, make_assessment, prove, someone_of
from tests.support.browser import DESK
from tests.support.uploading import photo
from tests.ui.evidence_page import choose, files, grey, kept, pdf, said, waiting
from tests.ui.section_page import OpenSection
from tests.ui.test_pages import assert_fits, offences

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return make_assessment()


def test_limits_are_said_at_the_question(open_section: OpenSection, assessment: Assessment, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    settings.EVIDENCE_MAX_FILES_PER_QUESTION = 1
    page = open_section("S1")
    choose(page, pdf("run.exe"))
    expect(said(page)).to_contain_text("run.exe: This kind of file cannot be used.")
    choose(page, pdf("large.pdf", PDF + bytes(1024 * 1024)))
    expect(said(page)).to_contain_text("at most 1 MB")
    choose(page, pdf("none.pdf", b""))
    expect(said(page)).to_contain_text("This file is empty.")
    choose(page, {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"ftypheic"})
    expect(said(page)).to_contain_text("Please send it as JPEG.")
    choose(page, pdf("one.pdf"), pdf("two.pdf", PDF + b"2"))
    expect(said(page)).to_contain_text("two.pdf: There are already 1 files")
    expect(files(page)).to_have_count(1)
    assert assessment.evidence.count() == 1


def test_small_and_turned_photos_are_made_upright_and_bare(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    small = {"name": "IMG 1.jpeg", "mimeType": "image/jpeg", "buffer": photo(turned=6)}
    sharp = {"name": "screen.png", "mimeType": "image/png", "buffer": photo("PNG")}
    sent: list[bytes] = []
    page.on(
        "request", lambda request: sent.append(request.post_data_buffer or b"") if request.method == "PUT" else None
    )
    choose(page, small, sharp)
    expect(files(page)).to_have_count(2)
    found = {name: Image.open(io.BytesIO(content)) for name, content in kept(assessment).items()}
    assert {name: (image.format, image.size) for name, image in found.items()} == {
        "IMG 1.jpg": ("JPEG", (40, 60)),
        "screen.png": ("PNG", (60, 40)),
    }
    # It is the phone that takes them away: they do not even travel.
    assert len(sent) == 2
    assert not any(b"Secret" in body for body in sent)
    image = files(page).first.locator("img")
    expect(image).to_be_visible()
    assert image.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 40


def test_a_document_is_removed_and_brought_back_without_leaving(
    open_section: OpenSection, assessment: Assessment
) -> None:
    prove(assessment, "S1.01", "exit.pdf")
    page = open_section("S1")
    page.evaluate("window.isSamePage = true")
    page.get_by_role("button", name="Remove exit.pdf").click()
    expect(waiting(page)).to_contain_text("Removed: exit.pdf")
    expect(files(page)).to_have_count(0)
    assert not assessment.evidence.current().exists()
    page.get_by_role("button", name="Undo").click()
    expect(files(page)).to_have_count(1)
    assert assessment.evidence.current().count() == 1
    page.route("**/remove/", lambda route: route.abort())
    page.get_by_role("button", name="Remove exit.pdf").click()
    expect(said(page)).to_contain_text("This needs a connection.")
    assert page.evaluate("window.isSamePage")


def test_on_a_desk_files_are_dropped_on_the_question(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1", **DESK, is_mobile=False, has_touch=False, device_scale_factor=1)
    expect(page.get_by_text("Take a photo").first).to_be_hidden()
    page.evaluate(
        """([name, text]) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], name, {type: "application/pdf"}));
            const place = document.querySelector('[data-question="S1.01"] [data-evidence]');
            place.dispatchEvent(new DragEvent("drop", {dataTransfer, bubbles: true, cancelable: true}));
        }""",
        ["dropped.pdf", PDF.decode()],
    )
    expect(files(page)).to_contain_text("dropped.pdf")
    assert kept(assessment) == {"dropped.pdf": PDF}


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_buttons_fit_are_reached_by_keyboard_and_speak_our_words(
    open_section: OpenSection, assessment: Assessment, language: str
) -> None:
    manager = someone_of(assessment)
    manager.language = language
    manager.save()
    prove(assessment, "S1.01", "exit.jpg", photo(size=(300, 200)))
    page = open_section("S1")
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, grey(1, (800, 600)))
    expect(waiting(page).locator("img")).to_be_visible()
    assert_fits(page)
    assert offences(page) == []
    for selector in ("-file", "-photo"):
        box = page.locator(f"#q-S1-01{selector}")
        box.focus()
        size = box.bounding_box()
        assert size
        assert size["width"] <= 1
    assert page.locator("#q-S1-01-photo").get_attribute("capture") == "environment"
    expect(page.locator("label[for=q-S1-01-photo]")).to_be_visible()


def test_without_scripts_documents_go_with_the_form(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1", java_script_enabled=False)
    box = page.locator('[name="S1.01.file"]')
    assert (box.bounding_box() or {})["width"] > 100
    box.set_input_files([{"name": "exit.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(files(page)).to_contain_text("exit.jpg")
    assert b"Secret" not in kept(assessment)["exit.jpg"]
    page.get_by_role("button", name="Remove exit.jpg").click()
    expect(files(page)).to_have_count(0)
