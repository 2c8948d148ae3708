"""Documents and photos on a bad line: kept at once, sent in pieces, none lost and none doubled."""

import io

import pytest
from django.urls import reverse
from PIL import Image, ImageStat
from playwright.sync_api import Route, expect

from assessments.models import Assessment, Evidence
from tests.support.assessing import PDF, make_assessment, make_campaign, someone_of, submit
from tests.ui.evidence_page import again, choose, choose_without_a_line, files, grey, kept, pdf, said, waiting
from tests.ui.section_page import OpenSection
from tests.ui.test_pages import offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]

LONG = 30_000


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return make_assessment()


def test_five_photos_taken_offline_survive_the_tab_and_arrive_whole(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section("S1")
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
    page = open_section("S1")
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
    page = open_section("S1")
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
    page = open_section("S1")
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, pdf("one.pdf"), pdf("two.pdf", PDF + b"2"))
    waiting(page).filter(has_text="one.pdf").get_by_role("button", name="Cancel").click()
    expect(waiting(page)).to_have_count(1)
    fresh = again(page.context, page)
    expect(files(fresh)).to_have_text(["two.pdf 1 KBRemove two.pdf"])
    assert list(kept(assessment)) == ["two.pdf"]


def test_what_waits_is_sent_from_whatever_page_is_opened(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    choose_without_a_line(page)
    page.unroute("**/uploads/**")
    page.goto(reverse("assessments:factory_home", args=[assessment.factory.code]))
    expect(page.locator("[data-line]")).to_be_hidden()
    page.goto(reverse("assessments:section", args=[assessment.code, "S1"]))
    expect(files(page)).to_have_count(1)
    assert list(kept(assessment)) == ["bill.pdf"]


def test_signing_out_waits_for_a_document_to_be_sent(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    choose_without_a_line(page)
    page.unroute("**/uploads/**")
    page.locator("header details summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/assessments/" not in url)
    assert list(kept(assessment)) == ["bill.pdf"]


def test_what_waits_for_another_assessment_is_not_shown_here(open_section: OpenSection, assessment: Assessment) -> None:
    other = make_assessment(assessment.factory, make_campaign(reporting_year=2023))
    page = open_section("S1")
    choose_without_a_line(page)
    page.goto(reverse("assessments:section", args=[other.code, "S1"]))
    expect(page.locator("[data-line]")).to_contain_text("1 document waits on this phone")
    expect(waiting(page)).to_have_count(0)


def test_the_same_file_is_kept_once(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
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


def test_what_the_server_refuses_stays_with_its_reason(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    choose(page, pdf("page.pdf", b"<html>not a paper</html>"))
    expect(waiting(page)).to_contain_text("This kind of file cannot be used.")
    expect(waiting(page).get_by_role("button", name="Try again")).to_be_visible()
    waiting(page).get_by_role("button", name="Cancel").click()
    expect(waiting(page)).to_have_count(0)
    submit(assessment)
    choose(page, pdf("late.pdf", PDF + b"late"))
    expect(waiting(page)).to_contain_text("The file stays on this phone.")


def test_who_is_signed_out_sends_after_signing_in(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    page.context.clear_cookies(name="sessionid")
    choose(page, pdf())
    expect(waiting(page)).to_contain_text("Please sign in again.")
    other = page.context.new_page()
    sign_in(other, someone_of(assessment).email)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(files(page)).to_have_count(1)


def test_two_tabs_send_a_file_once_and_both_know(open_section: OpenSection, assessment: Assessment) -> None:
    first = open_section("S1")
    first.route("**/uploads/**", lambda route: route.abort())
    choose(first, pdf())
    expect(waiting(first)).to_contain_text("Waits on this phone")
    second = first.context.new_page()
    second.goto(first.url)
    expect(files(second)).to_have_count(1)
    expect(files(first)).to_have_count(1)
    assert assessment.evidence.count() == 1
