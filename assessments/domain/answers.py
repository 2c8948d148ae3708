"""What an answer may be, question kind by question kind.

`understand` takes what a form or a script sent and gives what will be stored. Odd input is never thrown away: it comes
back as `raw` with the problem's code, so that the page can show it again and say what to do.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assessments.domain.instrument import CHOICE_KINDS, NUMBER_KINDS, TABLE_KINDS, UNASKED_KINDS, Column, Kind, Question
from assessments.domain.numbers import NotANumber, parse_number, plain_digits
from assessments.domain.units import chosen_units, ratio_of, to_own

MONTHS = 12
MAX_TEXT = 4000
# Thai years are written in the Buddhist era; no factory answers about the years CE 2400–2700.
BUDDHIST_OFFSET = 543
BUDDHIST_YEARS = range(2400, 2700)
ONE = Fraction(1)


@dataclass(frozen=True)
class Problem:
    """`where`: column and row (from 0) in a table."""

    code: str
    where: tuple[str, int] | None = None


@dataclass(frozen=True)
class Given:
    """`value` is what can be used; `raw` what was typed, where not all of it can; `units`: of a table's columns, where
    the quantities were typed in another than the questionnaire's.
    """

    value: Any = None
    raw: Any = None
    problems: tuple[Problem, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self.value is None and self.raw is None


@dataclass(frozen=True)
class Stored:
    """An answer as the rules read it."""

    value: Any = None
    is_na: bool = False
    na_reason: str = ""
    has_problem: bool = False

    @property
    def is_answered(self) -> bool:
        return self.value is not None


EMPTY = Given()


def understand(question: Question, sent: Any, language: str = "en") -> Given:
    if question.kind in TABLE_KINDS:
        return _table(question, sent, language)
    if question.kind is Kind.MULTIPLE:
        return _multiple(question, sent)
    if question.kind in NUMBER_KINDS and isinstance(sent, int | float):
        return _number(question.kind, sent, language)
    text = "" if sent is None else storable(str(sent)).strip()
    if not text or question.kind is Kind.FILE or question.kind in UNASKED_KINDS:
        return EMPTY
    if question.kind in CHOICE_KINDS:
        return Given(text) if text in question.choice_by_key else Given(None, text, (Problem("unknown_choice"),))
    if question.kind in NUMBER_KINDS:
        return _number(question.kind, text, language)
    return _date(text) if question.kind is Kind.DATE else _text(text)


def storable(text: str) -> str:
    """Without NUL and halves of characters, which scripts can send and no database keeps."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


def _text(text: str) -> Given:
    if len(text) > MAX_TEXT:
        return Given(None, text, (Problem("text_too_long"),))
    # Forms send line ends as two characters, scripts as one: the same text is the same answer.
    return Given(text.replace("\x00", "").replace("\r\n", "\n"))


def _multiple(question: Question, sent: Any) -> Given:
    listed = sent if isinstance(sent, Sequence) and not isinstance(sent, str) else str(sent or "").split()
    keys = [storable(str(key)) for key in listed]
    known = [choice.key for choice in question.choices if choice.key in keys]
    if any(key and key not in question.choice_by_key for key in keys):
        return Given(known or None, keys, (Problem("unknown_choice"),))
    return Given(known or None)


def _number(kind: Kind, typed: str | int | float, language: str, ratio: Fraction = ONE) -> Given:
    """`ratio`: how many of the stored unit are in the one that was typed."""
    try:
        value = parse_number(typed.removesuffix("%") if isinstance(typed, str) else typed, language)
        if problem := number_problem(kind, value):
            return Given(None, str(typed), (Problem(problem),))
        return Given(to_own(value, ratio))
    except NotANumber as error:
        return Given(None, str(typed), (Problem(error.code),))


def number_problem(kind: Kind, value: float) -> str:
    """Quantities in this field are never negative; shares lie between 0 and 100."""
    if kind is Kind.INTEGER and value != int(value):
        return "not_whole"
    if value < 0:
        return "negative"
    if kind is Kind.PERCENT and value > 100:
        return "not_a_percent"
    return ""


def _date(text: str) -> Given:
    plain = plain_digits(text)
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", plain):
        year, month, day = map(int, match.groups())
    elif match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", plain):
        day, month, year = map(int, match.groups())
    else:
        return Given(None, text, (Problem("not_a_date"),))
    if year in BUDDHIST_YEARS:
        year -= BUDDHIST_OFFSET
    try:
        return Given(dt.date(year, month, day).isoformat())
    except ValueError:
        return Given(None, text, (Problem("not_a_date"),))


def _table(question: Question, sent: Any, language: str) -> Given:
    """`sent`: {column: [a cell for each row]}, and under "@units" the units they were typed in. Good cells are used
    even while others are not understood.
    """
    if not isinstance(sent, Mapping):
        return EMPTY
    units = chosen_units(question.columns, sent)
    values: dict[str, list[Any]] = {}
    raw: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for column in question.columns:
        cells = _padded(sent.get(column.key), question.rows)
        ratio = ratio_of(column, units.get(column.key, ""))
        understood = [_cell(column, cell, language, ratio) for cell in cells]
        values[column.key] = [cell.value for cell in understood]
        raw[column.key] = [str(cell) for cell in cells]
        problems += [Problem(p.code, (column.key, n)) for n, cell in enumerate(understood) for p in cell.problems]
    used = {key: cells for key, cells in values.items() if any(cell is not None for cell in cells)}
    return Given(used or None, raw if problems else None, tuple(problems), units)


def _padded(cells: Any, rows: int) -> list[Any]:
    given = list(cells)[:rows] if isinstance(cells, Sequence) and not isinstance(cells, str) else []
    padded = [*given, *([""] * (rows - len(given)))]
    return [cell if isinstance(cell, int | float) else storable(str(cell or "")).strip() for cell in padded]


def _cell(column: Column, cell: str | int | float, language: str, ratio: Fraction = ONE) -> Given:
    if cell == "":
        return EMPTY
    if column.kind is Kind.DATE:
        return _date(str(cell))
    return _text(str(cell)) if column.kind is Kind.TEXT else _number(column.kind, cell, language, ratio)


def cell_problem(column: Column, typed: str, language: str, unit: str = "") -> str:
    """The code of what is wrong with one cell of a table, or ""."""
    problems = _cell(column, typed, language, ratio_of(column, unit)).problems
    return problems[0].code if problems else ""


def months_filled(value: Mapping[str, Sequence[float | None]] | None) -> int:
    """In how many of the twelve months at least one column has a number."""
    return rows_filled(value, MONTHS)


def rows_filled(value: Mapping[str, Sequence[Any]] | None, rows: int) -> int:
    columns = list((value or {}).values())
    return sum(any(column[row] is not None for column in columns) for row in range(rows))


def logic_value(question: Question, value: Any) -> str | int | float:
    """The value as expressions see it: "" when unanswered, several choices joined by spaces."""
    if value is None or question.kind in TABLE_KINDS or question.kind is Kind.FILE:
        return ""
    return " ".join(value) if question.kind is Kind.MULTIPLE else value
