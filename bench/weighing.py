"""What a page weighs on the wire and how soon it can be used, as Chromium's own instruments tell."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.support.browser import PHONE

KINDS = {"Document": "document", "Stylesheet": "css", "Script": "js", "Font": "fonts", "Image": "images"}
LOCALES = {"en": "en-GB", "km": "km-KH", "th": "th-TH", "vi": "vi-VN"}
# A cheap phone on a bad line.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER_PROCESSOR = 4
QUIET_MILLISECONDS = 1500

WATCH_LONG_TASKS = """
    window.longTasks = [];
    new PerformanceObserver((list) => {
        const slow = list.getEntries().filter((task) => task.duration > 200);
        window.longTasks.push(...slow.map((task) => task.startTime + task.duration));
    })
        .observe({ type: "longtask", buffered: true });
"""
# The page's scripts are modules: they have run when the document's content is loaded. After that only a task of more
# than 200 ms, from which on an answer to a finger is felt to be late, would still be in the way.
INTERACTIVE = """() => Math.max(
    performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd,
    ...performance.getEntriesByName("first-contentful-paint").map((e) => e.startTime),
    ...window.longTasks,
)"""


@dataclass
class Weight:
    """Bytes over the wire, by kind of file."""

    bytes: Counter[str]

    @property
    def without_fonts(self) -> int:
        return sum(self.bytes.values()) - self.bytes["fonts"]


class Scales:
    """Weighs what one page fetches; whatever comes out of the browser's cache weighs nothing."""

    def __init__(self, page: Page) -> None:
        self.client: CDPSession = page.context.new_cdp_session(page)
        self.client.on("Network.responseReceived", self._see)
        self.client.on("Network.loadingFinished", self._weigh)
        self.client.send("Network.enable")
        self.kinds: dict[str, str] = {}
        self.bytes: Counter[str] = Counter()

    def _see(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = KINDS.get(event["type"], "other")

    def _weigh(self, event: dict[str, Any]) -> None:
        self.bytes[self.kinds.get(event["requestId"], "other")] += int(event["encodedDataLength"])

    def take(self) -> Weight:
        taken, self.bytes = Weight(self.bytes), Counter()
        return taken


@contextmanager
def visitor(browser: Browser, address: str, language: str, session: str) -> Iterator[BrowserContext]:
    """Without a service worker: what the plain cache of a browser spares is measured, as at the very first visit."""
    context = browser.new_context(base_url=address, locale=LOCALES[language], service_workers="block", **PHONE)
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    yield context
    context.close()


def opened(page: Page, path: str) -> None:
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{path} answered {answer.status if answer else 'nothing'}")
    page.evaluate("document.fonts.ready")


def weigh(context: BrowserContext, path: str) -> tuple[Weight, Weight]:
    """The first visit and the next one, as somebody comes back by a link."""
    page = context.new_page()
    scales = Scales(page)
    opened(page, path)
    first = scales.take()
    page.goto("about:blank")
    opened(page, path)
    repeat = scales.take()
    page.close()
    return first, repeat


def seconds_until_interactive(context: BrowserContext, path: str) -> float:
    """Of a first visit, on a slow line with a slow processor."""
    page = context.new_page()
    page.add_init_script(WATCH_LONG_TASKS)
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", SLOW_LINE)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    opened(page, path)
    page.wait_for_timeout(QUIET_MILLISECONDS)
    milliseconds: float = page.evaluate(INTERACTIVE)
    page.close()
    return milliseconds / 1000
