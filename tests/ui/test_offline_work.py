"""A day without a line: what is answered on the phone is there after everything, compared with a ledger."""

import pytest
from playwright.sync_api import expect

from tests.support.assessing import give, make_assessment, make_campaign, someone_of
from tests.support.long_questionnaire import long_codes, publish_long
from tests.support.phone import Phone, StartPhone
from tests.ui.evidence_page import choose, grey, kept, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]


def test_two_hundred_answers_and_five_photos_without_a_line_and_the_browser_killed(start_phone: StartPhone) -> None:
    assessment = make_assessment(campaign=make_campaign(publish_long()))
    phone = start_phone(someone_of(assessment), assessment)
    codes = long_codes()
    phone.keep_pages(*codes)
    phone.offline()
    ledger: dict[str, int] = {}
    for section in codes:
        phone.open(section)
        for code in codes[section]:
            ledger[code] = 1000 + len(ledger)
            phone.fill(code, str(ledger[code]))
        phone.expect_state(codes[section][-1], "waiting")
    assert len(ledger) == 200
    photos = [grey(number) for number in range(5)]
    choose(phone.page, *photos, code=codes[section][0])
    expect(waiting(phone.page, codes[section][0])).to_have_count(5, timeout=30_000)
    expect(phone.page.locator("[data-line]")).to_contain_text("200 answers wait on this phone")
    expect(phone.page.locator("[data-line]")).to_contain_text("5 documents wait on this phone")
    phone.kill()
    phone.open("E3")
    expect(phone.question("E3.07").locator('[name="E3.07"]')).to_have_value(str(ledger["E3.07"]))
    phone.expect_state("E3.07", "waiting")
    assert phone.stored() == {}
    phone.come_back()
    phone.wait_until_sent(60)
    assert phone.stored() == ledger
    assert set(assessment.answers.values_list("version", flat=True)) == {1}
    assert sorted(kept(assessment)) == sorted(photo["name"] for photo in photos)


def test_a_new_start_without_a_line_begins_at_home_and_goes_on(phone: Phone) -> None:
    phone.page.goto(f"/factories/{phone.assessment.factory.code}/")
    phone.keep_pages("E1", "S1")
    phone.offline()
    phone.kill()
    phone.page.goto("/home/")
    assert phone.page.url.endswith(f"/factories/{phone.assessment.factory.code}/")
    phone.open("S1")
    phone.fill("S1.02", "48")
    phone.expect_state("S1.02", "waiting")
    phone.page.get_by_role("button", name="Save and continue").click()
    phone.page.wait_for_url("**/G1/")
    phone.page.goto("/profile/")
    expect(phone.page.locator("h1")).to_have_text("No connection")
    first = phone.page.get_by_role("link", name="Go to the first page")
    expect(first).to_have_attribute("href", f"/factories/{phone.assessment.factory.code}/")


def test_a_page_without_a_line_opens_by_itself_when_the_line_is_back(phone: Phone) -> None:
    phone.keep_pages("E1")
    phone.offline()
    phone.page.goto("/profile/")
    expect(phone.page.locator("h1")).to_have_text("No connection")
    phone.offline(False)
    expect(phone.page.locator("h1")).to_have_text("My profile")


def test_conditions_see_what_was_answered_in_another_section_without_a_line(phone: Phone) -> None:
    phone.keep_pages("E1", "G1")
    phone.offline()
    phone.open("G1")
    phone.question("G1.01").locator('[value="yes"]').check()
    phone.expect_state("G1.01", "waiting")
    expect(phone.question("G1.03")).to_be_visible()
    phone.page.reload()
    expect(phone.question("G1.03")).to_be_visible()


def test_the_list_says_what_waits_and_leads_there(phone: Phone) -> None:
    phone.keep_pages("E1", "S1")
    phone.offline()
    phone.open("E1")
    phone.fill("E1.03", "12")
    phone.expect_state("E1.03", "waiting")
    phone.open("S1")
    phone.page.get_by_role("button", name="Show").click()
    expect(phone.page.locator("[data-waiting-rows] li")).to_contain_text(["Share of solar power"])
    phone.page.click("[data-waiting-rows] a")
    phone.page.wait_for_url("**/E1/#q-E1-03")
    phone.offline(False)
    phone.expect_state("E1.03", "saved")
    assert phone.stored() == {"E1.03": 12}


def test_the_map_says_where_somebody_still_has_to_choose(phone: Phone) -> None:
    phone.open("E1")
    give(phone.assessment, "E1.03", "20")
    phone.fill("E1.03", "30")
    phone.expect_state("E1.03", "conflict")
    phone.open("S1")
    entries = phone.page.locator(".section-map li")
    expect(entries.filter(has_text="Needs your choice")).to_have_count(1)
    expect(entries.filter(has_text="Needs your choice").locator("a")).to_have_attribute("href", phone.address("E1"))
    phone.open("E1")
    phone.question("E1.03").get_by_role("button", name="Take theirs").click()
    phone.expect_state("E1.03", "saved")
    expect(entries.filter(has_text="Needs your choice")).to_have_count(0)


def test_a_choice_can_be_made_without_a_line(phone: Phone) -> None:
    phone.open("E1")
    give(phone.assessment, "E1.03", "20")
    phone.fill("E1.03", "30")
    phone.expect_state("E1.03", "conflict")
    phone.offline()
    phone.page.reload()
    phone.expect_state("E1.03", "conflict")
    expect(phone.question("E1.03").locator("[data-conflict]")).to_contain_text("20%")
    phone.question("E1.03").get_by_role("button", name="Keep mine").click()
    phone.expect_state("E1.03", "waiting")
    phone.offline(False)
    phone.expect_state("E1.03", "saved")
    assert phone.stored() == {"E1.03": 30}
