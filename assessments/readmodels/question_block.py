"""One question on a section page: its answer as it stands in the inputs, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from assessments.domain.answers import MONTHS, Problem, understand
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, Kind, Question
from assessments.domain.numbers import input_text
from assessments.labels import ANSWER_PROBLEMS, GAP_REASONS, unit_name
from assessments.models import Answer, Assessment, Evidence, Remark
from assessments.readmodels.saved import Saved
from assessments.words import column_totals, number_text, value_text
from suppliers import localization


@dataclass
class Cell:
    name: str
    text: str
    problem: str = ""


@dataclass
class MonthRow:
    label: str
    cells: list[Cell]


@dataclass
class ColumnHead:
    key: str
    label: str
    unit: str
    total: str


@dataclass
class Conflict:
    """The two values to choose from. `theirs` is stored; `mine` is not."""

    mine: str
    theirs: str
    who: str
    when: Any
    version: int


@dataclass
class QuestionBlock:
    question: Question
    language: str
    asked: bool
    locked: bool
    version: int = 0
    text: str = ""
    chosen: list[str] = field(default_factory=list)
    is_na: bool = False
    na_reason: str = ""
    problems: list[str] = field(default_factory=list)
    understood: str = ""
    heads: list[ColumnHead] = field(default_factory=list)
    rows: list[MonthRow] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    legal_note: str = ""
    legal_source: str = ""
    conflict: Conflict | None = None
    answered: bool = False

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def anchor(self) -> str:
        return "q-" + self.question.code.replace(".", "-")

    @property
    def label(self) -> str:
        return self.question.label.in_(self.language)

    @property
    def hint(self) -> str:
        return self.question.hint.in_(self.language)

    @property
    def unit(self) -> str:
        return unit_name(self.question.unit)

    @property
    def evidence_note(self) -> str:
        return self.question.evidence_note.in_(self.language)

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(c.key, c.label.in_(self.language), c.key in self.chosen) for c in self.question.choices]

    @property
    def takes_files(self) -> bool:
        return self.question.kind is Kind.FILE or bool(self.question.evidence)

    @property
    def may_add_file(self) -> bool:
        return self.takes_files and not self.locked and len(self.evidence) < settings.EVIDENCE_MAX_FILES_PER_QUESTION


def block_of(
    assessment: Assessment, sheet: Sheet, question: Question, answer: Answer | None, language: str, locked: bool
) -> QuestionBlock:
    block = QuestionBlock(question, language, asked=question.code in sheet.asked, locked=locked)
    if answer is not None:
        block.version, block.is_na, block.na_reason = answer.version, answer.is_na, answer.na_reason
    value, raw = (answer.value, answer.raw) if answer else (None, None)
    show_value(block, value, raw)
    if block.asked:
        block.problems += problem_texts(question, sheet, language)
        block.answered = sheet.is_answered(question) and not sheet.gap(question)
    if note := question.legal_note_for(assessment.factory.country):
        block.legal_note = note.note.in_(language)
        block.legal_source = " · ".join(part for part in (note.law, note.article, note.year) if part)
    return block


def show_value(block: QuestionBlock, value: Any, raw: Any) -> None:
    """The inputs as they stand: what was understood, or what was typed where it was not."""
    question, language = block.question, block.language
    if question.kind is Kind.MONTHLY:
        _show_table(block, value, raw)
    elif question.choices:
        typed = raw if raw is not None else value
        block.chosen = typed if isinstance(typed, list) else [typed] if typed else []
    elif raw is not None:
        block.text = str(raw)
    elif question.kind in NUMBER_KINDS and value is not None:
        block.text = input_text(value, language)
        block.understood = number_text(value, question.unit, language)
    else:
        block.text = "" if value is None else str(value)
        block.understood = value_text(question, value, language) if question.kind is Kind.DATE else ""
    if raw is not None and question.kind is not Kind.MONTHLY:
        block.problems.append(_why_odd(question, raw, language))


def _why_odd(question: Question, raw: Any, language: str) -> str:
    problems = understand(question, raw, language).problems or understand(question, raw, "en").problems
    return str(ANSWER_PROBLEMS[problems[0].code if problems else "not_a_number"])


def _show_table(block: QuestionBlock, value: Any, raw: Any) -> None:
    question, language = block.question, block.language
    totals = column_totals(question, value)
    for column in question.columns:
        total = totals[column.key]
        block.heads.append(
            ColumnHead(
                column.key,
                column.label.in_(language),
                unit_name(column.unit),
                "" if total is None else localization.number(total, language),
            )
        )
    for month, name in enumerate(localization.months(language)[:MONTHS]):
        cells = [_cell(question.code, column.key, month, value, raw, language) for column in question.columns]
        block.rows.append(MonthRow(name, cells))
        block.problems += [cell.problem for cell in cells if cell.problem and cell.problem not in block.problems]


def _cell(code: str, column: str, month: int, value: Any, raw: Any, language: str) -> Cell:
    name = f"{code}.{column}.{month}"
    number = (value or {}).get(column, [None] * MONTHS)[month]
    if number is not None:
        return Cell(name, input_text(number, language))
    typed = ((raw or {}).get(column) or [""] * MONTHS)[month]
    return Cell(name, typed, str(ANSWER_PROBLEMS["not_a_number"]) if typed else "")


def problem_texts(question: Question, sheet: Sheet, language: str) -> list[str]:
    reason = sheet.gap(question)
    if reason == "constraint":
        return [question.constraint_message.in_(language) or str(GAP_REASONS["constraint"])]
    if reason == "na_reason":
        return [str(GAP_REASONS["na_reason"])]
    return []


def texts_of(problems: Iterable[Problem]) -> list[str]:
    return list(dict.fromkeys(str(ANSWER_PROBLEMS[problem.code]) for problem in problems))


def lay_over(block: QuestionBlock, saved: Saved) -> None:
    if not saved.conflict:
        return
    answer = saved.answer
    mine = value_text(block.question, saved.given.value, block.language) or _plain(saved.given.raw)
    block.conflict = Conflict(
        mine=mine,
        theirs=answer_text(block.question, answer, block.language),
        who=str(answer.updated_by or ""),
        when=answer.updated_at,
        version=answer.version,
    )
    block.version = answer.version
    block.chosen, block.heads, block.rows, block.text, block.understood = [], [], [], "", ""
    show_value(block, saved.given.value, saved.given.raw)


def answer_text(question: Question, answer: Answer, language: str) -> str:
    if answer.is_na:
        return answer.na_reason
    return value_text(question, answer.value, language) or _plain(answer.raw)


def _plain(raw: Any) -> str:
    if raw is None:
        return ""
    return " ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
