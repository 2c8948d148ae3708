"""A stored version as the Instrument that the rules read. A published one never changes, so each process keeps it."""

from functools import lru_cache
from typing import Any

from assessments import models
from assessments.domain.authored import Authored
from assessments.domain.instrument import (
    LANGUAGES,
    Choice,
    Column,
    EvidenceNeed,
    Instrument,
    Kind,
    LegalNote,
    Pillar,
    Question,
    Section,
    Words,
)
from assessments.domain.xlsform import EXPRESSIONS

# A portal runs a handful of versions at a time: this year's, last year's, and a draft or two.
KEPT_VERSIONS = 16


def instrument_of(version_id: int) -> Instrument:
    """Costs no query for a published version that this process has seen before."""
    kept = _kept(version_id)
    if kept is not None:
        return kept
    _kept.cache_clear()
    return compile_version(version_id)


@lru_cache(maxsize=KEPT_VERSIONS)
def _kept(version_id: int) -> Instrument | None:
    published = models.QuestionnaireVersion.objects.published().filter(pk=version_id).exists()
    return compile_version(version_id) if published else None


def compile_version(version_id: int) -> Instrument:
    version = models.QuestionnaireVersion.objects.select_related("questionnaire").get(pk=version_id)
    rows = version.questions.prefetch_related("choices", "columns", "legal_notes")
    by_section: dict[int, list[Question]] = {}
    for row in rows:
        by_section.setdefault(row.section_id, []).append(_question(row))
    return Instrument(
        code=version.questionnaire.code,
        version=version.number,
        title=_words(version.questionnaire, "title"),
        sections=tuple(_section(row, by_section.get(row.pk, [])) for row in version.sections.all()),
        pillar_weights={p.value: version.pillar_weights[p] for p in Pillar if p in version.pillar_weights},
        bands=dict(sorted(version.bands.items(), key=lambda band: band[1])),
        critical_cap=version.critical_cap,
    )


def authored_version(version_id: int) -> Authored:
    """The instrument with its expressions as written; two queries beside the instrument's own."""
    version = models.QuestionnaireVersion.objects.get(pk=version_id)
    sources = {row.code: {"relevant": row.relevant_source} for row in version.sections.all()}
    lists = {}
    for row in version.questions.all():
        sources[row.code] = {column: getattr(row, f"{column}_source") for column in EXPRESSIONS}
        lists[row.code] = row.list_name
    written = {code: {c: text for c, text in columns.items() if text} for code, columns in sources.items()}
    return Authored(
        instrument_of(version_id),
        {code: columns for code, columns in written.items() if columns},
        {code: name for code, name in lists.items() if name},
    )


def _words(row: Any, field: str) -> Words:
    return Words.of({language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES})


def _section(row: models.Section, questions: list[Question]) -> Section:
    return Section(
        code=row.code,
        pillar=Pillar(row.pillar) if row.pillar else None,
        title=_words(row, "title"),
        description=_words(row, "description"),
        questions=tuple(questions),
        weight=row.weight,
        relevant=row.relevant,
    )


def _question(row: models.Question) -> Question:
    return Question(
        code=row.code,
        kind=Kind(row.kind),
        label=_words(row, "label"),
        hint=_words(row, "hint"),
        required=row.required,
        relevant=row.relevant,
        constraint=row.constraint,
        constraint_message=_words(row, "constraint_message"),
        choices=tuple(Choice(c.key, _words(c, "label"), c.score, c.filter_columns) for c in row.choices.all()),
        choice_filter=row.choice_filter,
        columns=tuple(Column(c.key, _words(c, "label"), c.unit, c.factor, Kind(c.kind)) for c in row.columns.all()),
        rows=row.rows,
        calculation=row.calculation,
        default=row.default,
        appearance=row.appearance,
        unit=row.unit,
        points=row.points,
        weight=row.weight,
        score=row.score,
        critical=row.critical,
        commitment=row.commitment,
        sectors=frozenset(row.sectors),
        allow_na=row.allow_na,
        evidence=EvidenceNeed(row.evidence),
        evidence_note=_words(row, "evidence_note"),
        legal_notes=tuple(
            LegalNote(n.country, _words(n, "note"), _words(n, "law"), _words(n, "article"), n.year, n.source)
            for n in row.legal_notes.all()
        ),
        mapping=row.mapping,
    )
