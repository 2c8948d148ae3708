"""Why a question is asked: what it serves, what it earns, what the country's law says, which standards ask it too."""

from dataclasses import dataclass
from math import ceil

from assessments.domain.instrument import Question, Section
from assessments.labels import PURPOSES


@dataclass(frozen=True)
class Why:
    purpose: str
    points: float
    evidence_note: str
    law: str
    law_named: str
    law_source: str
    mapping: str

    @property
    def plural_points(self) -> int:
        """Grammar counts in whole numbers."""
        return ceil(self.points)


def why_of(question: Question, section: Section, country: str, language: str) -> Why:
    note = question.legal_note_for(country)
    named = (note.law, note.article, note.year) if note else ()
    return Why(
        purpose=str(PURPOSES[question.commitment or section.pillar or ""]),
        points=question.worth,
        evidence_note=question.evidence_note.in_(language),
        law=note.note.in_(language) if note else "",
        law_named=" · ".join(part for part in named if part),
        law_source=note.source if note else "",
        mapping=question.mapping,
    )
