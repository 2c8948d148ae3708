"""Where a factory stands, what is next, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from assessments.domain.answers import logic_value
from assessments.domain.completeness import Gap, Progress, Sheet
from assessments.domain.effort import minutes_left
from assessments.domain.instrument import NUMBER_KINDS, Kind
from assessments.domain.states import AssessmentState
from assessments.labels import GAP_REASONS
from assessments.models import Assessment, Remark, Submission
from assessments.readmodels.anchors import anchor_of
from assessments.readmodels.answer_words import answer_text, mine_text
from assessments.readmodels.checks import Checks, check_lines, notes_of
from assessments.readmodels.offers import last_year_of
from assessments.readmodels.question_block import inputs_of, texts_of
from assessments.readmodels.saved import Saved
from assessments.readmodels.section_map import (
    ImportanceCount,
    MapGroup,
    SectionLink,
    importance_counts,
    map_groups,
    section_links,
)
from assessments.readmodels.table_block import Reckoning, heads_of
from assessments.readmodels.team import assignments_of
from assessments.sheet import changeable, reopened_codes, sheet_of
from assessments.words import reading_language, value_text, with_answers
from suppliers import localization
from suppliers.models import Factory, User


@dataclass
class CurrentWork:
    assessment: Assessment
    progress: Progress
    next_section: str
    next_anchor: str
    gap_count: int
    clarifications: int
    is_open: bool
    days_left: int
    minutes_left: int
    mine: list[SectionLink]

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass
class FactoryHome:
    factory: Factory
    current: CurrentWork | None
    earlier: list[Assessment]
    submissions: list[Submission]


def factory_home(factory: Factory, reader: User) -> FactoryHome:
    assessments = list(
        factory.assessments.select_related("campaign", "factory").order_by("-campaign__reporting_year", "-pk")
    )
    submissions = Submission.objects.filter(assessment__factory=factory).with_places().latest_first()
    current = _current(assessments[0], reader) if assessments else None
    return FactoryHome(factory, current, assessments[1:], list(submissions[:10]))


def _current(assessment: Assessment, reader: User) -> CurrentWork:
    sheet = sheet_of(assessment)
    links = section_links(sheet, assignments_of(assessment), reader)
    question = sheet.next_open()
    reopened = reopened_codes(assessment) if assessment.state == AssessmentState.RETURNED else None
    if reopened:
        code = min(reopened, key=list(sheet.instrument.questions).index)
        question = sheet.instrument.questions[code]
    first = sheet.sections()[0].code if sheet.sections() else ""
    return CurrentWork(
        assessment=assessment,
        progress=sheet.progress(),
        next_section=sheet.instrument.section_of[question.code].code if question else first,
        next_anchor=anchor_of(question.code) if question else "",
        gap_count=len(sheet.gaps()),
        clarifications=len(reopened or ()),
        is_open=assessment.campaign.is_open,
        days_left=assessment.campaign.days_left,
        minutes_left=minutes_left(sheet, changeable(assessment, sheet.asked.values(), reopened)),
        mine=[link for link in links if link.is_mine],
    )


@dataclass
class AssessmentPage:
    links: list[SectionLink]
    counts: list[ImportanceCount]
    minutes_left: int
    progress: Progress
    next_section: str
    gap_count: int
    reopened: frozenset[str]
    submissions: list[Submission]

    @property
    def groups(self) -> list[MapGroup]:
        return map_groups(self.links)


def assessment_page(assessment: Assessment, reader: User) -> AssessmentPage:
    answers = list(assessment.answers.select_related("updated_by"))
    sheet = sheet_of(assessment, answers=answers)
    question, reopened = sheet.next_open(), reopened_codes(assessment)
    return AssessmentPage(
        links=section_links(sheet, assignments_of(assessment), reader, answers),
        counts=importance_counts(sheet),
        minutes_left=minutes_left(sheet, changeable(assessment, sheet.asked.values(), reopened)),
        progress=sheet.progress(),
        next_section=sheet.instrument.section_of[question.code].code if question else "",
        gap_count=len(sheet.gaps()),
        reopened=reopened or frozenset(),
        submissions=list(assessment.submissions.with_places().order_by("-number")),
    )


@dataclass
class GapLine:
    code: str
    label: str
    section: str
    section_title: str
    anchor: str
    reason: str


@dataclass
class WarningLine:
    """An answer that looks unusual, while nobody has said that it is right."""

    code: str
    label: str
    section: str
    anchor: str
    texts: list[str]


@dataclass
class MissingPage:
    gaps: list[GapLine]
    progress: Progress
    open_optional: int
    remarks: int
    warnings: list[WarningLine]

    @property
    def is_ready(self) -> bool:
        return not self.gaps


def missing_page(assessment: Assessment) -> MissingPage:
    sheet = sheet_of(assessment)
    language = reading_language()
    lines = [gap_line(gap, language) for gap in sheet.gaps()]
    may_change = changeable(assessment, sheet.asked.values(), reopened_codes(assessment))
    optional = sum(not sheet.is_answered(q) and not q.required for q in may_change)
    asked = Remark.objects.open_clarifications().filter(review__assessment=assessment).count()
    return MissingPage(lines, sheet.progress(), optional, asked, _warnings(assessment, sheet, language))


def _warnings(assessment: Assessment, sheet: Sheet, language: str) -> list[WarningLine]:
    checks = check_lines(assessment, sheet, last_year_of(assessment), notes_of(assessment), language)
    lines = []
    for code, found in checks.items():
        if texts := [line.text for line in found if line.is_open]:
            section = sheet.instrument.section_of[code].code
            label = with_answers(sheet.asked[code].label.in_(language), sheet, language)
            lines.append(WarningLine(code, label, section, anchor_of(code), texts))
    return lines


def gap_line(gap: Gap, language: str) -> GapLine:
    reason = str(GAP_REASONS[gap.reason])
    if gap.reason == "constraint":
        reason = gap.question.constraint_message.in_(language) or reason
    return GapLine(
        code=gap.question.code,
        label=gap.question.label.in_(language),
        section=gap.section.code,
        section_title=gap.section.title.in_(language),
        anchor=anchor_of(gap.question.code),
        reason=reason,
    )


def saved_json(saved: Saved, checks: Checks) -> dict[str, Any]:
    """What the page's script is told about one answer, and what looks unusual in it."""
    language = reading_language()
    answer, question = saved.answer, saved.question
    told: dict[str, Any] = {
        "state": "conflict" if saved.conflict else "saved",
        "version": answer.version,
        "problems": texts_of(saved.problems),
    }
    if saved.conflict:
        told |= {
            "mine": mine_text(saved, language),
            "theirs": answer_text(question, answer, language),
            "inputs": inputs_of(question, answer, language),
            "who": str(answer.updated_by or ""),
            "when": localization.moment(answer.updated_at, language),
        }
    elif question.kind in NUMBER_KINDS or question.kind is Kind.DATE:
        told["understood"] = value_text(question, answer.value, language)
    elif question.is_table:
        heads = heads_of(question, answer.value, Reckoning(saved.given.units), language)
        told |= {"has_value": answer.value is not None, "totals": {head.key: head.total for head in heads}}
    if not saved.conflict:
        told["checks"] = [line.text for line in checks.at(question, answer.value, language) if line.is_open]
    # What conditions elsewhere on the page see from now on.
    told["value"] = logic_value(question, answer.value)
    return told
