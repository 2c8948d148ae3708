"""Reviewing in a browser: the pages fit and pass axe on a phone and a desk, and a review goes its way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from assessments.models import Remark, Submission
from assessments.services import reviewing
from suppliers.models import Membership
from suppliers.roles import Role
from tests.support.assessing import (
    give,
    make_assessment,
    make_campaign,
    make_submission,
    resubmit,
    shares_with,
    submit,
)
from tests.support.browser import DESK, PHONE
from tests.support.reviewing import ask_back
from tests.support.world import buys, hold, make_brand, make_factory, signed_in
from tests.ui.test_pages import assert_fits, offences

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def open_as(new_page: NewPage, live_server: Any) -> Callable[..., Page]:
    """A page of somebody who is signed in already."""

    def open_(held: Membership, language: str = "en", **size: Any) -> Page:
        held.user.language = language
        held.user.save()
        session = signed_in(held).cookies["sessionid"].value
        page = new_page(**size)
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_


def returned_once(brand: Any) -> Submission:
    """A second submission with a settled thread, a remark that was not sent, and a critical finding."""
    first = make_submission(make_factory(name_latin="Mekong Suriya Garment (Cambodia) Company Limited"), S1_01="no")
    shares_with(first.assessment.factory, brand)
    ask_back(first, "G1.02", "What would you like to improve? Please tell us a little more.", brand)
    give_text = "យើងចង់កែលម្អប្រព័ន្ធខ្យល់ចេញចូល និងពន្លឺនៅក្នុងរោងចក្រ។"
    second = resubmit(first.assessment, G1_02=give_text)
    reviewing.remark(
        submission=second, brand=brand, question_code="S1.01", text="Which exit?", asks_clarification=True,
        by=hold(Role.BRAND_REVIEWER, brand).user, language="en",
    )  # fmt: skip
    return second


@SIZES
@pytest.mark.parametrize("language", ["en", "km"])
def test_the_brands_pages_fit_and_pass_axe(open_as: Any, size: dict[str, Any], language: str) -> None:
    brand = make_brand()
    submission = returned_once(brand)
    buys(brand, make_factory(country="TH", province="TH-10", name="บริษัท สยามอิเล็กทรอนิกส์ จำกัด"))
    page = open_as(hold(Role.BRAND_LEAD, brand), language, **size)
    table = reverse("assessments:supplier_table", args=[brand.code])
    for address in (table, f"{table}?search=nothing", f"{table}?sort=-overall", submission.get_absolute_url()):
        page.goto(address)
        assert_fits(page)
        assert offences(page) == [], address
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")
    assert_fits(page)
    assert offences(page) == []


@SIZES
def test_the_programs_pages_fit_and_pass_axe(open_as: Any, size: dict[str, Any]) -> None:
    campaign = make_campaign()
    submit(make_assessment(make_factory(), campaign), S1_01="no")
    give(make_assessment(make_factory(sector="food"), campaign), "E1.01", "yes")
    make_factory(country="VN", province="VN-HN")
    page = open_as(hold(Role.PROGRAM_ADMIN), "en", **size)
    for address in (
        reverse("assessments:program_home"),
        reverse("assessments:campaigns"),
        reverse("assessments:campaign_new"),
        reverse("assessments:campaign", args=[campaign.code]) + "?count=1",
        reverse("assessments:questionnaires"),
        reverse("assessments:questionnaire", args=[campaign.version_id]),
    ):
        page.goto(address)
        assert_fits(page)
        assert offences(page) == [], address


@SIZES
def test_the_factory_reads_its_submission_again(open_as: Any, size: dict[str, Any]) -> None:
    submission = returned_once(make_brand())
    page = open_as(hold(Role.FACTORY_CONTRIBUTOR, submission.assessment.factory), "km", **size)
    page.goto(submission.get_absolute_url())
    assert_fits(page)
    assert offences(page) == []


def test_a_reviewer_asks_and_returns_without_scripts(open_as: Any) -> None:
    brand, submission = make_brand(), make_submission()
    shares_with(submission.assessment.factory, brand)
    page = open_as(hold(Role.BRAND_REVIEWER, brand), **PHONE, java_script_enabled=False)
    page.goto(reverse("assessments:supplier_table", args=[brand.code]))
    page.click(f"tbody a:has-text('{submission.assessment.factory}')")
    page.click("summary:has-text('Safety')")
    question = page.locator("#q-S1-02")
    question.locator("summary:has-text('Write a remark')").click()
    question.locator("textarea").fill("Is this with overtime?")
    question.locator("label:has-text('Ask the factory')").click()
    question.locator("button:has-text('Keep this remark')").click()
    page.wait_for_url("**#q-S1-02")
    assert "Not sent yet" in page.inner_text("#q-S1-02")
    page.click("button:has-text('Return for clarification')")
    assert "Returned. The factory has been told." in page.inner_text("main")
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == "returned"
    assert Remark.objects.open_clarifications().get().question_code == "S1.02"


def test_on_a_desk_the_index_stays_beside_the_answers(open_as: Any) -> None:
    brand, submission = make_brand(), make_submission()
    shares_with(submission.assessment.factory, brand)
    page = open_as(hold(Role.BRAND_REVIEWER, brand), **DESK, reduced_motion="reduce")
    page.goto(submission.get_absolute_url())
    page.click(".jump a:has-text('Ethics')")
    page.wait_for_url("**#s-G1")
    assert page.evaluate("scrollY") > 300
    place = page.evaluate("document.querySelector('.jump').getBoundingClientRect().top")
    header = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
    assert header <= place < 200
    assert page.evaluate("document.querySelector('#s-G1').getBoundingClientRect().top") >= header


def test_a_press_on_a_head_sorts_and_keeps_the_search(open_as: Any) -> None:
    brand, campaign = make_brand(), make_campaign()
    for name, hours in (("Mekong Ample", "90"), ("Mekong Best", "48"), ("Other", "48")):
        factory = make_factory(name_latin=name)
        shares_with(factory, brand)
        submit(make_assessment(factory, campaign), S1_02=hours)
    page = open_as(hold(Role.BRAND_REVIEWER, brand), **DESK)
    page.goto(reverse("assessments:supplier_table", args=[brand.code]) + "?search=mekong")
    names = "[...document.querySelectorAll('tbody th a')].map((link) => link.textContent)"
    assert page.evaluate(names) == ["Mekong Ample", "Mekong Best"]
    page.click("th a:has-text('Score')")
    assert page.evaluate(names) == ["Mekong Best", "Mekong Ample"]
    assert page.get_attribute("th:has-text('Score')", "aria-sort") == "descending"
    assert page.input_value("[name=search]") == "mekong"
