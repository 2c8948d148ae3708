"""One question on a section page: its answer as it stands in the inputs, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from assessments.domain.answers import Problem, understand
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, Kind, Question
from assessments.domain.numbers import input_text
from assessments.labels import ANSWER_PROBLEMS, GAP_REASONS, ImportanceName, unit_name
from assessments.models import Answer, Evidence, Remark
from assessments.readmodels.anchors import anchor_of
from assessments.readmodels.answer_words import answer_text, mine_text
from assessments.readmodels.checks import CheckLine
from assessments.readmodels.offers import LastYear, Offer, offer_for
from assessments.readmodels.saved import Saved
from assessments.readmodels.table_block import ColumnHead, Reckoning, TableRow, heads_of, rows_of, tonnes_text
from assessments.readmodels.why import Why, why_of
from assessments.words import foot_label, number_text, value_text, with_answers

PLAIN = Reckoning()


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
    reckoning: Reckoning = field(default_factory=Reckoning)
    tonnes: str = ""
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    why: Why | None = None
    offer: Offer | None = None
    checks: list[CheckLine] = field(default_factory=list)
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
    def foot_label(self) -> str:
        return foot_label(self.question)

    @property
    def anchor(self) -> str:
        return anchor_of(self.question.code)

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
    def importance_name(self) -> str:
        return str(ImportanceName(self.question.importance).label)

    @property
    def may_clear(self) -> bool:
        """Boxes are unticked and texts deleted; a radio button once chosen has no way back of its own."""
        return self.question.kind in (Kind.YES_NO, Kind.SINGLE) and not self.locked

    @property
    def may_warn(self) -> bool:
        return self.question.kind in NUMBER_KINDS or self.question.is_table

    @property
    def open_checks(self) -> list[CheckLine]:
        return [line for line in self.checks if line.is_open]

    @property
    def confirmed_checks(self) -> list[CheckLine]:
        return [line for line in self.checks if not line.is_open]

    @property
    def inputs(self) -> dict[str, Any]:
        """What stands in the inputs, for a script that puts it there."""
        cells = {cell.name: cell.text for row in self.rows for cell in row.cells}
        units = {f"{self.code}.{head.key}.unit": u.unit for head in self.heads for u in head.units if u.chosen}
        given = {"text": self.text, "chosen": self.chosen, "cells": cells | units}
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
    country: str,
    sheet: Sheet,
    question: Question,
    answer: Answer | None,
    language: str,
    *,
    locked: bool = False,
    reckoning: Reckoning = PLAIN,
) -> QuestionBlock:
    shown = question.code in sheet.shown
    block = QuestionBlock(question, language, asked=shown, locked=locked, reckoning=reckoning)
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
    block.why = why_of(question, sheet.instrument.section_of[question.code], country, language)
    return block


def add_offer(block: QuestionBlock, last: LastYear | None, answer: Answer | None) -> None:
    """Last year's answer is shown also where it does not fit; then no button takes it over."""
    block.offer = offer_for(block.question, last, block.language) if block.question.is_asked_for else None
    if block.offer:
        block.offer.is_current = block.offer.is_already(answer)
        block.offer.fits = block.offer.fits and not block.locked


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
    question, language, reckoning = block.question, block.language, block.reckoning
    block.heads = heads_of(question, value, reckoning, language)
    block.rows = rows_of(question, value, raw, reckoning.units, language)
    block.tonnes = tonnes_text(question, value, reckoning, language)
    # The cells are marked; each thing to do is said once above the table.
    found = (cell.problem for row in block.rows for cell in row.cells if cell.problem)
    block.problems += list(dict.fromkeys(found))


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
    block.chosen = []
    block.reckoning = Reckoning(saved.given.units, block.reckoning.kg)
    block.text, block.understood, block.problems = "", "", []
    show_value(block, saved.given.value, saved.given.raw)


def inputs_of(question: Question, answer: Answer | Offer, language: str) -> dict[str, Any]:
    block = QuestionBlock(question, language, asked=True, locked=False)
    block.is_na, block.na_reason = answer.is_na, answer.na_reason
    if question.is_table and isinstance(answer, Answer):
        block.reckoning = Reckoning(answer.assessment.table_units.get(question.code, {}))
    show_value(block, answer.value, answer.raw)
    return block.inputs
