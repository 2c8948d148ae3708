"""On a phone: last year's answer in one tap, clearing, the way by keyboard, search, and a question back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import AnswerNote, Assessment
from assessments.services import assigning
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, make_campaign, someone_of, submit
from tests.support.browser import PHONE
from tests.support.world import hold, make_factory
from tests.ui.section_page import OpenSection
from tests.ui.test_filling import expect_state, pick, question, stored, type_in
from tests.ui.test_pages import NewPage, assert_fits, offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    """Of this year; last year everything was answered."""
    factory = make_factory(women=100, men=50)
    older = make_assessment(factory, make_campaign(reporting_year=2024))
    give(older, "E1.03", "12.5")
    give(older, "E1.04", ["led", "motors"])
    submit(older)
    return make_assessment(factory)


def test_same_as_last_year_is_one_tap(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    for code, value in (("E1.01", "yes"), ("E1.03", 12.5), ("E1.04", ["led", "motors"])):
        question(page, code).get_by_role("button", name="Same as last year").click()
        expect_state(page, code, "saved")
        assert stored(assessment, code) == value
        expect(question(page, code).locator("[data-take]")).to_be_hidden()
    expect(question(page, "E1.02")).to_be_visible()
    page.reload()
    expect(question(page, "E1.03").locator('[name="E1.03"]')).to_have_value("12.5")
    type_in(page, "E1.03", "13")
    expect(question(page, "E1.03").locator("[data-take]")).to_be_visible()


def test_a_chosen_answer_is_cleared(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section()
    clear = question(page, "E1.01").get_by_role("button", name="Clear this answer")
    expect(clear).to_be_hidden()
    pick(page, "E1.01", "yes")
    expect_state(page, "E1.01", "saved")
    clear.click()
    expect(question(page, "E1.02")).to_be_hidden()
    expect_state(page, "E1.01", "saved")
    assert stored(assessment, "E1.01") is None
    expect(clear).to_be_hidden()


def test_both_work_without_scripts(open_section: OpenSection, assessment: Assessment) -> None:
    page = open_section(java_script_enabled=False)
    question(page, "E1.01").get_by_role("button", name="Same as last year").click()
    assert stored(assessment, "E1.01") == "yes"
    question(page, "E1.01").get_by_role("button", name="Clear this answer").click()
    assert stored(assessment, "E1.01") is None


def test_alt_and_arrows_lead_from_open_question_to_open_question(
    open_section: OpenSection, assessment: Assessment
) -> None:
    give(assessment, "E1.01", "no")
    page = open_section()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator('[name="E1.03"]')).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator('[name="E1.04"]').first).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator('[name="E1.03"]')).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_url("**/sections/S1/#q-S1-01")


def test_the_button_leads_there_too(open_section: OpenSection, assessment: Assessment) -> None:
    give(assessment, "E1.01", "no")
    page = open_section()
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="Next open question").evaluate("(link) => link.click()")
    expect(page.locator('[name="E1.03"]')).to_be_focused()


def test_an_unusual_figure_is_asked_about_at_once_and_confirmed(
    open_section: OpenSection, assessment: Assessment
) -> None:
    page = open_section("S1")
    block = question(page, "S1.02")
    type_in(page, "S1.02", "100")
    expect(block.locator("[data-checks]")).to_contain_text("100 hours in one week is very long.")
    assert offences(page) == []
    block.get_by_role("button", name="Yes, it is right").click()
    expect(block.locator("[data-checks]")).to_be_hidden()
    expect(block.locator("[data-confirmed]")).to_be_visible()
    assert AnswerNote.objects.get().values == {"value": 100}
    type_in(page, "S1.02", "110")
    expect(block.locator("[data-checks]")).to_be_visible()


def test_counts_of_required_and_recommended_follow(open_section: OpenSection) -> None:
    page = open_section()
    expect(page.locator('[data-count="required"] [data-count-figures]')).to_have_text("0 / 1")
    pick(page, "E1.01", "no")
    expect(page.locator('[data-count="required"] [data-count-figures]')).to_have_text("1 / 1")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_question_is_searched_and_opened(open_section: OpenSection, scripts: bool) -> None:
    page = open_section(java_script_enabled=scripts)
    page.fill("#question-search", "ANTI bribery")
    page.locator("#question-search").press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("No question has these words")
    page.fill("#question-search", "BRIBERY")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("policy against bribery")).click()
    page.wait_for_url("**/sections/G1/#q-G1-01")


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_pages_fit_a_phone_and_pass_axe(new_page: NewPage, assessment: Assessment, language: str) -> None:
    manager = someone_of(assessment)
    manager.language = language
    manager.save()
    member = hold(Role.FACTORY_CONTRIBUTOR, assessment.factory)
    own = assessment.factory.memberships.get(user=manager)
    assigning.assign_sections(assessment=assessment, wanted={"E1": own, "S1": member}, by=manager)
    give(assessment, "E1.01", "yes")
    give(assessment, "S1.02", "100")
    page = new_page(**PHONE)
    sign_in(page, manager.email)
    code = assessment.code
    for address in (
        reverse("assessments:factory_home", args=[assessment.factory.code]),
        assessment.get_absolute_url(),
        reverse("assessments:section", args=[code, "E1"]),
        reverse("assessments:section", args=[code, "S1"]),
        reverse("assessments:search", args=[code]) + "?q=1",
        reverse("assessments:team", args=[code]),
        reverse("assessments:activity", args=[code]),
        reverse("assessments:submit", args=[code]),
        reverse("assessments:missing", args=[code]),
    ):
        page.goto(address)
        for fold in page.locator("details.fold > summary").all():
            if fold.is_visible():
                fold.click()
        assert_fits(page)
        assert offences(page) == [], address


def test_the_way_back_takes_one_line_on_a_phone(open_section: OpenSection) -> None:
    page = open_section()
    links = [link for link in page.locator(".crumbs li").all() if link.is_visible()]
    assert len(links) == 1
    assert page.locator(".crumbs").bounding_box()["height"] < 48  # type: ignore[index]
