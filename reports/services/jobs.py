"""The life of a job from outside: it is asked for, asked for again, cancelled, and looked after by the sweep."""

from functools import partial

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from assessments.domain.states import can, move
from reports.domain.jobs import JOB_MOVES, MAX_ATTEMPTS, JobError
from reports.models import Job
from reports.services import bell
from suppliers.models import User

# More than this many bells at once would only queue up before a busy worker, to find their work done.
BELLS_PER_SWEEP = 100


def ring_after_commit(job: Job) -> None:
    transaction.on_commit(partial(bell.ring, type(job), job.pk), robust=True)


def restart(job: Job, by: User | None) -> bool:
    """False where its life does not allow it. The row must be locked; its earlier file is given up."""
    if not can(JOB_MOVES, job.state, "request"):
        return False
    job.state = move(JOB_MOVES, job.state, "request")
    job.attempts = job.progress = 0
    job.error, job.file, job.finished_at, job.rung_at = "", "", None, None
    job.requested_by, job.requested_at = by, timezone.now()
    job.save()
    return True


@transaction.atomic
def cancel(*, job: Job) -> bool:
    """False if there is nothing left to cancel. A worker that is at it notices with its next heartbeat."""
    locked = type(job).objects.select_for_update(of=("self",)).get(pk=job.pk)
    if not can(JOB_MOVES, locked.state, "cancel"):
        return False
    locked.state = move(JOB_MOVES, locked.state, "cancel")
    locked.claimed_by, locked.lease_until, locked.progress = "", None, 0
    locked.save()
    return True


def sweep() -> int:
    """Give up on what no worker survives, and ring for whatever waits unheard. Returns how many bells were rung."""
    for kind in bell.TASKS:
        kind.objects.lease_over().filter(attempts__gte=MAX_ATTEMPTS).update(
            state=JOB_MOVES["fail"][1], error=JobError.WORKER_LOST, claimed_by="", lease_until=None, finished_at=Now()
        )
    rung = 0
    for kind in bell.TASKS:
        for job_id in kind.objects.unheard().values_list("pk", flat=True)[:BELLS_PER_SWEEP]:
            if not bell.ring(kind, job_id):
                return rung
            rung += 1
    return rung
