"""How a workbook with answers is laid out, for those who write it and those who read it back.

Rows and columns are found by keys in a hidden first column (and row, of a table), so that sorting or inserting rows
does no harm. A key is a question's code, or code/choice for one choice of several.
"""

import re
from collections.abc import Mapping
from typing import Any

from assessments.domain.instrument import Kind, Question

FORMAT = "alliance-portal-answers/1"
PORTAL_SHEET, LIST_SHEET = "_portal", "_lists"
# Columns of a section's sheet, counted from 0.
KEY, CODE, LABEL, ANSWER, UNIT, NA, REASON, HINT = range(8)
# Rows and columns of a table's sheet, counted from 0.
TABLE_MARK = "table:"
TABLE_LABEL, TABLE_FIRST_COLUMN, TABLE_FIRST_ROW = 1, 2, 3

_NOT_IN_CELLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def choice_key(code: str, choice: str) -> str:
    return f"{code}/{choice}"


def column_heading(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def cell_text(text: str) -> str:
    """As a cell can hold it: no control characters, one kind of line end."""
    return _NOT_IN_CELLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def table_cells(question: Question, value: Any, raw: Any) -> dict[str, list[Any]]:
    """{column: cells}: what was understood, else what was typed, else None."""
    cells: dict[str, list[Any]] = {}
    for column in question.columns:
        understood = (value or {}).get(column.key) or [None] * question.rows
        typed = (raw or {}).get(column.key) or [None] * question.rows
        pairs = zip(understood, typed, strict=False)
        cells[column.key] = [_cell(typed if value is None else value) for value, typed in pairs]
    return cells


def _cell(value: Any) -> Any:
    return (cell_text(value) or None) if isinstance(value, str) else value


def content(question: Question, answer: Mapping[str, Any] | None) -> Any:
    """An answer as the workbook can hold it: two are the same in its cells when this is the same.

    `answer`: value, raw, is_na and na_reason; None where there is none.
    """
    if answer is None:
        return None
    if answer["is_na"]:
        return ("na", cell_text(answer["na_reason"]))
    value, raw = answer["value"], answer["raw"]
    if question.is_table:
        cells = table_cells(question, value, raw)
        return cells if any(cell is not None for column in cells.values() for cell in column) else None
    if question.kind is Kind.MULTIPLE:
        return sorted(value) if value else None
    return _cell(value if value is not None else raw)
