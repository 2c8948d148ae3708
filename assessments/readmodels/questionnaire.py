"""A version with everything that its authors want to check, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from assessments.compiled import instrument_of
from assessments.domain.instrument import Question
from assessments.labels import CommitmentName, EvidenceNeedName, KindName, unit_name
from assessments.models import Question as QuestionRow
from assessments.models import QuestionnaireVersion
from assessments.readmodels.why import law_named
from assessments.words import reading_language
from suppliers.labels import Country, Sector


@dataclass
class PreviewLine:
    question: Question
    language: str
    sources: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def label(self) -> str:
        return self.question.label.in_(self.language)

    @property
    def hint(self) -> str:
        return self.question.hint.in_(self.language)

    @property
    def evidence_note(self) -> str:
        return self.question.evidence_note.in_(self.language)

    @property
    def constraint_message(self) -> str:
        return self.question.constraint_message.in_(self.language)

    @property
    def kind(self) -> str:
        return str(KindName(self.question.kind).label)

    @property
    def unit(self) -> str:
        return unit_name(self.question.unit)

    @property
    def evidence(self) -> str:
        return str(EvidenceNeedName(self.question.evidence).label)

    @property
    def commitment(self) -> str:
        return str(CommitmentName(self.question.commitment).label) if self.question.commitment else ""

    @property
    def sectors(self) -> str:
        return " · ".join(str(Sector(sector).label) for sector in sorted(self.question.sectors))

    @property
    def choices(self) -> list[tuple[str, str, float | None]]:
        """Key, label, and the percentage of the points that it earns."""
        return [
            (c.key, c.label.in_(self.language), None if c.score is None else 100 * c.score)
            for c in self.question.choices
        ]

    @property
    def columns(self) -> list[tuple[str, str]]:
        return [(c.label.in_(self.language), unit_name(c.unit)) for c in self.question.columns]

    @property
    def legal_notes(self) -> list[tuple[str, str, str]]:
        """Country, note, and where it is written."""
        notes = self.question.legal_notes
        return [(str(Country(n.country).label), n.note.in_(self.language), law_named(n, self.language)) for n in notes]


@dataclass
class PreviewSection:
    code: str
    title: str
    description: str
    weight: float
    relevant: str
    lines: list[PreviewLine]


def preview(version: QuestionnaireVersion, sector: str) -> list[PreviewSection]:
    """As a factory of this sector may see it, skip logic aside; sections that it never sees are left out."""
    instrument, language = instrument_of(version.pk), reading_language()
    shown = {question.code for question in instrument.for_sector(sector)}
    sources = _sources(version.questions.all())
    section_sources = dict(version.sections.values_list("code", "relevant_source"))
    sections = [
        PreviewSection(
            code=section.code,
            title=section.title.in_(language),
            description=section.description.in_(language),
            weight=section.weight,
            relevant=section_sources.get(section.code, ""),
            lines=[PreviewLine(q, language, sources.get(q.code, {})) for q in section.questions if q.code in shown],
        )
        for section in instrument.sections
    ]
    return [section for section in sections if section.lines]


def _sources(rows: QuerySet[QuestionRow]) -> dict[str, dict[str, str]]:
    fields = ("relevant", "constraint", "score", "critical")
    found: Iterable[dict[str, Any]] = rows.values("code", *(f"{field}_source" for field in fields))
    return {row["code"]: {field: row[f"{field}_source"] for field in fields} for row in found}


def versions() -> QuerySet[QuestionnaireVersion]:
    counted = QuestionnaireVersion.objects.annotate(question_count=Count("questions", distinct=True))
    return counted.select_related("questionnaire").order_by("questionnaire", "-created_at")
