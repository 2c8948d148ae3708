"""A real Chromium, where the system has one."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from alliance_portal.local.preflight import CHROMIUM_COMMANDS, command_for

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

BUSY_SESSIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""

NewPage = Callable[..., Page]


def chromium() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        hint = command_for(CHROMIUM_COMMANDS) or "install Chromium with your system's package manager"
        pytest.skip(f"No Chromium on the PATH. To run the browser tests: {hint}")
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[NewPage]:
    """`new_page(**PHONE, locale="km-KH")`: a page of a visitor with cookies of their own; "/" is the live server."""
    with ExitStack() as stack:

        def make(**options: Any) -> Page:
            # Without a service worker unless asked for: what a page fetches is then what its test sees.
            known = {"service_workers": "block"} | DESK | options
            context = browser.new_context(base_url=live_server.url, **known)
            stack.callback(context.close)
            context.set_default_timeout(15_000)
            return context.new_page()

        yield make
    wait_until_quiet()


def wait_until_quiet(seconds: float = 5) -> None:
    """Requests that a closed page had sent are still at work; emptying the tables under them would be a deadlock."""
    deadline = time.monotonic() + seconds
    quiet_in_a_row = 0
    while quiet_in_a_row < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute(BUSY_SESSIONS)
            quiet_in_a_row = 0 if cursor.fetchone()[0] else quiet_in_a_row + 1


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()
