"""Documents and photos on a phone: kept at once, sent in pieces over whatever line there is, small and bare."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image, ImageStat
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from assessments.models import Assessment, Evidence
from tests.support.assessing import PDF, make_assessment, prove, someone_of, submit
from tests.support.browser import DESK, PHONE, NewPage
from tests.support.uploading import photo
from tests.ui.test_pages import assert_fits, offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenSection = Callable[..., Page]
LONG = 30_000


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return make_assessment()


@pytest.fixture
def open_section(new_page: NewPage, assessment: Assessment) -> OpenSection:
    def opened(section: str = "S1", **options: Any) -> Page:
        page = new_page(**(PHONE | options))
        sign_in(page, someone_of(assessment).email)
        page.goto(reverse("assessments:section", args=[assessment.code, section]))
        return page

    return opened


def again(context: BrowserContext, page: Page) -> Page:
    """The tab is gone without a farewell, and somebody opens the page anew."""
    address = page.url
    page.close()
    fresh = context.new_page()
    fresh.goto(address)
    return fresh


def grey(number: int, side: tuple[int, int] = (2400, 1800), **more: Any) -> dict[str, Any]:
    """A photo told by its brightness, with so much noise in it that it takes several pieces."""
    noise = Image.effect_noise((side[0] // 2, side[1] // 2), 50).resize(side)
    taken = Image.blend(Image.new("L", side, 30 + 40 * number), noise, 0.3).convert("RGB")
    exif = Image.open(io.BytesIO(photo(**more))).getexif()
    stream = io.BytesIO()
    taken.save(stream, "JPEG", exif=exif.tobytes(), quality=90)
    return {"name": f"exit {number}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def pdf(name: str = "bill.pdf", content: bytes = PDF) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def files(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-files] li')


def waiting(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-waiting-files] li')


def said(page: Page, code: str = "S1.01") -> Locator:
    return page.locator(f'[data-question="{code}"] [data-upload-state]')


def choose(page: Page, *chosen: dict[str, Any], code: str = "S1.01") -> None:
    page.set_input_files(f'[name="{code}.file"]', list(chosen))


def kept(assessment: Assessment) -> dict[str, bytes]:
    found = {}
    for file in assessment.evidence.current():
        with file.file.open() as stored:
            found[file.name] = bytes(stored.read())
    return found


def test_five_photos_taken_offline_survive_the_tab_and_arrive_whole(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    context = page.context
    page.route("**/uploads/**", lambda route: route.abort("internetdisconnected"))
    taken = [grey(number) for number in range(5)]
    assert sum(len(one["buffer"]) for one in taken) > 2_000_000
    choose(page, *taken)
    expect(waiting(page)).to_have_count(5, timeout=LONG)
    expect(waiting(page).last).to_contain_text("Waits on this phone")
    context.set_offline(True)
    assert not Evidence.objects.exists()
    page.close()
    context.set_offline(False)
    fresh = context.new_page()
    fresh.goto(reverse("assessments:section", args=[assessment.code, "S1"]))
    expect(files(fresh)).to_have_count(5, timeout=LONG)
    expect(waiting(fresh)).to_have_count(0)
    found = kept(assessment)
    assert sorted(found) == [f"exit {number}.jpg" for number in range(5)]
    for one in taken:
        sent, arrived = (Image.open(io.BytesIO(content)) for content in (one["buffer"], found[one["name"]]))
        assert (arrived.size, len(arrived.getexif())) == ((2000, 1500), 0)
        brightness = [ImageStat.Stat(image.convert("L")).mean[0] for image in (sent, arrived)]
        assert brightness[0] == pytest.approx(brightness[1], abs=2)
        assert len(found[one["name"]]) < len(one["buffer"])


def test_a_lost_piece_and_a_broken_server_only_take_time(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    seen: list[str] = []

    def disturb(route: Route) -> None:
        seen.append(route.request.method)
        match len(seen):
            case 1:
                route.fulfill(status=500, body="<h1>Server error</h1>", content_type="text/html")
            case 3:
                route.abort("connectionreset")
            case 5:  # it arrived, but nobody heard
                route.fetch()
                route.abort("connectionreset")
            case 7:
                route.fulfill(status=502)
            case _:
                route.continue_()

    page.route("**/uploads/**", disturb)
    content = PDF + bytes(range(256)) * 4096
    choose(page, pdf("plan.pdf", content))
    expect(files(page)).to_have_count(1, timeout=LONG)
    assert kept(assessment) == {"plan.pdf": content}
    assert len(seen) > 8


def test_progress_is_said_and_drawn_while_the_page_stays_usable(open_section: OpenSection) -> None:
    page = open_section()
    held: list[Route] = []

    def hold_third(route: Route) -> None:
        if route.request.method == "PUT" and route.request.headers["upload-offset"] == "524288":
            held.append(route)
        else:
            route.continue_()

    page.route("**/uploads/**", hold_third)
    choose(page, pdf("plan.pdf", PDF + bytes(1024 * 1024 - len(PDF))))
    expect(waiting(page)).to_contain_text("Uploading 50%")
    assert waiting(page).locator("progress").evaluate("(bar) => bar.value") == 0.5
    assert offences(page) == []
    page.fill('[name="S1.02"]', "48")
    expect(page.locator('[data-question="S1.02"] [data-state]')).to_have_attribute("data-state", "saved")
    held[0].continue_()
    expect(files(page)).to_have_count(1)
    expect(said(page)).to_have_text("Saved")


def test_what_waits_can_be_cancelled(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, pdf("one.pdf"), pdf("two.pdf", PDF + b"2"))
    waiting(page).filter(has_text="one.pdf").get_by_role("button", name="Cancel").click()
    expect(waiting(page)).to_have_count(1)
    fresh = again(page.context, page)
    expect(files(fresh)).to_have_text([r"two.pdf 1 KB" + "Remove"])
    assert list(kept(assessment)) == ["two.pdf"]


def test_the_same_file_is_kept_once(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, pdf())
    choose(page, pdf("again.pdf"))
    expect(said(page)).to_have_text("again.pdf: This file is already here.")
    expect(waiting(page)).to_have_count(1)
    page.unroute("**/uploads/**")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(files(page)).to_have_count(1)
    choose(page, pdf("third.pdf"))
    expect(said(page)).to_have_text("Saved")
    expect(files(page)).to_have_count(1)
    assert assessment.evidence.count() == 1


def test_limits_are_said_at_the_question(open_section: OpenSection, assessment: Assessment, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    settings.EVIDENCE_MAX_FILES_PER_QUESTION = 1
    page = open_section()
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


def test_what_the_server_refuses_stays_with_its_reason(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    choose(page, pdf("page.pdf", b"<html>not a paper</html>"))
    expect(waiting(page)).to_contain_text("This kind of file cannot be used.")
    expect(waiting(page).get_by_role("button", name="Try again")).to_be_visible()
    waiting(page).get_by_role("button", name="Cancel").click()
    expect(waiting(page)).to_have_count(0)
    page.evaluate("document.querySelector('[data-files]').dataset.seen = 1")
    submit(assessment)
    choose(page, pdf("late.pdf", PDF + b"late"))
    expect(waiting(page)).to_contain_text("The file stays on this phone.")


def test_small_and_turned_photos_are_made_upright_and_bare(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
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
    page = open_section()
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


def test_who_is_signed_out_sends_after_signing_in(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    page.context.clear_cookies(name="sessionid")
    choose(page, pdf())
    expect(waiting(page)).to_contain_text("Please sign in again.")
    other = page.context.new_page()
    sign_in(other, someone_of(assessment).email)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(files(page)).to_have_count(1)


def test_two_tabs_send_a_file_once_and_both_know(open_section: OpenSection, assessment: Assessment) -> None:
    first = open_section()
    first.route("**/uploads/**", lambda route: route.abort())
    choose(first, pdf())
    expect(waiting(first)).to_contain_text("Waits on this phone")
    second = first.context.new_page()
    second.goto(first.url)
    expect(files(second)).to_have_count(1)
    expect(files(first)).to_have_count(1)
    assert assessment.evidence.count() == 1


def test_on_a_desk_files_are_dropped_on_the_question(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section(**DESK, is_mobile=False, has_touch=False, device_scale_factor=1)
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
    page = open_section()
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


def test_without_scripts_documents_go_with_the_form(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section(java_script_enabled=False)
    box = page.locator('[name="S1.01.file"]')
    assert (box.bounding_box() or {})["width"] > 100
    box.set_input_files([{"name": "exit.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(files(page)).to_contain_text("exit.jpg")
    assert b"Secret" not in kept(assessment)["exit.jpg"]
    page.get_by_role("button", name="Remove exit.jpg").click()
    expect(files(page)).to_have_count(0)
