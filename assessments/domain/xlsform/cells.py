"""Rows of a sheet and what their cells say; whatever is wrong is noted with its sheet, row and column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.domain.instrument import LANGUAGES, Instrument, Tree, Words
from assessments.domain.logic import LogicError, parse

LANGUAGE_HEADERS = {"en": "English (en)", "km": "Khmer (km)", "th": "Thai (th)", "vi": "Vietnamese (vi)"}
EXPRESSIONS = ("relevant", "constraint", "score", "critical")
SHEETS = ("survey", "choices", "settings", "legal_notes")


@dataclass(frozen=True)
class SheetProblem:
    """`row` counts as a spreadsheet does: the header is row 1. `code` is what labels turn into a sentence."""

    sheet: str
    row: int
    column: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def words(self, column: str) -> Words:
        return Words({code: self[f"{column}::{name}"] for code, name in LANGUAGE_HEADERS.items()})


@dataclass
class Reading:
    """What came out: the instrument if there is no problem, and the expressions as their author wrote them."""

    instrument: Instrument | None = None
    problems: list[SheetProblem] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)


def rows_of(sheet: str, table: Sequence[Sequence[Any]]) -> list[Row]:
    """Rows with at least one cell filled, by column name. Surrounding space never means anything."""
    if not table:
        return []
    header = [str(cell or "").strip() for cell in table[0]]
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        texts = {
            name: str(cell if cell is not None else "").strip()
            for name, cell in zip(header, cells, strict=False)
            if name
        }
        if any(texts.values()):
            rows.append(Row(sheet, number, texts))
    return rows


class CellReader:
    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self.rows = {name: rows_of(name, sheets.get(name, ())) for name in SHEETS}
        self.reading = Reading()

    def problem(self, row: Row, column: str, code: str, detail: str = "") -> None:
        self.reading.problems.append(SheetProblem(row.sheet, row.number, column, code, detail))

    def words(self, row: Row, column: str, *, needed: bool) -> Words:
        words = row.words(column)
        if needed or words:
            for language in LANGUAGES:
                if not words.get(language):
                    self.problem(row, f"{column}::{LANGUAGE_HEADERS[language]}", "text_missing")
        return words

    def number(self, row: Row, column: str, default: float) -> float:
        text = row[column]
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e6:
            self.problem(row, column, "not_a_number", text)
            return default
        return value

    def yes(self, row: Row, column: str) -> bool:
        text = row[column].lower()
        if text not in ("", "yes", "no", "true", "false"):
            self.problem(row, column, "not_yes_or_no", text)
        return text in ("yes", "true")

    def one_of(self, row: Row, column: str, allowed: Iterable[str], default: str = "") -> str:
        text = row[column] or default
        if text not in set(allowed):
            self.problem(row, column, "unknown_word", text)
            return default
        return text

    def expression(self, row: Row, column: str, owner: str) -> Tree | None:
        source = row[column]
        if not source:
            return None
        self.reading.sources.setdefault(owner, {})[column] = source
        try:
            return parse(source)
        except LogicError as error:
            self.problem(row, column, f"logic_{error.code}", str(error.detail))
            return None
