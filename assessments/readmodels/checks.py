"""What looks unusual in the answers, in words, and what of it somebody has said is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.compiled import instrument_of
from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, PEOPLE_UNIT, TABLE_KINDS, Question
from assessments.domain.soft_checks import (
    Known,
    SoftCheck,
    checks_of,
    is_headcount,
    looks_back,
    soft_checks,
    workers_counted,
)
from assessments.models import AnswerNote, Assessment
from assessments.readmodels.offers import LastYear, last_year_of
from assessments.words import soft_check_text

Notes = dict[tuple[str, str, str], AnswerNote]


@dataclass
class CheckLine:
    """`note`: who said that it is right, and when; None while it is still asked."""

    check: SoftCheck
    text: str
    note: AnswerNote | None = None

    @property
    def is_open(self) -> bool:
        return self.note is None


def notes_of(assessment: Assessment) -> Notes:
    notes = assessment.notes.select_related("noted_by")
    return {(note.question_code, note.check_code, note.column): note for note in notes}


def check_lines(
    assessment: Assessment, sheet: Sheet, last: LastYear | None, notes: Notes, language: str
) -> dict[str, list[CheckLine]]:
    """By the code of the question."""
    lines: dict[str, list[CheckLine]] = {}
    for check in soft_checks(sheet, last.values if last else {}, assessment.factory.headcount):
        line = _line(check, sheet.instrument.questions[check.question], notes, language)
        lines.setdefault(check.question, []).append(line)
    return lines


def _line(check: SoftCheck, question: Question, notes: Notes, language: str) -> CheckLine:
    note = notes.get((check.question, check.code, check.column))
    # A note is about the figures that were there then.
    holds = note is not None and note.values == dict(check.values)
    return CheckLine(check, soft_check_text(check, question, language), note if holds else None)


class Checks:
    """Of single questions that were just answered, without reading the whole questionnaire again.

    What many of them need is read once, and only when one needs it. `only`: of last year, this question alone.
    """

    def __init__(self, assessment: Assessment, only: str = "") -> None:
        self.assessment, self.only = assessment, only

    def at(self, question: Question, value: Any, language: str) -> list[CheckLine]:
        if value is None or question.kind not in NUMBER_KINDS | TABLE_KINDS:
            return []
        known = Known(
            before=self._last.value(question) if looks_back(question) and self._last else None,
            profile_workers=self.assessment.factory.headcount,
            counted_workers=self._counted if question.unit == PEOPLE_UNIT else 0,
        )
        return [_line(check, question, self._notes, language) for check in checks_of(question, value, known)]

    @cached_property
    def _last(self) -> LastYear | None:
        return last_year_of(self.assessment, only=self.only)

    @cached_property
    def _notes(self) -> Notes:
        return notes_of(self.assessment)

    @cached_property
    def _counted(self) -> int:
        instrument = instrument_of(self.assessment.campaign.version_id)
        tables = [question.code for question in instrument.questions.values() if is_headcount(question)]
        values = self.assessment.answers.filter(question_code__in=tables).values_list("question_code", "value")
        answers = {code: Stored(value) for code, value in values}
        return workers_counted(Sheet(instrument, self.assessment.factory.sector, answers))


def confirmed(lines: Iterable[CheckLine]) -> list[dict[str, Any]]:
    """As a submission keeps it: what looked unusual, and that the factory says it is right."""
    return [
        {"check": line.check.code, "column": line.check.column, "values": dict(line.check.values)}
        for line in lines
        if line.note
    ]
