"""Weighs a section page in each language against what a slow line bears: `make budgets`."""

import statistics
import sys
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.commands import arguments, ended, judged, needed_chromium
from bench.figures import Row
from bench.stack import run_python, stack
from bench.weighing import Weight, seconds_until_interactive, visitor, weigh
from tests.support.browser import FLAGS

FACTORIES = 24
TIMES = 3


@dataclass(frozen=True)
class Budget:
    what: str
    limit: float
    unit: str

    def row(self, language: str, value: float, note: str = "") -> Row:
        verdict = "" if value <= self.limit else "over"
        return Row(f"{language}: {self.what}", f"{value:.1f} {self.unit}", verdict, f"≤ {self.limit:g}", note)


FIRST = Budget("first visit, without fonts", 180, "KB")
FONTS = Budget("fonts", 120, "KB")
SCRIPTS = Budget("scripts, compressed", 60, "KB")
REPEAT = Budget("next visit", 20, "KB")
INTERACTIVE = Budget("can be used after", 3, "s")


def by_kind(weight: Weight) -> str:
    return ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sorted(weight.bytes.items()) if size)


def weight_rows(language: str, first: Weight, repeat: Weight) -> list[Row]:
    return [
        FIRST.row(language, first.without_fonts / 1000, by_kind(first)),
        FONTS.row(language, first.bytes["fonts"] / 1000),
        SCRIPTS.row(language, first.bytes["js"] / 1000),
        REPEAT.row(language, sum(repeat.bytes.values()) / 1000, by_kind(repeat)),
    ]


def time_row(browser: Browser, address: str, language: str, visit: dict[str, Any]) -> Row:
    seconds = []
    for _ in range(TIMES):
        with visitor(browser, address, language, visit["session"]) as context:
            seconds.append(seconds_until_interactive(context, visit["path"]))
    note = f"median of {TIMES}; {visit['questions']} questions, 400 kbit/s, 400 ms, processor 4 × slower"
    return INTERACTIVE.row(language, statistics.median(seconds), note)


def measure(port: int) -> list[Row]:
    path = needed_chromium()
    rows: list[Row] = []
    with stack() as ours:
        print(f"Making a world of {FACTORIES} factories …", file=sys.stderr)
        world = ours.world(FACTORIES)
        visits = run_python("bench.visits", environment=world.environment)
        with ours.web_server(world, port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            address = f"http://127.0.0.1:{port}"
            for language, visit in visits.items():
                print(f"Opening a section page in {language} …", file=sys.stderr)
                with visitor(browser, address, language, visit["session"]) as context:
                    rows += weight_rows(language, *weigh(context, visit["path"]))
                rows.append(time_row(browser, address, language, visit))
            browser.close()
    return rows


def main() -> int:
    port = arguments("make budgets", __doc__).parse_args().port
    heading = Row("What", "Measured", "", "Budget", "How, in KB where not said")
    return ended(lambda: judged(measure(port), heading))


if __name__ == "__main__":
    raise SystemExit(main())
