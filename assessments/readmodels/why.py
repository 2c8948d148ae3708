"""Why a question is asked: what it serves, what it earns, what the country's law says, which standards ask it too."""

from dataclasses import dataclass
from math import ceil

from assessments.domain.instrument import Question, Section
from assessments.labels import PURPOSES
from suppliers import localization


@dataclass(frozen=True)
class Why:
    purpose: str
    points: float
    evidence_note: str
    law: str
    law_named: str
    mapping: str

    @property
    def plural_points(self) -> int:
        """Grammar counts in whole numbers."""
        return ceil(self.points)


def _year(year: str, language: str) -> str:
    return localization.year(int(year), language) if year.isdecimal() else year


def why_of(question: Question, section: Section, country: str, language: str) -> Why:
    note = question.legal_note_for(country)
    named = (note.law, note.article, _year(note.year, language)) if note else ()
    return Why(
        purpose=str(PURPOSES[question.commitment or section.pillar or ""]),
        points=question.worth,
        evidence_note=question.evidence_note.in_(language),
        law=note.note.in_(language) if note else "",
        law_named=" · ".join(part for part in named if part),
        mapping=question.mapping,
    )
