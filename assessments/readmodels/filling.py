"""What a section page shows: each question with its answer, files, remarks, and what stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.domain.answers import logic_value
from assessments.domain.completeness import Progress, Sheet
from assessments.domain.effort import minutes_left
from assessments.domain.ghg import kg_by_column
from assessments.domain.instrument import Kind, Question, Section
from assessments.models import Assessment, Remark
from assessments.readmodels.checks import check_lines, notes_of
from assessments.readmodels.figures import figures_data
from assessments.readmodels.offers import last_year_of
from assessments.readmodels.question_block import (
    PLAIN,
    QuestionBlock,
    add_offer,
    block_of,
    constraint_text,
    inputs_of,
    lay_over,
)
from assessments.readmodels.saved import Saved
from assessments.readmodels.section_map import (
    ImportanceCount,
    MapGroup,
    SectionLink,
    importance_counts,
    map_groups,
    section_links,
)
from assessments.readmodels.table_block import Reckoning
from assessments.readmodels.team import assignments_of
from assessments.sheet import reopened_codes, sheet_of
from assessments.words import reading_language
from suppliers.models import User


@dataclass
class SectionPage:
    assessment: Assessment
    section: Section
    title: str
    description: str
    blocks: list[QuestionBlock]
    links: list[SectionLink]
    progress: Progress
    editable: bool
    reopened: frozenset[str] | None
    sheet: Sheet
    counts: list[ImportanceCount]
    minutes_left: int

    @property
    def groups(self) -> list[MapGroup]:
        return map_groups(self.links)

    @property
    def link(self) -> SectionLink | None:
        return self.links[self.position - 1] if self.position else None

    @property
    def last_asked(self) -> str:
        """From here on the next open question is looked for in the other sections."""
        return next((block.code for block in reversed(self.blocks) if block.asked), "")

    @property
    def position(self) -> int:
        """Counted from 1; 0 where nothing of this section is asked."""
        codes = [link.section.code for link in self.links]
        return codes.index(self.section.code) + 1 if self.section.code in codes else 0

    @property
    def previous(self) -> SectionLink | None:
        return self.links[self.position - 2] if self.position > 1 else None

    @property
    def following(self) -> SectionLink | None:
        return self.links[self.position] if 0 < self.position < len(self.links) else None

    @property
    def has_conflict(self) -> bool:
        return any(block.conflict for block in self.blocks)


def section_page(
    assessment: Assessment,
    section: Section,
    *,
    may_edit: bool,
    reader: User | None = None,
    saved: Mapping[str, Saved] | None = None,
) -> SectionPage:
    """`saved`: what became of a form just sent, so that a conflict or a problem is shown where it arose."""
    language = reading_language()
    answers = {answer.question_code: answer for answer in assessment.answers.select_related("updated_by")}
    evidence = _by_code(assessment.evidence.current())
    files = [code for code, items in evidence.items() for _ in items]
    sheet = sheet_of(assessment, answers=answers.values(), files=files)
    reopened, editable = reopened_codes(assessment), may_edit and assessment.is_editable
    remarks = _by_code(sent_remarks(assessment))
    last = last_year_of(assessment)
    checks = check_lines(assessment, sheet, last, notes_of(assessment), language)
    blocks, country = [], assessment.factory.country
    for question in (question for question in section.questions if question.kind is not Kind.CALCULATED):
        if question.sectors and sheet.sector not in question.sectors:
            continue  # never asked of this factory, whatever it answers
        locked = not editable or (reopened is not None and question.code not in reopened)
        answer, reckoning = answers.get(question.code), _reckoning(assessment, question)
        block = block_of(country, sheet, question, answer, language, locked=locked, reckoning=reckoning)
        block.evidence = evidence.get(question.code, [])
        block.remarks = remarks.get(question.code, [])
        block.checks = checks.get(question.code, [])
        add_offer(block, last, answers.get(question.code))
        if saved and question.code in saved:
            lay_over(block, saved[question.code])
        blocks.append(block)
    return SectionPage(
        assessment=assessment,
        section=section,
        title=section.title.in_(language),
        description=section.description.in_(language),
        blocks=blocks,
        links=section_links(sheet, assignments_of(assessment), reader, answers.values()),
        progress=sheet.progress(section),
        editable=editable,
        reopened=reopened,
        sheet=sheet,
        counts=importance_counts(sheet, section),
        minutes_left=minutes_left(sheet, [block.question for block in blocks if not block.locked]),
    )


def _reckoning(assessment: Assessment, question: Question) -> Reckoning:
    if not question.is_table:
        return PLAIN
    country, year = assessment.factory.country, assessment.campaign.reporting_year
    units = assessment.table_units.get(question.code, {})
    return Reckoning(units, kg_by_column(question.columns, country, year))


def sent_remarks(assessment: Assessment) -> Iterable[Remark]:
    remarks = Remark.objects.sent().filter(review__assessment=assessment)
    return remarks.select_related("review__brand").prefetch_related("messages__author")


def _by_code(items: Iterable[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for item in items:
        grouped.setdefault(item.question_code, []).append(item)
    return grouped


def browser_data(page: SectionPage) -> dict[str, Any]:
    """What the page's script needs: conditions and the values they read, here and in the other sections."""
    return logic_data(page.sheet, page.blocks) | figures_data(page.blocks)


def offers_data(page: SectionPage) -> dict[str, Any]:
    """What “Same as last year” puts into the inputs, by question."""
    offered = {block.code: block.offer for block in page.blocks if block.offer and block.offer.fits}
    questions, language = page.sheet.instrument.questions, reading_language()
    return {code: inputs_of(questions[code], offer, language) for code, offer in offered.items()}


def logic_data(sheet: Sheet, blocks: Sequence[QuestionBlock]) -> dict[str, Any]:
    language = reading_language()
    return conditions_data(sheet, [block.code for block in blocks]) | {
        "filters": {
            block.code: {
                "tree": block.question.choice_filter,
                "choices": {choice.key: choice.columns for choice in block.question.choices},
            }
            for block in blocks
            if block.question.choice_filter is not None
        },
        "constraints": {
            block.code: [block.question.constraint, constraint_text(block.question, language)]
            for block in blocks
            if block.question.constraint is not None
        },
    }


def conditions_data(sheet: Sheet, codes: Iterable[str]) -> dict[str, Any]:
    """No more than these questions need, wherever it stands: pages are for slow lines."""
    instrument = sheet.instrument
    needed = instrument.read_for(codes)
    questions = {question.code: question for question in instrument.order if question.code in needed}
    values = {code: logic_value(q, sheet.answer(code).value) for code, q in questions.items()}
    trees = {code: (instrument.section_of[code].relevant, q.relevant) for code, q in questions.items()}
    return {
        "today": sheet.today.isoformat(),
        "order": list(questions),
        "values": {code: value for code, value in values.items() if value != ""},
        "relevant": {code: [tree for tree in pair if tree is not None] for code, pair in trees.items() if any(pair)},
        "others": sorted(code for code, q in questions.items() if q.sectors and sheet.sector not in q.sectors),
        "calculations": {code: q.calculation for code, q in questions.items() if q.calculation is not None},
    }
