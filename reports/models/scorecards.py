from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from assessments.models.submissions import NOT_READ, PLACES
from reports.models.jobs import Job, JobQuerySet


class ScorecardQuerySet(JobQuerySet):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "ScorecardQuerySet":
        return self.filter(submission__in=Submission.objects.visible_to(user))

    def with_what_it_is_about(self) -> "ScorecardQuerySet":
        places = self.select_related(*(f"submission__{place}" for place in PLACES))
        return places.defer(*(f"submission__{column}" for column in NOT_READ))


class Scorecard(Job):
    """The PDF of one submission in one language."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="scorecards")
    template_version = models.CharField(max_length=10)

    objects: ClassVar[Any] = ScorecardQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "language", "template_version"], name="one_scorecard_per_language_and_version"
            ),
            *Job.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.language}"

    def get_absolute_url(self) -> str:
        submission = self.submission
        return reverse("reports:scorecards", args=[submission.assessment.code, submission.number])

    @property
    def folder(self) -> str:
        return f"scorecards/{self.submission_id}"

    @property
    def stem(self) -> str:
        return f"{self.language}-{self.template_version}"

    @property
    def filename(self) -> str:
        """For the reader's disk: which factory, campaign, submission and language."""
        assessment = self.submission.assessment
        return f"{assessment.factory.code}-{assessment.campaign.code}-{self.submission.number}-{self.language}.pdf"
