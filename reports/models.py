from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from reports.domain.jobs import ACTIVE, JOB_MOVES, LEASE, MAX_ATTEMPTS, RING_AGAIN_AFTER
from reports.labels import JobErrorName, JobStateName
from suppliers.labels import Language


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    """Times are the database's own: workers' clocks may differ."""

    def visible_to(self, user: "models.Model | AnonymousUser") -> "ScorecardQuerySet":
        return self.filter(submission__in=Submission.objects.visible_to(user))

    def active(self) -> "ScorecardQuerySet":
        return self.filter(state__in=ACTIVE)

    def lease_over(self) -> "ScorecardQuerySet":
        return self.filter(state=JobStateName.RUNNING, lease_until__lt=Now())

    def claimable(self) -> "ScorecardQuerySet":
        waiting = Q(state=JobStateName.QUEUED) | Q(state=JobStateName.RUNNING, lease_until__lt=Now())
        return self.filter(waiting, attempts__lt=MAX_ATTEMPTS)

    def unheard(self) -> "ScorecardQuerySet":
        """Those for which the bell must be rung again, the longest waiting first."""
        unheard = Q(rung_at=None) | Q(rung_at__lt=Now() - RING_AGAIN_AFTER) | Q(rung_at__lt=F("lease_until"))
        return self.claimable().filter(unheard).order_by("requested_at")

    def held_by(self, claim: str) -> "ScorecardQuerySet":
        return self.filter(state=JobStateName.RUNNING, claimed_by=claim, lease_until__gte=Now())

    def claim(self, scorecard_id: int, claim: str) -> bool:
        """One UPDATE: of two workers at the same row, the second finds it no longer claimable."""
        return bool(
            self.claimable()
            .filter(pk=scorecard_id)
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


def scorecard_path(scorecard: "Scorecard", filename: str) -> str:
    return f"scorecards/{scorecard.submission_id}/{filename}"


class Scorecard(models.Model):
    """The PDF of one submission in one language, and the job that makes it.

    `claimed_by` names one attempt of one worker; it holds the row until `lease_until`, which its heartbeat moves on.
    `rung_at`: when a worker was last told that this row waits.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="scorecards")
    language = models.CharField(_("Language"), max_length=2, choices=Language)
    template_version = models.CharField(max_length=10)
    state = models.CharField(_("State"), max_length=10, choices=JobStateName, default=JobStateName.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=scorecard_path, max_length=200, blank=True)
    error = models.CharField(max_length=20, choices=JobErrorName, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "language", "template_version"], name="one_scorecard_per_language_and_version"
            ),
            models.CheckConstraint(name="scorecard_progress_is_a_percentage", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="running_scorecard_has_a_holder_and_a_lease",
                condition=Q(state=JobStateName.RUNNING, lease_until__isnull=False) & ~Q(claimed_by="")
                | ~Q(state=JobStateName.RUNNING) & Q(claimed_by="", lease_until=None),
            ),
            models.CheckConstraint(
                name="done_scorecard_has_a_file",
                condition=~Q(state=JobStateName.DONE) | Q(finished_at__isnull=False, progress=100) & ~Q(file=""),
            ),
            models.CheckConstraint(
                name="failed_scorecard_says_why", condition=Q(state=JobStateName.FAILED) ^ Q(error="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["requested_at"],
                name="scorecard_waiting",
                condition=Q(state__in=[JobStateName.QUEUED, JobStateName.RUNNING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.language}"

    def get_absolute_url(self) -> str:
        submission = self.submission
        return reverse("reports:scorecards", args=[submission.assessment.code, submission.number])

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_done(self) -> bool:
        return self.state == JobStateName.DONE

    @property
    def has_file(self) -> bool:
        return self.is_done and self.file.storage.exists(self.file.name)

    @property
    def filename(self) -> str:
        """For the reader's disk: which factory, campaign, submission and language."""
        assessment = self.submission.assessment
        return f"{assessment.factory.code}-{assessment.campaign.code}-{self.submission.number}-{self.language}.pdf"
