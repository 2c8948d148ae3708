"""Asking for a scorecard."""

from django.db import transaction

from assessments.models import Submission
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Scorecard
from reports.services import jobs
from suppliers.models import User


@transaction.atomic
def request_scorecard(*, submission: Submission, language: str, by: User | None) -> Scorecard:
    """Tells a worker, where there is something to make."""
    scorecard, is_wanting = scorecard_of(submission, language, by)
    if is_wanting:
        jobs.ring_after_commit(scorecard)
    return scorecard


@transaction.atomic
def scorecard_of(submission: Submission, language: str, by: User | None) -> tuple[Scorecard, bool]:
    """The one row of this submission, language and layout; and whether it is to be made: new, failed, or lost."""
    scorecard: Scorecard
    scorecard, is_new = Scorecard.objects.select_for_update(of=("self",)).get_or_create(
        submission=submission,
        language=language,
        template_version=TEMPLATE_VERSION,
        defaults={"requested_by": by},
    )
    return scorecard, is_new or (not scorecard.has_file and jobs.restart(scorecard, by))
