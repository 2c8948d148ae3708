"""From the cells of an uploaded workbook to answers as a form sends them, and what is wrong with which cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from openpyxl.utils import get_column_letter

from assessments.domain import answer_sheets as layout
from assessments.domain.answers import Problem, understand
from assessments.domain.instrument import LANGUAGES, NUMBER_KINDS, Instrument, Kind, Question
from assessments.sheets import Upload

Rows = list[list[Any]]
Place = tuple[str, str]


class NotOurs(Exception):
    """`code`: foreign, other_assessment or other_version."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Found:
    """`places`: which cells an answer was read from, by the column of a table and its row (from 0)."""

    sent: Any = None
    is_na: bool = False
    na_reason: str = ""
    places: dict[Any, Place] = field(default_factory=dict)


@dataclass
class WorkbookAnswers:
    """`problems`: sheet, cell, code and detail. A question with a problem is not among the answers."""

    language: str
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[tuple[str, str, str, str]] = field(default_factory=list)


def read_answers(upload: Upload, instrument: Instrument, assessment_code: str) -> WorkbookAnswers:
    """Raises NotOurs."""
    portal = _portal(upload.sheets.get(layout.PORTAL_SHEET, []), instrument, assessment_code)
    reader = _Reader(instrument, portal["language"])
    for title, rows in upload.sheets.items():
        if title not in (layout.PORTAL_SHEET, layout.LIST_SHEET):
            reader.read(title, rows)
    for problem in upload.problems:
        reader.problem((problem.sheet, f"{problem.column}{problem.row}"), problem.code, problem.detail)
    return reader.result(portal["versions"])


def _portal(rows: Rows, instrument: Instrument, assessment_code: str) -> dict[str, Any]:
    facts = {str(row[0]): str(row[1]) for row in rows if len(row) == 2}
    if facts.get("format") != layout.FORMAT:
        raise NotOurs("foreign")
    if facts.get("assessment") != assessment_code:
        raise NotOurs("other_assessment")
    if (facts.get("questionnaire"), facts.get("version")) != (instrument.code, instrument.version):
        raise NotOurs("other_version")
    versions = {
        str(row[1]): int(str(row[2]))
        for row in rows
        if len(row) == 3 and row[0] == "answer" and str(row[2]).isdecimal() and len(str(row[2])) < 10
    }
    return {"language": facts.get("language") if facts.get("language") in LANGUAGES else "en", "versions": versions}


class _Reader:
    def __init__(self, instrument: Instrument, language: str) -> None:
        self.instrument, self.language = instrument, language
        self.found: dict[str, Found] = {}
        self.problems: dict[Place, tuple[str, str]] = {}

    def problem(self, place: Place, code: str, detail: str = "") -> None:
        self.problems.setdefault(place, (code, detail))

    def read(self, title: str, rows: Rows) -> None:
        mark = str(_at(rows[0], 0) or "") if rows else ""
        if mark.startswith(layout.TABLE_MARK):
            question = self.instrument.questions.get(mark.removeprefix(layout.TABLE_MARK))
            if question is not None and question.is_table:
                self._table(title, rows, question)
            return
        for number, row in enumerate(rows, start=1):
            code, _slash, choice = str(_at(row, layout.KEY) or "").partition("/")
            question = self.instrument.questions.get(code)
            if question is not None and question.is_asked_for:
                self._row(_Row(title, number, row), question, choice)

    def _row(self, row: "_Row", question: Question, choice: str) -> None:
        found = self.found.setdefault(question.code, Found())
        if choice:
            self._choice(row, question, choice, found)
            return
        if question.allow_na:
            found.is_na = self._yes(row, layout.NA)
            found.na_reason = _text(row.value(layout.REASON))
            found.places["na"] = row.place(layout.NA)
        if question.kind is Kind.MULTIPLE:
            found.sent = found.sent or []
        elif not question.is_table and question.kind is not Kind.FILE:
            found.places[None] = row.place(layout.ANSWER)
            found.sent = self._value(question, row.value(layout.ANSWER))

    def _choice(self, row: "_Row", question: Question, choice: str, found: Found) -> None:
        found.sent = found.sent or []
        found.places[choice] = row.place(layout.ANSWER)
        if self._yes(row, layout.ANSWER) and choice in question.choice_by_key:
            found.sent.append(choice)

    def _yes(self, row: "_Row", column: int) -> bool:
        word = _text(row.value(column)).casefold()
        yes, no = yes_and_no()
        if word and word not in yes and word not in no:
            self.problem(row.place(column), "not_yes_or_no", word[:80])
        return word in yes

    def _value(self, question: Question, value: Any) -> Any:
        if question.choices:
            return _key_of(question, _text(value))
        if question.kind in NUMBER_KINDS and isinstance(value, int | float) and not isinstance(value, bool):
            return value
        return _text(value)

    def _table(self, title: str, rows: Rows, question: Question) -> None:
        found = self.found.setdefault(question.code, Found())
        found.sent = {column.key: [""] * question.rows for column in question.columns}
        columns = {str(key): number for number, key in enumerate(rows[0]) if number >= layout.TABLE_FIRST_COLUMN}
        for number, cells in enumerate(rows[1:], start=2):
            n = str(_at(cells, 0) or "")
            if not n.isdecimal() or int(n) >= question.rows:
                continue
            row = _Row(title, number, cells)
            for column in question.columns:
                if column.key in columns:
                    value = row.value(columns[column.key])
                    is_number = isinstance(value, int | float) and not isinstance(value, bool)
                    keeps = is_number and column.kind in NUMBER_KINDS
                    found.sent[column.key][int(n)] = value if keeps else _text(value)
                    found.places[column.key, int(n)] = row.place(columns[column.key])

    def result(self, versions: Mapping[str, int]) -> WorkbookAnswers:
        read = WorkbookAnswers(self.language)
        for code, found in self.found.items():
            if code not in versions:
                continue
            problems = self._odd_cells(self.instrument.questions[code], found)
            if not any(place in self.problems for place in found.places.values()):
                read.answers[code] = self._entry(found, versions[code]) | {"odd": problems}
        read.problems = [(*place, *problem) for place, problem in self.problems.items()]
        return read

    def _odd_cells(self, question: Question, found: Found) -> list[list[str]]:
        """Sheet, cell and code. Whether they matter is seen later: the portal may hold the same odd text."""
        if found.is_na:
            return []
        problems = understand(question, found.sent, self.language).problems
        return [[*self._place(found, problem), problem.code] for problem in problems]

    def _entry(self, found: Found, version: int) -> dict[str, Any]:
        sent = None if found.is_na else found.sent
        return {"sent": sent, "is_na": found.is_na, "na_reason": found.na_reason, "based_on": version}

    def _place(self, found: Found, problem: Problem) -> Place:
        return found.places.get(problem.where) or next(iter(found.places.values()))


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Sequence[Any]

    def value(self, column: int) -> Any:
        return _at(self.cells, column)

    def place(self, column: int) -> Place:
        return self.sheet, f"{get_column_letter(column + 1)}{self.number}"


def _at(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return layout.cell_text(str(value))


def _key_of(question: Question, text: str) -> str:
    """The choice that is called so in any language; the text itself where none is, or more than one."""
    wanted = " ".join(text.split()).casefold()
    named = {
        choice.key
        for choice in question.choices
        for label in (*choice.label.values(), *(f"{label} ({choice.key})" for label in choice.label.values()))
        if " ".join(layout.cell_text(label).split()).casefold() == wanted
    }
    return named.pop() if len(named) == 1 else text


@cache
def yes_and_no() -> tuple[frozenset[str], frozenset[str]]:
    """The words of all languages, and what spreadsheets make of them."""
    yes, no = {"true", "yes", "x", "1"}, {"false", "no", "0"}
    for language in LANGUAGES:
        with translation.override(language):
            yes.add(gettext("Yes").casefold())
            no.add(gettext("No").casefold())
    return frozenset(yes), frozenset(no)
