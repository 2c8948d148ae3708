"""Asking for a scorecard, and changing one's mind."""

from functools import partial

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from assessments.domain.states import can, move
from assessments.models import Submission
from reports.domain.jobs import JOB_MOVES, MAX_ATTEMPTS, JobError
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Scorecard
from reports.services import bell
from suppliers.models import User

# More than this many bells at once would only queue up before a busy worker, to find their work done.
BELLS_PER_SWEEP = 100


@transaction.atomic
def request_scorecard(*, submission: Submission, language: str, by: User | None) -> Scorecard:
    """The one row of this submission, language and layout; it starts anew if it failed or lost its file."""
    scorecard, is_new = Scorecard.objects.select_for_update(of=("self",)).get_or_create(
        submission=submission,
        language=language,
        template_version=TEMPLATE_VERSION,
        defaults={"requested_by": by},
    )
    if is_new or _restarted(scorecard, by):
        transaction.on_commit(partial(bell.ring, scorecard.pk), robust=True)
    return scorecard


def _restarted(scorecard: Scorecard, by: User | None) -> bool:
    if scorecard.has_file or not can(JOB_MOVES, scorecard.state, "request"):
        return False
    scorecard.state = move(JOB_MOVES, scorecard.state, "request")
    scorecard.attempts = scorecard.progress = 0
    scorecard.error, scorecard.file, scorecard.finished_at, scorecard.rung_at = "", "", None, None
    scorecard.requested_by, scorecard.requested_at = by, timezone.now()
    scorecard.save()
    return True


@transaction.atomic
def cancel_scorecard(*, scorecard: Scorecard) -> bool:
    """False if there is nothing left to cancel. A worker that is at it notices with its next heartbeat."""
    locked = Scorecard.objects.select_for_update(of=("self",)).get(pk=scorecard.pk)
    if not can(JOB_MOVES, locked.state, "cancel"):
        return False
    locked.state = move(JOB_MOVES, locked.state, "cancel")
    locked.claimed_by, locked.lease_until, locked.progress = "", None, 0
    locked.save()
    return True


def sweep() -> int:
    """Give up on what no worker survives, and ring for whatever waits unheard. Returns how many bells were rung."""
    Scorecard.objects.lease_over().filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JOB_MOVES["fail"][1], error=JobError.WORKER_LOST, claimed_by="", lease_until=None, finished_at=Now()
    )
    rung = 0
    for scorecard_id in Scorecard.objects.unheard().values_list("pk", flat=True)[:BELLS_PER_SWEEP]:
        if not bell.ring(scorecard_id):
            break
        rung += 1
    return rung
