"""Filling in on a phone: answers save by themselves, also on a bad connection, and nothing is lost or overwritten."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from assessments.models import Assessment
from suppliers.roles import Role
from tests.support.assessing import PDF, TWELVE, give, make_assessment, prove, someone_of, submit
from tests.support.browser import PHONE
from tests.support.world import hold
from tests.ui.section_page import OpenSection
from tests.ui.test_pages import NewPage, assert_fits, offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return make_assessment()


def question(page: Page, code: str):  # type: ignore[no-untyped-def]
    return page.locator(f'[data-question="{code}"]')


def expect_state(page: Page, code: str, state: str) -> None:
    expect(question(page, code).locator("[data-state]")).to_have_attribute("data-state", state)


def pick(page: Page, code: str, key: str) -> None:
    question(page, code).locator(f'[name="{code}"][value="{key}"]').check()


def type_in(page: Page, code: str, text: str) -> None:
    question(page, code).locator(f'[name="{code}"]').fill(text)


def stored(assessment: Assessment, code: str) -> object:
    answer = assessment.answers.filter(question_code=code).first()
    return answer.value if answer else None


def unreachable(route: Route) -> None:
    route.abort("internetdisconnected")


def test_answers_save_by_themselves_and_are_there_after_reload(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    pick(page, "E1.01", "yes")
    expect_state(page, "E1.01", "saved")
    type_in(page, "E1.03", "12,50")
    expect_state(page, "E1.03", "saved")
    expect(question(page, "E1.03").locator("[data-understood]")).to_contain_text("12.5%")
    pick(page, "E1.04", "led")
    pick(page, "E1.04", "motors")
    expect_state(page, "E1.04", "saved")
    assert stored(assessment, "E1.01") == "yes"
    assert stored(assessment, "E1.03") == 12.5
    assert stored(assessment, "E1.04") == ["led", "motors"]
    page.reload()
    expect(question(page, "E1.01").locator("[value=yes]")).to_be_checked()
    expect(question(page, "E1.03").locator('[name="E1.03"]')).to_have_value("12.5")


def test_a_condition_shows_and_hides_its_questions_at_once(open_section: OpenSection) -> None:
    page = open_section()
    expect(question(page, "E1.02")).to_be_hidden()
    pick(page, "E1.01", "yes")
    expect(question(page, "E1.02")).to_be_visible()
    expect(page.locator("[data-progress] strong")).to_have_text("1 / 4")
    pick(page, "E1.01", "no")
    expect(question(page, "E1.02")).to_be_hidden()
    expect(page.locator("[data-progress] strong")).to_have_text("1 / 3")


def test_the_years_total_follows_the_months(open_section: OpenSection, assessment: Assessment) -> None:
    give(assessment, "E1.01", "yes")
    page = open_section()
    page.fill('[name="E1.02.grid_kwh.0"]', "1000")
    page.fill('[name="E1.02.grid_kwh.1"]', "250.5")
    expect(page.locator('[data-total="grid_kwh"]')).to_have_text("1,250.5")


def test_what_is_wrong_is_said_at_the_question_and_kept(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    type_in(page, "S1.02", "many")
    expect(question(page, "S1.02").locator("[data-problems]")).to_contain_text("This is not a number")
    expect(question(page, "S1.02").locator("[data-state]")).to_have_text("Kept as you typed it. Please correct it.")
    type_in(page, "S1.02", "200")
    expect(question(page, "S1.02").locator("[data-problems]")).to_have_text("A week has 168 hours. Please check.")
    type_in(page, "S1.02", "48")
    expect(question(page, "S1.02").locator("[data-problems]")).to_be_empty()
    expect(question(page, "S1.02").locator("[data-state]")).to_have_text("Saved")
    expect_state(page, "S1.02", "saved")
    assert stored(assessment, "S1.02") == 48


def test_not_applicable_asks_for_the_reason(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    block = question(page, "E1.04")
    block.locator(".na > summary").click()
    block.locator('[name="E1.04.na"]').check()
    expect(block.locator("[data-problems]")).to_have_text("Please say why this does not apply")
    block.locator("textarea").fill("No machines")
    expect(block.locator("[data-problems]")).to_be_empty()
    assert assessment.answers.get(question_code="E1.04").na_reason == "No machines"


def test_two_people_at_one_answer_choose_between_both(open_section: OpenSection, assessment: Assessment) -> None:
    first, second = open_section(), open_section(user=hold(Role.FACTORY_CONTRIBUTOR, assessment.factory).user)
    type_in(first, "E1.03", "20")
    expect_state(first, "E1.03", "saved")
    type_in(second, "E1.03", "30")
    expect_state(second, "E1.03", "conflict")
    expect(question(second, "E1.03").locator("[data-conflict]")).to_contain_text("20%")
    assert stored(assessment, "E1.03") == 20
    question(second, "E1.03").get_by_role("button", name="Take theirs").click()
    expect(question(second, "E1.03").locator('[name="E1.03"]')).to_have_value("20")
    expect_state(second, "E1.03", "saved")
    type_in(first, "E1.03", "40")
    expect_state(first, "E1.03", "saved")
    type_in(second, "E1.03", "50")
    question(second, "E1.03").get_by_role("button", name="Keep mine").click()
    expect_state(second, "E1.03", "saved")
    assert stored(assessment, "E1.03") == 50


def test_an_undecided_conflict_is_not_left_behind(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    give(assessment, "E1.03", "20")
    type_in(page, "E1.03", "30")
    expect_state(page, "E1.03", "conflict")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_timeout(300)
    assert page.url.endswith("/sections/E1/")
    question(page, "E1.03").get_by_role("button", name="Keep mine").click()
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sections/S1/")
    assert stored(assessment, "E1.03") == 30


def test_without_a_connection_answers_wait_and_are_sent_later(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    page.route("**/sync/", unreachable)
    pick(page, "E1.01", "no")
    type_in(page, "E1.03", "7")
    expect_state(page, "E1.01", "waiting")
    expect_state(page, "E1.03", "waiting")
    pick(page, "E1.01", "yes")
    assert stored(assessment, "E1.01") is None
    page.unroute("**/sync/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_state(page, "E1.01", "saved")
    expect_state(page, "E1.03", "saved")
    assert stored(assessment, "E1.01") == "yes"
    assert stored(assessment, "E1.03") == 7


def test_an_answer_that_arrived_although_the_reply_was_lost_is_no_conflict(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.request.post_data or "")
        route.fetch()
        return route.abort("connectionreset")

    page.route("**/sync/", lose_first)
    type_in(page, "E1.03", "5")
    expect(page.locator("[data-line]")).to_contain_text("sent later")
    assert stored(assessment, "E1.03") == 5
    type_in(page, "E1.03", "6")
    expect_state(page, "E1.03", "saved")
    assert stored(assessment, "E1.03") == 6


def test_leaving_with_unsent_answers_loses_nothing(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    page.route("**/sync/", unreachable)
    pick(page, "E1.01", "no")
    expect_state(page, "E1.01", "waiting")
    page.reload()
    expect(question(page, "E1.01").locator("[value=no]")).to_be_checked()
    expect_state(page, "E1.01", "waiting")
    page.unroute("**/sync/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect_state(page, "E1.01", "saved")
    assert stored(assessment, "E1.01") == "no"


def test_who_is_signed_out_keeps_the_answers_and_signs_in_in_another_tab(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    page.context.clear_cookies(name="sessionid")
    type_in(page, "E1.03", "9")
    expect_state(page, "E1.03", "signed_out")
    other = page.context.new_page()
    sign_in(other, someone_of(assessment).email)
    expect_state(page, "E1.03", "saved")
    assert stored(assessment, "E1.03") == 9


def test_after_somebody_submitted_the_page_says_that_it_is_locked(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section()
    submit(assessment)
    type_in(page, "E1.03", "9")
    expect_state(page, "E1.03", "locked")


def test_a_document_is_sent_when_it_is_chosen(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section("S1")
    pick(page, "S1.01", "yes")
    expect_state(page, "S1.01", "saved")
    files = {"name": "exit.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.set_input_files('[name="S1.01.file"]', files)
    expect(question(page, "S1.01").locator("[data-files]")).to_contain_text("exit.pdf")
    expect(page.locator("[data-progress] strong")).to_have_text("1 / 4")
    page.set_input_files('[name="S1.01.file"]', files | {"name": "exit.exe", "buffer": b"MZ"})
    expect(question(page, "S1.01").locator("[data-upload-state]")).to_contain_text("This kind of file cannot be used")
    assert assessment.evidence.current().count() == 1


def test_save_and_continue_sends_what_was_just_typed(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    page.locator('[name="E1.03"]').press_sequentially("33")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/sections/S1/")
    assert stored(assessment, "E1.03") == 33


def test_without_scripts_the_whole_section_is_one_form(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section(java_script_enabled=False)
    pick(page, "E1.01", "yes")
    type_in(page, "E1.03", "15")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(question(page, "E1.02")).to_be_visible()
    page.fill('[name="E1.02.grid_kwh.0"]', "500")
    page.locator('[name="E1.03"]').press("Enter")
    assert stored(assessment, "E1.02") == {"grid_kwh": [500, *[None] * 11]}
    assert stored(assessment, "E1.03") == 15


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_journeys_pages_fit_a_phone_and_pass_axe(new_page: NewPage, assessment: Assessment, language: str) -> None:
    manager = someone_of(assessment)
    manager.language = language
    manager.save()
    give(assessment, "E1.01", "yes")
    give(assessment, "E1.02", TWELVE | {"diesel_l": ["x"]})
    prove(assessment, "S1.01")
    older = make_assessment(assessment.factory)
    submit(older, S1_01="no")
    page = new_page(**PHONE)
    sign_in(page, manager.email)
    for address in (
        reverse("assessments:factory_home", args=[assessment.factory.code]),
        reverse("assessments:assessment", args=[assessment.code]),
        *(reverse("assessments:section", args=[assessment.code, code]) for code in ("E1", "S1", "G1")),
        reverse("assessments:missing", args=[assessment.code]),
        reverse("assessments:receipt", args=[older.code, 1]),
        reverse("assessments:result", args=[older.code, 1]),
        reverse("assessments:sharing", args=[assessment.factory.code]),
    ):
        page.goto(address)
        assert re.search("<h1", page.content())
        assert_fits(page)
        assert offences(page) == [], address
