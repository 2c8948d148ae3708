"""Who looks after which section, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from assessments.compiled import instrument_of
from assessments.domain.instrument import Question
from assessments.models import Answer, Assessment, SectionAssignment
from assessments.readmodels.anchors import anchor_of
from assessments.readmodels.answer_words import answer_text
from assessments.words import reading_language
from suppliers.models import Membership

CHANGES_A_PAGE = 30
Assignments = dict[str, SectionAssignment]


def assignments_of(assessment: Assessment) -> Assignments:
    current = assessment.assignments.current().select_related("membership__user")
    return {assignment.section_code: assignment for assignment in current}


def members_of(assessment: Assessment) -> Iterable[Membership]:
    """Everybody who works on the factory's answers, by name."""
    held = assessment.factory.memberships.active().filter(user__is_active=True).select_related("user")
    return held.order_by("user__name", "user__email", "pk")


@dataclass
class ChangeLine:
    question: Question
    section: str
    anchor: str
    label: str
    who: str
    at: Any
    text: str
    is_first: bool


def activity(assessment: Assessment, *, number: Any = 1, section: str = "") -> tuple[Page[Any], list[ChangeLine]]:
    """The newest change first, from the history that the database keeps. `section` "": of all sections."""
    instrument, language = instrument_of(assessment.campaign.version_id), reading_language()
    part = instrument.section(section)
    codes = [question.code for question in part.questions] if part else list(instrument.questions)
    events = Answer.pgh_event_model.objects.filter(assessment=assessment, question_code__in=codes)  # type: ignore[attr-defined]
    page = Paginator(events.select_related("updated_by").order_by("-updated_at", "-pgh_id"), CHANGES_A_PAGE)
    shown = page.get_page(number)
    lines = []
    for event in shown:
        question = instrument.questions[event.question_code]
        lines.append(
            ChangeLine(
                question=question,
                section=instrument.section_of[question.code].code,
                anchor=anchor_of(question.code),
                label=question.label.in_(language),
                who=str(event.updated_by or ""),
                at=event.updated_at,
                text=answer_text(question, event, language),
                is_first=event.version == 1,
            )
        )
    return shown, lines


def title_of(assessment: Assessment, section: str) -> str:
    """Empty where there is no such section."""
    part = instrument_of(assessment.campaign.version_id).section(section)
    return part.title.in_(reading_language()) if part else ""
