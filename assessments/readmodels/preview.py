"""A section of a version as a factory will see it: without answers, in a chosen language, country and sector."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Kind, Section
from assessments.models import QuestionnaireVersion
from assessments.readmodels.filling import logic_data
from assessments.readmodels.question_block import QuestionBlock, block_of
from assessments.words import reading_language


@dataclass
class PreviewPage:
    sections: list[tuple[str, str]]
    section: Section
    title: str
    description: str
    blocks: list[QuestionBlock]
    data: dict[str, Any]

    @property
    def following(self) -> str:
        codes = [code for code, _ in self.sections]
        rest = codes[codes.index(self.section.code) + 1 :]
        return rest[0] if rest else ""


def preview_page(version: QuestionnaireVersion, *, section: str, sector: str, country: str) -> PreviewPage:
    """An unknown or empty `section` gives the first that this sector sees."""
    language, instrument = reading_language(), instrument_of(version.pk)
    sheet = Sheet(instrument, sector, {}, {}, timezone.localdate())
    seen = [part for part in instrument.sections if any(_is_for(q.sectors, sector) for q in part.questions)]
    chosen = next((part for part in seen if part.code == section), seen[0] if seen else instrument.sections[0])
    blocks = [
        block_of(country, sheet, question, None, language)
        for question in chosen.questions
        if question.kind is not Kind.CALCULATED and _is_for(question.sectors, sector)
    ]
    return PreviewPage(
        sections=[(part.code, part.title.in_(language)) for part in seen],
        section=chosen,
        title=chosen.title.in_(language),
        description=chosen.description.in_(language),
        blocks=blocks,
        data=logic_data(sheet, blocks),
    )


def _is_for(sectors: frozenset[str], sector: str) -> bool:
    return not sectors or sector in sectors
