"""What looks unusual in the answers, in words, and what of it somebody has said is right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.compiled import instrument_of
from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import NUMBER_KINDS, TABLE_KINDS, Question
from assessments.domain.soft_checks import (
    PEOPLE_UNIT,
    Known,
    SoftCheck,
    checks_of,
    is_headcount,
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


def checks_at(assessment: Assessment, question: Question, value: Any, language: str) -> list[CheckLine]:
    """Of one question that was just answered, without reading the whole questionnaire again."""
    if value is None or question.kind not in NUMBER_KINDS | TABLE_KINDS:
        return []
    last = last_year_of(assessment, only=question.code)
    known = Known(
        before=last.value(question) if last else None,
        profile_workers=assessment.factory.headcount,
        counted_workers=_counted(assessment) if question.unit == PEOPLE_UNIT else 0,
    )
    found = checks_of(question, value, known)
    notes = notes_of(assessment) if found else {}
    return [_line(check, question, notes, language) for check in found]


def _counted(assessment: Assessment) -> int:
    instrument = instrument_of(assessment.campaign.version_id)
    tables = [question.code for question in instrument.questions.values() if is_headcount(question)]
    values = assessment.answers.filter(question_code__in=tables).values_list("question_code", "value")
    answers = {code: Stored(value) for code, value in values}
    return workers_counted(Sheet(instrument, assessment.factory.sector, answers))


def confirmed(lines: Iterable[CheckLine]) -> list[dict[str, Any]]:
    """As a submission keeps it: what looked unusual, and that the factory says it is right."""
    return [
        {"check": line.check.code, "column": line.check.column, "values": dict(line.check.values)}
        for line in lines
        if line.note
    ]
