"""Times, as medians, and the table they are printed in."""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Row:
    what: str
    value: str
    ratio: str = ""
    aim: str = ""
    note: str = ""


def timed(action: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turn(actions: Sequence[Callable[[], object]], *, times: int, warm_up: int) -> list[list[float]]:
    """Seconds of each action. They take turns, so that whatever else the machine does falls on all of them alike."""
    for _ in range(warm_up):
        for action in actions:
            action()
    rounds = [[timed(action) for action in actions] for _ in range(times)]
    return [list(column) for column in zip(*rounds, strict=True)]


def percentile(seconds: Sequence[float], percent: int) -> float:
    return statistics.quantiles(seconds, n=100, method="inclusive")[percent - 1]


def milliseconds(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms (p95 {percentile(seconds, 95) * 1000:.1f})"


def ratio(of: Sequence[float], to: Sequence[float]) -> str:
    return f"{statistics.median(of) / statistics.median(to):.1f} ×"


def megabytes(size: int | None) -> str:
    return f"{size / 1024**2:.0f} MB" if size else "–"


def peak_memory(process: int) -> int | None:
    """Bytes of memory that the process held at its worst; only Linux tells this of other processes."""
    if sys.platform != "linux":
        return None
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return None


def children(process: int) -> list[int]:
    """The processes that a process started; none where the system does not tell."""
    file = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in file.read_text().split()] if file.exists() else []


HEADS = Row("What", "Median", "Ratio", "Aim", "How")


def table(rows: Sequence[Row], heads: Row = HEADS) -> str:
    cells = [(row.what, row.value, row.ratio, row.aim, row.note) for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]

    def line(row: Sequence[str]) -> str:
        return f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"

    lines = [line(row) for row in cells]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
