"""The questionnaire's own figures: importing it, working out what is asked, opening a page."""

import base64
import urllib.request
from typing import Any

from playwright.sync_api import sync_playwright

from bench.figures import Row, milliseconds
from bench.stack import World, run_python
from tests.support.browser import FLAGS, chromium
from tests.support.logic import bundle

# A browser's clock is coarse: many runs are timed as one.
ROUNDS, RUNS = 60, 20
TIME = """async ([address, data, rounds, runs]) => {
  const { seenValues } = await import(address);
  const seconds = [];
  for (let round = 0; round < rounds + 10; round += 1) {
    const start = performance.now();
    for (let run = 0; run < runs; run += 1) seenValues(data);
    seconds.push((performance.now() - start) / runs / 1000);
  }
  return seconds.slice(10);
}"""


def in_browser(data: dict[str, Any]) -> list[float] | None:
    """Seconds; None where there is no Chromium."""
    path = chromium()
    if path is None:
        return None
    with urllib.request.urlopen(bundle("seen")) as file:  # noqa: S310 – a file that we have just made
        script = base64.b64encode(file.read()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page()
        found = page.evaluate(TIME, [f"data:text/javascript;base64,{script}", data, ROUNDS, RUNS])
        browser.close()
    return list(found)


def rows(world: World) -> list[Row]:
    found = run_python("bench.questionnaire", environment=world.environment)
    what = f"all conditions of {found['questions']} questions"
    seconds = in_browser(found["data"])
    few, all_of_them = found["queries"]
    return [
        Row(
            f"Import a workbook of {found['questions']} questions in four languages",
            milliseconds(found["load"]),
            aim="≤ 2 s",
            note=f"upload to stored draft, {len(found['load'])} times",
        ),
        Row("What is asked, in Python", milliseconds(found["asked"]), aim="≤ 5 ms", note=what),
        Row(
            "What is asked, in Chromium",
            milliseconds(seconds) if seconds else "no Chromium here",
            aim="≤ 2 ms",
            note=what,
        ),
        Row(
            "Queries of a section page, whole questionnaire",
            str(all_of_them),
            f"{all_of_them / few:.1f} ×",
            aim="≤ 1 ×",
            note=f"with 10 questions: {few}",
        ),
    ]
