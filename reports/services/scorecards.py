"""Asking for a scorecard."""

from django.db import transaction

from assessments.models import Submission
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Scorecard
from reports.services import jobs
from suppliers.models import User


@transaction.atomic
def request_scorecard(*, submission: Submission, language: str, by: User | None) -> Scorecard:
    """The one row of this submission, language and layout; it starts anew if it failed or lost its file."""
    scorecard: Scorecard
    scorecard, is_new = Scorecard.objects.select_for_update(of=("self",)).get_or_create(
        submission=submission,
        language=language,
        template_version=TEMPLATE_VERSION,
        defaults={"requested_by": by},
    )
    if is_new or (not scorecard.has_file and jobs.restart(scorecard, by)):
        jobs.ring_after_commit(scorecard)
    return scorecard
