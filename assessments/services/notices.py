"""E-mails about what happened to an assessment, each in its reader's own language.

They leave after the commit; a mail server that does not answer is logged and never undoes what was done.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from assessments.models import Review, Share, Submission
from suppliers.models import Membership, User
from suppliers.roles import Role

logger = logging.getLogger(__name__)


def submitted(submission: Submission) -> None:
    """To the reviewers of every brand that the factory shares with."""
    brands = Share.objects.current().filter(factory=submission.assessment.factory).values("brand")
    reviewers = _people(Membership.objects.filter(brand__in=brands))
    path = reverse("assessments:submission", args=[submission.assessment.code, submission.number])
    _send_later("submitted", reviewers, {"submission": submission}, path)


def decided(review: Review, submission: Submission) -> None:
    """To the factory's managers: accepted, or returned with questions."""
    managers = _people(Membership.objects.filter(factory=submission.assessment.factory, role=Role.FACTORY_MANAGER))
    path = reverse("assessments:assessment", args=[submission.assessment.code])
    _send_later(f"review_{review.state}", managers, {"submission": submission, "review": review}, path)


def _people(memberships: Iterable[Membership]) -> list[User]:
    held = memberships.active().select_related("user")  # type: ignore[attr-defined]
    return list({membership.user for membership in held if membership.user.is_active})


def _send_later(name: str, people: list[User], context: dict[str, object], path: str) -> None:
    def send() -> None:
        for person in people:
            _send(name, person, context, path)

    transaction.on_commit(send, robust=True)


def _send(name: str, person: User, context: dict[str, object], path: str) -> None:
    with translation.override(person.language):
        full = context | {"person": person, "link": settings.SITE_URL + path, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string(f"assessments/mail/{name}_subject.txt", full).split())
        text = render_to_string(f"assessments/mail/{name}.txt", full)
    try:
        EmailMessage(subject, text, to=[person.email]).send()
    except OSError:
        logger.exception("mail %s could not be sent", name)
