"""Bad lines and bad luck, in any order: every value ends up stored, or offered as a choice."""

import random

import pytest
from playwright.sync_api import expect

from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, make_campaign, someone_of
from tests.support.long_questionnaire import long_codes, publish_long
from tests.support.phone import Phone, StartPhone
from tests.support.web import StartWeb
from tests.support.world import hold, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("fault", ["500", "half", "cut"])
def test_what_the_server_could_not_take_is_sent_again_and_applied_once(phone: Phone, fault: str) -> None:
    phone.open("E1")
    phone.line.faults = lambda line: fault if "/sync/" in line else ""
    phone.fill("E1.03", "12")
    expect(phone.page.locator("[data-line]")).to_contain_text("are sent later")
    phone.expect_state("E1.03", "waiting")
    phone.fill("E1.03", "13")
    phone.line.faults = lambda line: ""
    phone.expect_state("E1.03", "saved")
    assert phone.stored() == {"E1.03": 13}
    assert list(phone.assessment.answers.get().events.order_by("pgh_id").values_list("value", flat=True)) == [12, 13]


def test_a_session_that_expired_keeps_the_queue_and_asks_to_sign_in(phone: Phone) -> None:
    phone.open("E1")
    phone.context.clear_cookies(name="sessionid")
    phone.fill("E1.03", "9")
    phone.expect_state("E1.03", "signed_out")
    phone.page.locator("[data-line]").get_by_role("link", name="Sign in").click()
    phone.page.wait_for_url("**/account/login/**")
    phone.sign_in()
    phone.wait_until_sent()
    assert phone.stored() == {"E1.03": 9}


def test_the_queue_of_one_person_is_not_sent_by_another(phone: Phone) -> None:
    phone.open("E1")
    phone.context.clear_cookies(name="sessionid")
    phone.fill("E1.03", "9")
    phone.expect_state("E1.03", "signed_out")
    colleague = hold(Role.FACTORY_CONTRIBUTOR, phone.assessment.factory).user
    second = phone.context.new_page()
    phone.sign_in(colleague, second)
    dialog = second.locator("[data-somebody-else]")
    expect(dialog).to_contain_text("1 answer waits on this phone")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.wait_for_timeout(1500)
    assert phone.stored() == {}
    dialog.get_by_role("button", name="Delete them and go on").click()
    expect(dialog).to_be_hidden()
    second.goto(phone.address("E1"))
    expect(second.locator('[name="E1.03"]')).to_have_value("")
    assert [row["value"] for row in phone.database("meta") if row["key"] == "user"] == [colleague.public_id]
    assert phone.stored() == {}


def test_who_finds_another_persons_queue_can_leave_it_to_them(phone: Phone) -> None:
    phone.open("E1")
    phone.context.clear_cookies(name="sessionid")
    phone.fill("E1.03", "9")
    phone.expect_state("E1.03", "signed_out")
    second = phone.context.new_page()
    phone.sign_in(hold(Role.FACTORY_CONTRIBUTOR, phone.assessment.factory).user, second)
    second.locator("[data-somebody-else]").get_by_role("button", name="Sign out").click()
    second.wait_for_url(lambda url: url.rstrip("/").count("/") == 2)
    second.close()
    phone.sign_in()
    phone.wait_until_sent()
    assert phone.stored() == {"E1.03": 9}


def test_signing_out_warns_and_leaves_nothing(phone: Phone) -> None:
    phone.keep_pages("E1")
    phone.open("E1")
    phone.line.faults = lambda line: "500" if "/sync/" in line else ""
    phone.fill("E1.03", "9")
    phone.expect_state("E1.03", "waiting")
    leave = "document.querySelector('form[action=\"/account/logout/\"]').requestSubmit()"
    phone.page.evaluate(leave)
    dialog = phone.page.locator("[data-leaving]")
    dialog.get_by_role("button", name="Stay signed in").click(timeout=15_000)
    phone.expect_state("E1.03", "waiting")
    phone.page.evaluate(leave)
    dialog.get_by_role("button", name="Delete and sign out").click(timeout=15_000)
    phone.page.wait_for_url(lambda url: "/sections/" not in url)
    phone.page.wait_for_timeout(1000)
    assert phone.database("changes") == phone.database("answers") == phone.database("meta") == []
    names = phone.page.evaluate("caches.keys()")
    assert [name for name in names if name.startswith("pages-") or name == "holder"] == []
    phone.offline()
    phone.page.goto(phone.address("E1"))
    assert "E1.03" not in phone.page.content()


def test_another_persons_kept_pages_are_not_shown(phone: Phone) -> None:
    phone.keep_pages("E1")
    stranger = make_user()
    phone.context.clear_cookies(name="sessionid")
    phone.sign_in(stranger)
    phone.page.wait_for_timeout(500)
    phone.offline()
    phone.page.goto(phone.address("E1"))
    expect(phone.page.locator("h1")).to_have_text("No connection")
    expect(phone.page.get_by_role("link", name="Try again")).to_be_visible()
    expect(phone.page.get_by_role("link", name="Go to the first page")).to_be_hidden()


def test_a_page_whose_answer_broke_off_once_is_asked_for_again(phone: Phone) -> None:
    phone.keep_pages("E1")
    broken: list[str] = []

    def first_time(line: str) -> str:
        if "/profile/" not in line or broken:
            return ""
        broken.append(line)
        return "cut"

    phone.line.faults = first_time
    phone.page.goto("/profile/")
    expect(phone.page.locator("h1")).to_have_text("My profile")
    assert broken


def test_two_browsers_on_one_assessment_merge_and_choose(phone: Phone, start_phone: StartPhone) -> None:
    colleague = hold(Role.FACTORY_CONTRIBUTOR, phone.assessment.factory).user
    other = start_phone(colleague, phone.assessment)
    phone.open("E1")
    other.open("E1")
    phone.offline()
    phone.fill("E1.03", "30")
    phone.question("E1.01").locator('[value="yes"]').check()
    phone.expect_state("E1.01", "waiting")
    other.fill("E1.03", "20")
    other.question("E1.04").locator('[value="led"]').check()
    other.expect_state("E1.03", "saved")
    other.expect_state("E1.04", "saved")
    phone.offline(False)
    phone.expect_state("E1.01", "saved")
    phone.expect_state("E1.03", "conflict")
    expect(phone.question("E1.03").locator("[data-conflict]")).to_contain_text("20%")
    expect(phone.question("E1.03").locator("[data-conflict]")).to_contain_text(str(colleague))
    assert phone.stored() == {"E1.01": "yes", "E1.03": 20, "E1.04": ["led"]}


def test_a_server_killed_in_mid_request_loses_nothing(start_phone: StartPhone, start_web: StartWeb) -> None:
    assessment = make_assessment(campaign=make_campaign(publish_long()))
    web = start_web()
    phone = start_phone(someone_of(assessment), assessment, url=web.url)
    codes = long_codes()["E1"]
    phone.open("E1")
    for number, code in enumerate(codes):
        phone.fill(code, str(number))
        if number % 7 == 3:
            phone.page.evaluate("dispatchEvent(new Event('online'))")
            web.kill()
            web = start_web(web.port)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_until_sent()
    assert phone.stored() == {code: number for number, code in enumerate(codes)}
    assert set(assessment.answers.values_list("version", flat=True)) == {1}


class Chaos:
    """A random day; what is typed or written by a colleague goes into a ledger, in order."""

    CODES = long_codes()["E1"][:5]

    def __init__(self, phone: Phone, seed: int) -> None:
        self.phone, self.chance = phone, random.Random(seed)
        self.mine: dict[str, int] = {}
        self.theirs: dict[str, list[int]] = {}
        self.number = 0
        self.colleague = make_user()

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def step(self) -> None:
        actions = {self.edit: 8, self.flap: 4, self.reload: 2, self.kill: 1, self.write_elsewhere: 3, self.pause: 3}
        self.chance.choices(list(actions), list(actions.values()))[0]()

    def edit(self) -> None:
        code = self.chance.choice(self.CODES)
        self.mine[code] = self.next_number()
        self.phone.fill(code, str(self.mine[code]))
        expect(self.phone.question(code).locator("[data-state]")).not_to_have_attribute("data-state", "saving")

    def flap(self) -> None:
        self.phone.offline(self.chance.random() < 0.5)
        fault = self.chance.choice(["", "", "500", "half", "cut"])
        self.phone.line.faults = lambda line: fault if "/sync/" in line else ""

    def reload(self) -> None:
        self.phone.page.reload()
        self.phone.page.wait_for_selector("[data-filling]")

    def kill(self) -> None:
        self.phone.kill()
        self.phone.page.goto(self.phone.address("E1"))
        if not self.phone.page.locator("[data-filling]").count():
            # The browser had not written its cookie to disk: signed out.
            self.phone.line.is_cut = False
            self.phone.sign_in()
            self.phone.open("E1")

    def write_elsewhere(self) -> None:
        code, value = self.chance.choice(self.CODES), self.next_number()
        if not give(self.phone.assessment, code, str(value), by=self.colleague).conflict:
            self.theirs.setdefault(code, []).append(value)

    def pause(self) -> None:
        self.phone.page.wait_for_timeout(self.chance.randint(50, 1500))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_sequence_of_events_ends_with_every_value_stored_or_offered(start_phone: StartPhone, seed: int) -> None:
    assessment = make_assessment(campaign=make_campaign(publish_long()))
    phone = start_phone(someone_of(assessment), assessment)
    phone.keep_pages("E1")
    phone.open("E1")
    day = Chaos(phone, seed)
    for _ in range(20):
        day.step()
    phone.line.faults = lambda line: ""
    phone.come_back()
    phone.open("E1")
    phone.wait_until_sent()
    now, offered = phone.stored(), {row["code"]: row for row in phone.database("changes")}
    for code, value in day.mine.items():
        history = list(assessment.answers.get(question_code=code).events.values_list("value", flat=True))
        is_offered = code in offered and offered[code]["entry"]["value"] == str(value)
        # Stored, now or before a colleague who saw it wrote over it.
        assert is_offered or value in history, (code, value, history, offered)
    for code, values in day.theirs.items():
        history = list(assessment.answers.get(question_code=code).events.values_list("value", flat=True))
        assert [value for value in history if value in values] == values
        assert len(history) == len(set(history)), "nothing is applied twice"
    assert set(now) == set(day.mine) | set(day.theirs) - set(offered) | set(day.theirs)
