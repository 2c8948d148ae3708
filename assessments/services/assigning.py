"""Handing sections out to colleagues, and saying that an unusual answer is right."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from assessments.domain.soft_checks import SoftCheck
from assessments.models import AnswerNote, Assessment, SectionAssignment
from suppliers.models import Membership, User

Handed = dict[Membership, list[str]]


@transaction.atomic
def assign_sections(*, assessment: Assessment, wanted: Mapping[str, Membership | None], by: User) -> Handed:
    """The section codes that are new to each person. Sections that `wanted` does not name stay as they are."""
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    held = {assignment.section_code: assignment for assignment in assessment.assignments.all()}
    handed: Handed = {}
    for code, member in wanted.items():
        current = held.get(code)
        if member is None:
            if current:
                current.delete()
        elif current is None or current.membership_id != member.pk:
            _hand(assessment, code, member, current, by)
            handed.setdefault(member, []).append(code)
    return handed


def _hand(assessment: Assessment, code: str, member: Membership, current: SectionAssignment | None, by: User) -> None:
    assignment = current or SectionAssignment(assessment=assessment, section_code=code)
    assignment.membership, assignment.assigned_by, assignment.assigned_at = member, by, timezone.now()
    assignment.save()


@transaction.atomic
def confirm(*, assessment: Assessment, checks: Iterable[SoftCheck], by: User) -> None:
    """Kept with the figures as they are now: when these change, it is asked again."""
    for check in checks:
        AnswerNote.objects.update_or_create(
            assessment=assessment,
            question_code=check.question,
            check_code=check.code,
            column=check.column,
            defaults={"values": dict(check.values), "noted_by": by, "noted_at": timezone.now()},
        )
