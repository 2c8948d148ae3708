"""Where a factory stands, what is next, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from assessments.domain.answers import logic_value
from assessments.domain.completeness import Gap, Progress
from assessments.domain.instrument import NUMBER_KINDS, Kind
from assessments.domain.states import AssessmentState
from assessments.labels import GAP_REASONS
from assessments.models import Assessment, Remark, Submission
from assessments.readmodels.filling import SectionLink, section_links
from assessments.readmodels.question_block import answer_text, inputs_of, mine_text, texts_of
from assessments.readmodels.saved import Saved
from assessments.readmodels.table_block import Reckoning, heads_of
from assessments.sheet import reopened_codes, sheet_of
from assessments.words import reading_language, value_text
from suppliers import localization
from suppliers.models import Factory


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

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


@dataclass
class FactoryHome:
    factory: Factory
    current: CurrentWork | None
    earlier: list[Assessment]
    submissions: list[Submission]


def factory_home(factory: Factory) -> FactoryHome:
    assessments = list(
        factory.assessments.select_related("campaign", "factory").order_by("-campaign__reporting_year", "-pk")
    )
    submissions = Submission.objects.filter(assessment__factory=factory).with_places().latest_first()
    current = _current(assessments[0]) if assessments else None
    return FactoryHome(factory, current, assessments[1:], list(submissions[:10]))


def _current(assessment: Assessment) -> CurrentWork:
    sheet = sheet_of(assessment)
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
    )


@dataclass
class AssessmentPage:
    links: list[SectionLink]
    progress: Progress
    next_section: str
    gap_count: int
    reopened: frozenset[str]
    submissions: list[Submission]


def assessment_page(assessment: Assessment) -> AssessmentPage:
    sheet = sheet_of(assessment)
    language = reading_language()
    question = sheet.next_open()
    links = section_links(sheet, language)
    return AssessmentPage(
        links=links,
        progress=sheet.progress(),
        next_section=sheet.instrument.section_of[question.code].code if question else "",
        gap_count=len(sheet.gaps()),
        reopened=(reopened_codes(assessment) or frozenset()) if assessment.submission_count else frozenset(),
        submissions=list(assessment.submissions.with_places().order_by("-number")),
    )


def anchor_of(code: str) -> str:
    return "q-" + code.replace(".", "-")


@dataclass
class GapLine:
    code: str
    label: str
    section: str
    section_title: str
    anchor: str
    reason: str


@dataclass
class MissingPage:
    gaps: list[GapLine]
    progress: Progress
    open_optional: int
    remarks: int

    @property
    def is_ready(self) -> bool:
        return not self.gaps


def missing_page(assessment: Assessment) -> MissingPage:
    sheet = sheet_of(assessment)
    language = reading_language()
    lines = [gap_line(gap, language) for gap in sheet.gaps()]
    optional = sum(not sheet.is_answered(q) and not q.required for q in sheet.asked.values())
    asked = Remark.objects.open_clarifications().filter(review__assessment=assessment).count()
    return MissingPage(lines, sheet.progress(), optional, asked)


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


def saved_json(saved: Saved) -> dict[str, Any]:
    """What the page's script is told about one answer."""
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
    # What conditions elsewhere on the page see from now on.
    told["value"] = logic_value(question, answer.value)
    return told
