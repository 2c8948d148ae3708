"""E-mails about what happened to an assessment, each in its reader's own language.

They leave after the commit; a mail server that does not answer is logged and never undoes what was done.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from assessments.compiled import instrument_of
from assessments.domain.states import ReviewState
from assessments.models import Assessment, Review, Share, Submission
from suppliers.models import Membership, SupplyLink, User
from suppliers.roles import Role

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """The templates of one kind of mail."""

    subject: str
    text: str


SUBMITTED = Letter("assessments/mail/submitted_subject.txt", "assessments/mail/submitted.txt")
ASSIGNED = Letter("assessments/mail/sections_assigned_subject.txt", "assessments/mail/sections_assigned.txt")
DECIDED = {
    ReviewState.ACCEPTED: Letter(
        "assessments/mail/review_accepted_subject.txt", "assessments/mail/review_accepted.txt"
    ),
    ReviewState.CLARIFICATION_REQUESTED: Letter(
        "assessments/mail/review_clarification_requested_subject.txt",
        "assessments/mail/review_clarification_requested.txt",
    ),
}


def submitted(submission: Submission) -> None:
    """To the reviewers of every brand that buys from the factory and that it shares with."""
    factory = submission.assessment.factory
    shared = Share.objects.current().filter(factory=factory).values("brand")
    buying = SupplyLink.objects.current().filter(factory=factory, brand__in=shared).values("brand")
    reviewers = _people(Membership.objects.filter(brand__in=buying))
    path = reverse("assessments:submission", args=[submission.assessment.code, submission.number])
    _send_later(SUBMITTED, reviewers, {"submission": submission}, path)


def decided(review: Review, submission: Submission) -> None:
    """To the factory's managers: accepted, or returned with questions."""
    managers = _people(Membership.objects.filter(factory=submission.assessment.factory, role=Role.FACTORY_MANAGER))
    path = reverse("assessments:assessment", args=[submission.assessment.code])
    _send_later(DECIDED[ReviewState(review.state)], managers, {"submission": submission, "review": review}, path)


def sections_assigned(assessment: Assessment, handed: Mapping[Membership, list[str]], by: User) -> None:
    """To each colleague who got something to look after; who takes a section for themselves knows it."""
    sections = instrument_of(assessment.campaign.version_id).sections
    path = reverse("assessments:assessment", args=[assessment.code])
    for member, codes in handed.items():
        if member.user_id != by.pk and member.user.is_active:
            titles = [section.title for section in sections if section.code in codes]
            context = {"assessment": assessment, "titles": titles, "by": by}
            _send_later(ASSIGNED, [member.user], context, path)


def _people(memberships: Iterable[Membership]) -> list[User]:
    held = memberships.active().select_related("user")  # type: ignore[attr-defined]
    return list({membership.user for membership in held if membership.user.is_active})


def _send_later(letter: Letter, people: list[User], context: dict[str, object], path: str) -> None:
    def send() -> None:
        for person in people:
            _send(letter, person, context, path)

    transaction.on_commit(send, robust=True)


def _send(letter: Letter, person: User, context: dict[str, object], path: str) -> None:
    with translation.override(person.language):
        full = context | {"person": person, "link": settings.SITE_URL + path, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string(letter.subject, full).split())
        text = render_to_string(letter.text, full)
    try:
        EmailMessage(subject, text, to=[person.email]).send()
    except OSError:
        logger.exception("mail %s could not be sent", letter.text)
