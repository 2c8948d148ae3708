"""XLSForms as tests write them: rows under a head, and what is read from them."""

from typing import Any

from assessments.domain.instrument import Instrument
from assessments.domain.xlsform import Reading, read

Rows = list[list[Any]]
HEAD = ["type", "name", "label"]


def form(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> Reading:
    return read({"survey": [head or HEAD, *rows], **sheets}, name="form")


def instrument(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> Instrument:
    reading = form(*rows, head=head, **sheets)
    assert reading.problems == []
    assert reading.instrument
    return reading.instrument


def problems(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> list[tuple[str, int, str, str]]:
    found = form(*rows, head=head, **sheets).problems
    return [(problem.sheet, problem.row, problem.column, problem.code) for problem in found]
