"""The browser's queue, run by Node with its twin in memory: each case is a list of steps."""

import json
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.support.logic import BUILD, node

SCRIPTS = Path(settings.BASE_DIR) / "static" / "src" / "scripts" / "offline"
RUN = """
import { readFileSync } from "node:fs";
const queue = await import(process.argv[1]);
const shelf = new queue.MemoryShelf();
const sent = new Map();
const made = (code, value, based_on, page) => ({
  assessment: "A", code, section: "E1", label: code, shown: value, entry: { value, is_na: false, na_reason: "" },
  fields: [[code, value]], based_on, made_at: "", page,
});
const steps = {
  put: (code, value, based_on = 0, page = "P") =>
    shelf.edit([["A", code, queue.putting(made(code, value, based_on, page))]]),
  take: async (most = 200) => {
    for (const row of await shelf.take(most)) sent.set(`${row.code}=${row.entry.value}`, row.change_id);
  },
  settle: (code, value, result) => {
    const change_id = sent.get(`${code}=${value}`);
    return shelf.edit([["A", code, queue.settling({ code, change_id, ...result }, 1)]]);
  },
  mine: (code) => shelf.edit([["A", code, queue.keepingMine]]),
  theirs: (code, value) => shelf.edit([["A", code, queue.takingTheirs({ value }, [[code, value]], 1)]]),
  discard: (code) => shelf.edit([["A", code, queue.discarding]]),
  rearm: (code) => shelf.edit([["A", code, queue.rearming]]),
};
for (const [name, ...given] of JSON.parse(readFileSync(0, "utf8"))) await steps[name](...given);
const rows = await shelf.changes();
const answers = await shelf.answers("A");
console.log(JSON.stringify({
  queue: rows.map((row) => [row.code, row.entry.value, row.based_on, row.state ?? ""]),
  ids: rows.map((row) => row.change_id),
  mine: rows.map((row) => row.reply?.mine ?? ""),
  next: queue.nextBatch(rows).map((row) => [row.code, row.entry.value]),
  answers: Object.fromEntries(answers.map((row) => [row.code, [row.entry.value, row.version]])),
}));
"""


@cache
def _bundle() -> str:
    made = Path(tempfile.mkdtemp(prefix="queue-")) / "queue.mjs"
    stdin = {"contents": 'export * from "./rules"; export * from "./shelf";', "resolveDir": str(SCRIPTS)}
    options = {"stdin": stdin, "outfile": str(made), "bundle": True, "format": "esm", "target": "es2020"}
    command = [*node("-e", BUILD), json.dumps(options)]
    subprocess.run(command, cwd=settings.BASE_DIR, check=True, capture_output=True, timeout=60)
    return made.as_uri()


def run_queue(*steps: list[Any]) -> dict[str, Any]:
    command = [*node("-e", RUN), _bundle()]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, input=json.dumps(steps)
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]
