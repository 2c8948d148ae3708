"""A PDF and the job that makes it, in one row: scorecards and printed questionnaires are kinds of it."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from reports.domain.jobs import ACTIVE, JOB_MOVES, LEASE, MAX_ATTEMPTS, RING_AGAIN_AFTER
from reports.labels import JobErrorName, JobStateName
from suppliers.labels import Language


class JobQuerySet(models.QuerySet[Any]):
    """Times are the database's own: workers' clocks may differ."""

    def with_what_it_is_about(self) -> Self:
        """Loaded with what a worker needs to make it."""
        return self

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE)

    def lease_over(self) -> Self:
        return self.filter(state=JobStateName.RUNNING, lease_until__lt=Now())

    def claimable(self) -> Self:
        waiting = Q(state=JobStateName.QUEUED) | Q(state=JobStateName.RUNNING, lease_until__lt=Now())
        return self.filter(waiting, attempts__lt=MAX_ATTEMPTS)

    def unheard(self) -> Self:
        """Those for which the bell must be rung again, the longest waiting first."""
        unheard = Q(rung_at=None) | Q(rung_at__lt=Now() - RING_AGAIN_AFTER) | Q(rung_at__lt=F("lease_until"))
        return self.claimable().filter(unheard).order_by("requested_at")

    def held_by(self, claim: str) -> Self:
        return self.filter(state=JobStateName.RUNNING, claimed_by=claim, lease_until__gte=Now())

    def claim(self, job_id: int, claim: str) -> bool:
        """One UPDATE: of two workers at the same row, the second finds it no longer claimable."""
        return bool(
            self.claimable()
            .filter(pk=job_id)
            .update(
                state=JobStateName.RUNNING,
                claimed_by=claim,
                lease_until=Now() + LEASE,
                heartbeat_at=Now(),
                attempts=F("attempts") + 1,
                progress=0,
            )
        )

    def beat(self, claim: str, **changes: Any) -> bool:
        """Prolong the lease. False: it is no longer ours, and whatever we make is not wanted."""
        return bool(self.held_by(claim).update(heartbeat_at=Now(), lease_until=Now() + LEASE, **changes))

    def settle(self, claim: str, move: str, **changes: Any) -> bool:
        """Let go of the claim by a move of the life cycle, if the lease is still ours."""
        return bool(self.held_by(claim).update(state=JOB_MOVES[move][1], **_NOBODY, **changes))


_NOBODY: dict[str, Any] = {"claimed_by": "", "lease_until": None}


def job_path(job: "Job", filename: str) -> str:
    return f"{job.folder}/{filename}"


class Job(models.Model):
    """`claimed_by` names one attempt of one worker; it holds the row until `lease_until`, which its heartbeat moves on.

    `rung_at`: when a worker was last told that this row waits.
    """

    language = models.CharField(_("Language"), max_length=2, choices=Language)
    state = models.CharField(_("State"), max_length=10, choices=JobStateName, default=JobStateName.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=job_path, max_length=200, blank=True)
    error = models.CharField(max_length=20, choices=JobErrorName, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_progress_is_a_percentage", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="running_%(class)s_has_a_holder_and_a_lease",
                condition=Q(state=JobStateName.RUNNING, lease_until__isnull=False) & ~Q(claimed_by="")
                | ~Q(state=JobStateName.RUNNING) & Q(claimed_by="", lease_until=None),
            ),
            models.CheckConstraint(
                name="done_%(class)s_has_a_file",
                condition=~Q(state=JobStateName.DONE) | Q(finished_at__isnull=False, progress=100) & ~Q(file=""),
            ),
            models.CheckConstraint(
                name="failed_%(class)s_says_why", condition=Q(state=JobStateName.FAILED) ^ Q(error="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at"],
                name="%(class)s_waiting",
                condition=Q(state__in=[JobStateName.QUEUED, JobStateName.RUNNING]),
            )
        ]

    @property
    def folder(self) -> str:
        """Where its file lies among the private files."""
        raise NotImplementedError

    @property
    def stem(self) -> str:
        """How the name of its file begins there."""
        raise NotImplementedError

    @property
    def suffix(self) -> str:
        return ".pdf"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        return self.state == JobStateName.DONE

    @property
    def has_file(self) -> bool:
        return self.is_done and self.file.storage.exists(self.file.name)
