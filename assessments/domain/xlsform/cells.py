"""Rows of a sheet and what their cells say; whatever is wrong is noted with its sheet, row and column."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.domain.instrument import Instrument, Tree, Words
from assessments.domain.logic import LogicError, parse
from assessments.domain.xlsform.headings import LANGUAGE_HEADERS, Heading, heading_of, language_of

EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "score", "critical")
SHEETS = ("survey", "choices", "settings", "legal_notes")
LONGEST_TEXT = 5000
# As wide as the columns of the database that keep them.
LONGEST = {
    "name": 64,
    "list_name": 64,
    "unit": 20,
    "factor": 40,
    "mapping": 300,
    "law": 200,
    "article": 100,
    "year": 20,
}


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
    """`headers`: how each column is headed in the sheet itself."""

    sheet: str
    number: int
    cells: Mapping[Heading, str]
    headers: Mapping[Heading, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(Heading(column), "")

    def header(self, column: str, language: str = "") -> str:
        spelled = f"{column}::{LANGUAGE_HEADERS[language]}" if language in LANGUAGE_HEADERS else column
        return self.headers.get(Heading(column, language), spelled)

    def text(self, column: str, language: str = "") -> str:
        return self.cells.get(Heading(column, language), "")


@dataclass
class Reading:
    """What came out: the instrument if there is no problem, and the expressions as their author wrote them.

    `remarks` tell what was understood but has no effect here: nothing is dropped in silence.
    """

    instrument: Instrument | None = None
    problems: list[SheetProblem] = field(default_factory=list)
    remarks: list[SheetProblem] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)


class _Kept(dict[int, int | None]):
    """Which characters stay, looked up once for each: a workbook repeats a few hundred of them endlessly."""

    def __missing__(self, point: int) -> int | None:
        letter = chr(point)
        stays = letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn")
        self[point] = point if stays else None
        return self[point]


_KEPT = _Kept()


def clean(cell: Any) -> str:
    """A cell as text, without surrounding space or what no database or page can hold. Whole floats lose their point."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).translate(_KEPT).strip()


def rows_of(sheet: str, table: Sequence[Sequence[Any]]) -> list[Row]:
    """Rows with at least one cell filled, by column."""
    if not table:
        return []
    header = [clean(cell) for cell in table[0]]
    headings = [heading_of(text) for text in header]
    headers = {heading: text for heading, text in zip(headings, header, strict=True) if text}
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        pairs = zip(headings, header, map(clean, cells), strict=False)
        texts = {heading: text for heading, name, text in pairs if name and text}
        if texts:
            rows.append(Row(sheet, number, texts, headers))
    return rows


class CellReader:
    """Reads single cells, noting what is wrong with them."""

    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self.rows = {name: rows_of(name, sheets.get(name, ())) for name in SHEETS}
        self.reading = Reading()
        self.default_language = ""

    def problem(self, row: Row, column: str, code: str, detail: str = "") -> None:
        self.reading.problems.append(SheetProblem(row.sheet, row.number, row.header(column), code, detail))

    def remark(self, row: Row, column: str, code: str, detail: str = "") -> None:
        self.reading.remarks.append(SheetProblem(row.sheet, row.number, row.header(column), code, detail))

    def words(self, row: Row, column: str, *, needed: bool = False, longest: int = LONGEST_TEXT) -> Words:
        """Texts in our languages. A text in no or a foreign language stands in for English, where that has none."""
        words = Words.of({code: row.text(column, code) for code in LANGUAGE_HEADERS})
        plain = row.text(column)
        if plain and not words.get(language_of(self.default_language)):
            words[language_of(self.default_language) if self._is_ours else "en"] = plain
        if not words.get("en") and row.text(column, self.default_language):
            words["en"] = row.text(column, self.default_language)
        for language, text in words.items():
            if len(text) > longest:
                header = row.header(column, language)
                self.reading.problems.append(SheetProblem(row.sheet, row.number, header, "text_too_long", str(longest)))
        if needed and not words:
            self.problem(row, column, "text_missing")
        return words

    @property
    def _is_ours(self) -> bool:
        return language_of(self.default_language) in LANGUAGE_HEADERS

    def short(self, row: Row, column: str) -> str:
        text = row[column]
        if len(text) > LONGEST[column]:
            self.problem(row, column, "text_too_long", str(LONGEST[column]))
        return text

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
        text = row[column].lower().removesuffix("()")
        if text not in ("", "yes", "no", "true", "false", "1", "0"):
            self.problem(row, column, "not_yes_or_no", row[column])
        return text in ("yes", "true", "1")

    def one_of(self, row: Row, column: str, allowed: Iterable[str], default: str = "") -> str:
        text = row[column] or default
        if text not in set(allowed):
            self.problem(row, column, "unknown_word", text)
            return default
        return text

    def expression(self, row: Row, column: str, owner: str, *, before: str = "", **options: Any) -> Tree | None:
        """`before`: a condition from outside that must hold too."""
        own = row[column]
        source = f"({before}) and ({own})" if before and own else before or own
        if not source:
            return None
        self.reading.sources.setdefault(owner, {})[column] = source
        try:
            return parse(source, **options)
        except LogicError as error:
            self.problem(row, column, f"logic_{error.code}", str(error.detail))
            return None
