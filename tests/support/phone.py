"""A phone: a browser with a folder of its own, which can lose its line, be killed, and be started again."""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from assessments.models import Assessment
from suppliers.models import User
from tests.support.assessing import make_assessment, someone_of
from tests.support.browser import FLAGS, PHONE, chromium, wait_until_quiet
from tests.support.line import Line
from tests.support.world import PASSWORD

StartPhone = Callable[..., "Phone"]


class Phone:
    def __init__(self, browser: Browser, folder: Path, line: Line, user: User, assessment: Assessment) -> None:
        self.browser, self.folder, self.line, self.user, self.assessment = browser, folder, line, user, assessment
        self.context = self._start()
        self.page = self.context.pages[0]
        self.sign_in()

    def _start(self) -> BrowserContext:
        context = self.browser.browser_type.launch_persistent_context(
            self.folder, executable_path=chromium(), args=FLAGS, base_url=self.line.url, **PHONE
        )
        context.set_default_timeout(15_000)
        return context

    def sign_in(self, user: User | None = None, page: Page | None = None) -> None:
        page = page or self.page
        page.goto("/account/login/")
        page.fill("[name=login]", (user or self.user).email)
        page.fill("[name=password]", PASSWORD)
        page.click("form[action='/account/login/'] button")
        page.wait_for_url(lambda url: "/account/" not in url)

    def offline(self, value: bool = True) -> None:
        """The browser believes that it is online: only its requests tell."""
        self.line.is_cut = value
        if not value:
            self.page.evaluate("dispatchEvent(new Event('online'))")

    def open(self, section: str = "E1") -> Page:
        self.page.goto(self.address(section))
        self.page.wait_for_selector("[data-filling]")
        return self.page

    def address(self, section: str = "") -> str:
        home = f"/assessments/{self.assessment.code}/"
        return f"{home}sections/{section}/" if section else home

    def keep_pages(self, *sections: str) -> None:
        """Opens the assessment and waits until the phone has these pages."""
        self.page.goto(self.address())
        wanted = [self.address(section) for section in sections]
        script = "async (paths) => (await Promise.all(paths.map((path) => caches.match(path)))).every(Boolean)"
        deadline = time.monotonic() + 30
        while not self.page.evaluate(script, wanted):
            assert time.monotonic() < deadline, wanted
            time.sleep(0.1)

    def question(self, code: str) -> Locator:
        return self.page.locator(f'[data-question="{code}"]')

    def fill(self, code: str, value: str) -> None:
        self.question(code).locator(f'[name="{code}"]').fill(value)

    def expect_state(self, code: str, state: str) -> None:
        expect(self.question(code).locator("[data-state]")).to_have_attribute("data-state", state)

    def stored(self) -> dict[str, Any]:
        """{code: value}, as the portal has them."""
        return dict(self.assessment.answers.values_list("question_code", "value"))

    def database(self, store: str) -> list[Any]:
        return self.page.evaluate(  # type: ignore[no-any-return]
            """(store) => new Promise((resolve) => {
              const opening = indexedDB.open("alliance-portal");
              opening.onupgradeneeded = () => opening.transaction.abort();
              opening.onerror = () => resolve([]);
              opening.onsuccess = () => {
                const database = opening.result;
                const all = database.transaction(store).objectStore(store).getAll();
                all.onsuccess = () => { database.close(); resolve(all.result); };
              };
            })""",
            store,
        )

    def wait_until_sent(self, seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while rows := [row for row in self.database("changes") if not row.get("state")] + self.database("files"):
            assert time.monotonic() < deadline, rows
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9 of the whole browser, and a new start with what was on its disk."""
        ours = f"--user-data-dir={self.folder}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if ours in (process / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)
        self.close()
        for lock in self.folder.glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self.context = self._start()
        self.page = self.context.pages[0]

    def come_back(self) -> None:
        """With a line again. Chromium writes cookies to disk now and then: a killed one may be signed out."""
        self.offline(False)
        self.page.reload()
        if not any(cookie["name"] == "sessionid" for cookie in self.context.cookies()):
            self.sign_in()

    def close(self) -> None:
        with suppress(Error):
            self.context.close()


@pytest.fixture
def start_phone(browser: Browser, live_server: Any, tmp_path: Path) -> Iterator[StartPhone]:
    """`start_phone(user, assessment)`; `url` where another server than the tests' own is to be used."""
    with ExitStack() as stack:

        def start(user: User, assessment: Assessment, url: str = "") -> Phone:
            folder = tmp_path / f"phone-{len(stack._exit_callbacks)}"  # type: ignore[attr-defined]
            line = Line(url or live_server.url)
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            stack.callback(line.close)
            phone = Phone(browser, folder, line, user, assessment)
            stack.callback(phone.close)
            return phone

        yield start
    wait_until_quiet()


@pytest.fixture
def phone(start_phone: StartPhone) -> Phone:
    """In the hands of a factory's manager, whose assessment is new."""
    assessment = make_assessment()
    return start_phone(someone_of(assessment), assessment)
