"""The installed app over time: a new front end, a newer database, a full phone."""

from threading import Event

import pytest
from playwright.sync_api import expect

from alliance_portal import offline
from tests.support.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = """
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...given) {
    if (this.name === "changes") throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
"""


def test_a_new_front_end_waits_for_a_press_and_keeps_the_queue(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.keep_pages("E1", "S1")
    phone.open("E1")
    phone.line.faults = lambda line: "500" if "/sync/" in line else ""
    phone.fill("E1.03", "12")
    phone.expect_state("E1.03", "waiting")
    newer = offline._build() | {"version": "newer"}
    monkeypatch.setattr(offline, "_build", lambda: newer)
    phone.page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
    button = phone.page.get_by_role("button", name="A new version is ready")
    expect(button).to_be_visible(timeout=15_000)
    expect(phone.question("E1.03").locator('[name="E1.03"]')).to_have_value("12")
    with phone.page.expect_navigation():
        button.click()
    phone.expect_state("E1.03", "waiting")
    expect(phone.question("E1.03").locator('[name="E1.03"]')).to_have_value("12")
    assert sorted(phone.page.evaluate("caches.keys()")) == ["holder", "pages-newer", "shell-newer"]
    phone.offline()
    phone.open("S1")
    phone.line.faults = lambda line: ""
    phone.offline(False)
    phone.wait_until_sent()
    assert phone.stored() == {"E1.03": 12}


def test_a_new_front_end_does_not_wait_for_pages_still_being_fetched(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, is_over = Event(), Event()

    def slow_ahead(line: str) -> str:
        if "/sections/S1/" in line:
            asked.set()
            is_over.wait(60)
        return ""

    phone.line.faults = slow_ahead
    try:
        phone.page.goto(phone.address())
        assert asked.wait(30)
        newer = offline._build() | {"version": "newer"}
        monkeypatch.setattr(offline, "_build", lambda: newer)
        phone.page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
        with phone.page.expect_navigation():
            phone.page.get_by_role("button", name="A new version is ready").click()
    finally:
        is_over.set()


def test_a_page_lets_go_of_the_database_for_a_newer_one(phone: Phone) -> None:
    phone.open("E1")
    phone.fill("E1.03", "12")
    phone.expect_state("E1.03", "saved")
    opened = phone.page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("alliance-portal", 2);
          opening.onblocked = () => resolve("blocked");
          opening.onsuccess = () => { opening.result.close(); resolve([...opening.result.objectStoreNames]); };
        })"""
    )
    assert opened == ["answers", "changes", "files", "meta"]
    # The old page cannot read what the newer one made, and still loses nothing.
    phone.fill("E1.03", "13")
    phone.expect_state("E1.03", "saved")
    assert phone.stored() == {"E1.03": 13}


def test_a_full_phone_says_so_and_sends_at_once(phone: Phone) -> None:
    phone.context.add_init_script(FULL)
    phone.open("E1")
    phone.line.faults = lambda line: "500" if "/sync/" in line else ""
    phone.fill("E1.03", "12")
    phone.expect_state("E1.03", "unkept")
    expect(phone.page.locator("[data-line]")).to_contain_text("This phone has no space left")
    phone.line.faults = lambda line: ""
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.expect_state("E1.03", "saved")
    assert phone.stored() == {"E1.03": 12}
