"""Why a question is asked: what it serves, what it earns, what the country's law says, which standards ask it too."""

from dataclasses import dataclass
from math import ceil

from assessments.domain.instrument import LegalNote, Question, Section
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


def law_named(note: LegalNote, language: str) -> str:
    """The law, the article and the year, which most laws have in their name."""
    law = note.law.in_(language)
    year = localization.year(int(note.year), language) if note.year.isdecimal() else note.year
    named = note.year in law or year in law
    return " · ".join(part for part in (law, note.article.in_(language), "" if named else year) if part)


def why_of(question: Question, section: Section, country: str, language: str) -> Why:
    note = question.legal_note_for(country)
    return Why(
        purpose=str(PURPOSES[question.commitment or section.pillar or ""]),
        points=question.worth,
        evidence_note=question.evidence_note.in_(language),
        law=note.note.in_(language) if note else "",
        law_named=law_named(note, language) if note else "",
        mapping=question.mapping,
    )
