"""Loading, publishing and compiling questionnaires."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.db import transaction
from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.domain import xlsform
from assessments.domain.authored import Authored
from assessments.domain.instrument import LANGUAGES, Instrument, Words
from assessments.domain.instrument import Question as QuestionFacts
from assessments.domain.instrument import Section as SectionFacts
from assessments.domain.translations import translation_problems
from assessments.models import Choice, Column, LegalNote, Question, Questionnaire, QuestionnaireVersion, Section
from assessments.sheets import Sheets, Upload


class SheetsRefused(Exception):
    """The sheets have problems; nothing was stored."""

    def __init__(self, problems: Sequence[xlsform.SheetProblem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


class VersionIsPublished(Exception):
    """A published version never changes: give the sheets a new version number."""


class Untranslated(Exception):
    """Texts are missing in some language; `count` says how many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} texts are missing")
        self.count = count


@dataclass(frozen=True)
class Loaded:
    version: QuestionnaireVersion
    is_new: bool


def content_hash(authored: Authored) -> str:
    return hashlib.sha256(json.dumps(xlsform.write(authored), ensure_ascii=False).encode()).hexdigest()


def check(sheets: Sheets, *, name: str = "") -> xlsform.Reading:
    return xlsform.read(sheets, name=name)


def load_upload(upload: Upload) -> Loaded:
    """As `load`; what the workbook itself had wrong counts among the problems."""
    reading = check(upload.sheets, name=upload.name)
    if problems := upload.problems + reading.problems:
        raise SheetsRefused(problems)
    reading.remarks = upload.remarks + reading.remarks
    return _load(reading)


def load(sheets: Sheets) -> Loaded:
    """Stores a draft version, in place of an earlier draft of that number. The same content twice changes nothing."""
    reading = check(sheets)
    if reading.problems:
        raise SheetsRefused(reading.problems)
    return _load(reading)


@transaction.atomic
def _load(reading: xlsform.Reading) -> Loaded:
    assert reading.instrument is not None
    instrument = reading.instrument
    digest = content_hash(Authored(instrument, reading.sources, reading.lists))
    questionnaire, _ = Questionnaire.objects.get_or_create(code=instrument.code)
    earlier = questionnaire.versions.select_for_update().filter(number=instrument.version).first()
    if earlier and earlier.content_hash == digest:
        return Loaded(earlier, is_new=False)
    if earlier and earlier.published_at:
        raise VersionIsPublished
    if earlier:
        earlier.delete()
    for field, text in _translated("title", instrument.title).items():
        setattr(questionnaire, field, text)
    questionnaire.save()
    version = questionnaire.versions.create(
        number=instrument.version,
        pillar_weights=dict(instrument.pillar_weights),
        bands=dict(instrument.bands),
        critical_cap=instrument.critical_cap,
        content_hash=digest,
        remarks=[list(astuple(remark)) for remark in reading.remarks],
    )
    _store(version, instrument, reading)
    return Loaded(version, is_new=True)


@transaction.atomic
def publish(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Publishing again changes nothing. Raises Untranslated: factories shall find every word in their language."""
    locked = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    if locked.published_at is not None:
        return locked
    problems = translation_problems(instrument_of(locked.pk))
    if missing := sum(problem.code == "missing" for problem in problems):
        raise Untranslated(missing)
    locked.published_at = timezone.now()
    locked.save(update_fields=["published_at"])
    return locked


def discard(version: QuestionnaireVersion) -> None:
    """Raises VersionIsPublished."""
    if version.is_published:
        raise VersionIsPublished
    version.delete()


def _translated(field: str, words: Words) -> dict[str, str]:
    return {f"{field}_{language}": words.get(language, "") for language in LANGUAGES}


def _store(version: QuestionnaireVersion, instrument: Instrument, reading: xlsform.Reading) -> None:
    sections = Section.objects.bulk_create(
        _section(version, section, position, reading) for position, section in enumerate(instrument.sections)
    )
    section_of = {section.code: section for section in sections}
    facts = list(instrument.questions.values())
    questions = Question.objects.bulk_create(
        _question(section_of[instrument.section_of[fact.code].code], fact, position, reading)
        for position, fact in enumerate(facts)
    )
    pairs = list(zip(questions, facts, strict=True))
    Choice.objects.bulk_create(
        Choice(
            question=row, key=choice.key, position=n, score=choice.score, filter_columns=dict(choice.columns),
            **_translated("label", choice.label),
        )
        for row, fact in pairs
        for n, choice in enumerate(fact.choices)
    )  # fmt: skip
    Column.objects.bulk_create(
        Column(
            question=row, key=column.key, position=n, kind=column.kind.value, unit=column.unit, factor=column.factor,
            **_translated("label", column.label),
        )
        for row, fact in pairs
        for n, column in enumerate(fact.columns)
    )  # fmt: skip
    LegalNote.objects.bulk_create(
        LegalNote(
            question=row, country=note.country, year=note.year, source=note.source,
            **_translated("note", note.note), **_translated("law", note.law), **_translated("article", note.article),
        )
        for row, fact in pairs
        for note in fact.legal_notes
    )  # fmt: skip


def _section(version: QuestionnaireVersion, facts: SectionFacts, position: int, reading: xlsform.Reading) -> Section:
    return Section(
        version=version,
        code=facts.code,
        position=position,
        pillar=facts.pillar or "",
        weight=facts.weight,
        relevant=facts.relevant,
        relevant_source=reading.sources.get(facts.code, {}).get("relevant", ""),
        **_translated("title", facts.title),
        **_translated("description", facts.description),
    )


def _question(section: Section, facts: QuestionFacts, position: int, reading: xlsform.Reading) -> Question:
    sources = reading.sources.get(facts.code, {})
    return Question(
        version_id=section.version_id,
        section=section,
        code=facts.code,
        position=position,
        kind=facts.kind.value,
        list_name=reading.lists.get(facts.code, ""),
        required=facts.required,
        rows=facts.rows,
        default=facts.default,
        appearance=facts.appearance,
        unit=facts.unit,
        points=facts.points,
        weight=facts.weight,
        commitment=facts.commitment,
        sectors=sorted(facts.sectors),
        allow_na=facts.allow_na,
        evidence=facts.evidence.value,
        mapping=facts.mapping,
        **{column: getattr(facts, column) for column in xlsform.EXPRESSIONS},
        **{f"{column}_source": sources.get(column, "") for column in xlsform.EXPRESSIONS},
        **_translated("label", facts.label),
        **_translated("hint", facts.hint),
        **_translated("constraint_message", facts.constraint_message),
        **_translated("evidence_note", facts.evidence_note),
    )
