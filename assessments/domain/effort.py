"""How long the open questions will take, roughly: what it takes to find the figure and to write it down."""

from collections.abc import Iterable

from assessments.domain.completeness import Sheet
from assessments.domain.instrument import EvidenceNeed, Kind, Question

MINUTES = {
    Kind.YES_NO: 0.5,
    Kind.SINGLE: 0.7,
    Kind.MULTIPLE: 1,
    Kind.INTEGER: 1.5,
    Kind.DECIMAL: 1.5,
    Kind.PERCENT: 1.5,
    Kind.DATE: 1,
    Kind.TEXT: 2,
    Kind.FILE: 2,
}
MINUTES_PER_COLUMN = 4
MINUTES_PER_DOCUMENT = 1.5
ROUGHLY = 5
ROUGHLY_BEYOND_AN_HOUR = 30


def minutes_for(question: Question) -> float:
    minutes = MINUTES.get(question.kind, 0)
    if question.is_table:
        # A row typed from a bill; most factories fill one or two of the columns offered.
        minutes = MINUTES_PER_COLUMN * min(len(question.columns), 2) * question.rows / 12
    return minutes + (MINUTES_PER_DOCUMENT if question.evidence is EvidenceNeed.REQUIRED else 0)


def minutes_left(sheet: Sheet, questions: Iterable[Question] | None = None) -> int:
    """Rounded up to what one would say: 5, 10, … 60, 90 minutes; 0 where nothing is open."""
    asked = sheet.asked.values() if questions is None else [q for q in questions if q.code in sheet.asked]
    left = sum(minutes_for(question) for question in asked if sheet.is_open(question))
    if not left:
        return 0
    step = ROUGHLY if left <= 60 else ROUGHLY_BEYOND_AN_HOUR
    return int(-(-left // step) * step)
