"""One question on a section page: its answer as it stands in the inputs, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.domain.answers import Problem, cell_problem, understand
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, Column, Kind, Question
from assessments.domain.numbers import input_text
from assessments.labels import ANSWER_PROBLEMS, GAP_REASONS, unit_name
from assessments.models import Answer, Evidence, Remark
from assessments.readmodels.saved import Saved
from assessments.words import number_text, row_labels, table_text, total_texts, value_text, with_answers


@dataclass
class ChoiceRow:
    """`is_filtered`: it does not fit the other answers, and is shown only to be unchosen."""

    key: str
    label: str
    chosen: bool
    is_filtered: bool

    @property
    def hidden(self) -> bool:
        return self.is_filtered and not self.chosen


@dataclass
class Cell:
    name: str
    column: str
    text: str
    problem: str = ""
    inputmode: str = "decimal"


@dataclass
class TableRow:
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
    """The two values to choose from, as texts. `theirs` is stored; `mine` stands in the inputs."""

    mine: str
    theirs: str
    who: str
    when: Any


@dataclass
class QuestionBlock:
    question: Question
    language: str
    asked: bool
    locked: bool
    version: int = 0
    text: str = ""
    shown: str = ""
    chosen: list[str] = field(default_factory=list)
    is_na: bool = False
    na_reason: str = ""
    problems: list[str] = field(default_factory=list)
    understood: str = ""
    heads: list[ColumnHead] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    legal_note: str = ""
    legal_source: str = ""
    conflict: Conflict | None = None
    answered: bool = False
    lacks_only_files: bool = False
    offered: frozenset[str] = frozenset()
    label: str = ""
    hint: str = ""

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def anchor(self) -> str:
        return "q-" + self.question.code.replace(".", "-")

    @property
    def unit(self) -> str:
        return unit_name(self.question.unit)

    @property
    def evidence_note(self) -> str:
        return self.question.evidence_note.in_(self.language)

    @property
    def choices(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(c.key, c.label.in_(self.language), c.key in self.chosen, c.key not in self.offered)
            for c in self.question.choices
        ]

    @property
    def inputs(self) -> dict[str, Any]:
        """What stands in the inputs, for a script that puts it there."""
        cells = {cell.name: cell.text for row in self.rows for cell in row.cells}
        given = {"text": self.text, "chosen": self.chosen, "cells": cells}
        return given | {"is_na": self.is_na, "na_reason": self.na_reason}

    @property
    def takes_files(self) -> bool:
        return self.question.kind is Kind.FILE or bool(self.question.evidence)

    @property
    def most_files(self) -> int:
        return settings.EVIDENCE_MAX_FILES_PER_QUESTION

    @property
    def most_bytes(self) -> int:
        return settings.EVIDENCE_MAX_BYTES


def block_of(
    country: str, sheet: Sheet, question: Question, answer: Answer | None, language: str, *, locked: bool = False
) -> QuestionBlock:
    block = QuestionBlock(question, language, asked=question.code in sheet.shown, locked=locked)
    block.label = with_answers(question.label.in_(language), sheet, language)
    block.hint = with_answers(question.hint.in_(language), sheet, language)
    block.offered = frozenset(choice.key for choice in sheet.choices_of(question))
    if answer is not None:
        block.version, block.is_na, block.na_reason = answer.version, answer.is_na, answer.na_reason
        block.shown = answer_text(question, answer, language)
    value, raw = (answer.value, answer.raw) if answer else (None, None)
    show_value(block, value, raw)
    if block.asked:
        block.problems += problem_texts(question, sheet, language)
        block.answered = sheet.is_answered(question) and not sheet.gap(question)
        block.lacks_only_files = sheet.is_answered(question) and sheet.gap(question) == "evidence"
    if note := question.legal_note_for(country):
        block.legal_note = note.note.in_(language)
        block.legal_source = " · ".join(part for part in (note.law, note.article, note.year) if part)
    return block


def show_value(block: QuestionBlock, value: Any, raw: Any) -> None:
    """The inputs as they stand: what was understood, or what was typed where it was not."""
    question, language = block.question, block.language
    if question.is_table:
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
    if raw is not None and not question.is_table:
        block.problems.append(_why_odd(question, raw, language))


def _why_odd(question: Question, raw: Any, language: str) -> str:
    problems = understand(question, raw, language).problems or understand(question, raw, "en").problems
    return str(ANSWER_PROBLEMS[problems[0].code if problems else "not_a_number"])


def _show_table(block: QuestionBlock, value: Any, raw: Any) -> None:
    question, language = block.question, block.language
    totals = total_texts(question, value, language)
    for column in question.columns:
        head = ColumnHead(column.key, column.label.in_(language), unit_name(column.unit), totals[column.key])
        block.heads.append(head)
    for number, label in enumerate(row_labels(question, language)):
        cells = [_cell(question, column, number, value, raw, language) for column in question.columns]
        block.rows.append(TableRow(label, cells))
    # The cells are marked; each thing to do is said once above the table.
    found = (cell.problem for row in block.rows for cell in row.cells if cell.problem)
    block.problems += list(dict.fromkeys(found))


def _cell(question: Question, column: Column, row: int, value: Any, raw: Any, language: str) -> Cell:
    key, none = column.key, [None] * question.rows
    name = f"{question.code}.{key}.{row}"
    understood = (value or {}).get(key, none)[row]
    if understood is not None:
        text = understood if isinstance(understood, str) else input_text(understood, language)
        return Cell(name, key, text, inputmode=_keyboard(column))
    typed = ((raw or {}).get(key) or none)[row] or ""
    problem = _why_odd_cell(column, typed, language) if typed else ""
    return Cell(name, key, typed, problem, _keyboard(column))


def _keyboard(column: Column) -> str:
    """Which keys a phone offers; a date is typed with slashes."""
    return {Kind.INTEGER: "numeric", Kind.DECIMAL: "decimal"}.get(column.kind, "text")


def _why_odd_cell(column: Column, typed: str, language: str) -> str:
    return str(ANSWER_PROBLEMS[cell_problem(column, typed, language) or "not_a_number"])


def problem_texts(question: Question, sheet: Sheet, language: str) -> list[str]:
    reason = sheet.gap(question)
    if reason == "constraint":
        return [constraint_text(question, language)]
    if reason == "na_reason":
        return [str(GAP_REASONS["na_reason"])]
    return []


def constraint_text(question: Question, language: str) -> str:
    return question.constraint_message.in_(language) or str(GAP_REASONS["constraint"])


def texts_of(problems: Iterable[Problem]) -> list[str]:
    return list(dict.fromkeys(str(ANSWER_PROBLEMS[problem.code]) for problem in problems))


def lay_over(block: QuestionBlock, saved: Saved) -> None:
    """After a conflict the inputs hold what the writer sent, and both answers are named above them."""
    if not saved.conflict:
        return
    answer = saved.answer
    block.conflict = Conflict(
        mine=mine_text(saved, block.language),
        theirs=answer_text(block.question, answer, block.language),
        who=str(answer.updated_by or ""),
        when=answer.updated_at,
    )
    block.version, block.is_na, block.na_reason = answer.version, saved.is_na, saved.na_reason
    block.chosen, block.heads, block.rows = [], [], []
    block.text, block.understood, block.problems = "", "", []
    show_value(block, saved.given.value, saved.given.raw)


def inputs_of(question: Question, answer: Answer, language: str) -> dict[str, Any]:
    block = QuestionBlock(question, language, asked=True, locked=False)
    block.is_na, block.na_reason = answer.is_na, answer.na_reason
    show_value(block, answer.value, answer.raw)
    return block.inputs


def answer_text(question: Question, answer: Answer, language: str) -> str:
    if answer.is_na:
        return na_text(answer.na_reason)
    return _in_words(question, answer.value, answer.raw, language)


def mine_text(saved: Saved, language: str) -> str:
    if saved.is_na:
        return na_text(saved.na_reason)
    return _in_words(saved.question, saved.given.value, saved.given.raw, language)


def na_text(reason: str) -> str:
    label = _("Does not apply")
    return f"{label}: {reason}" if reason else label


def _in_words(question: Question, value: Any, raw: Any, language: str) -> str:
    """What was typed, where not all of it was understood; a table as the year's totals."""
    if question.is_table:
        return table_text(question, value, language)
    if raw is not None:
        return " ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
    return value_text(question, value, language)
