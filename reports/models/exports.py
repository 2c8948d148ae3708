import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Campaign
from reports.domain.exports import KEPT_FOR, SUFFIXES, ExportKind
from reports.labels import ExportKindName
from reports.models.jobs import Job, JobQuerySet
from suppliers.models import Brand


class ExportQuerySet(JobQuerySet):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "ExportQuerySet":
        """Only one's own: another person may not read all that is in it."""
        return self.filter(requested_by=user) if user.is_authenticated else self.none()


class Export(Job):
    """A file about many submissions of one campaign, for the program or for one brand.

    `submission_ids`: what its maker might read when it was asked for; it is given out only while they still may.
    """

    kind = models.CharField(_("What"), max_length=12, choices=ExportKindName)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exports")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="exports")
    submission_ids = models.JSONField(default=list)

    objects: ClassVar[Any] = ExportQuerySet.as_manager()

    class Meta(Job.Meta):
        abstract = False
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.kind} {self.language}"

    def get_absolute_url(self) -> str:
        """Where it was asked for, and is shown."""
        if self.brand:
            return reverse("reports:brand_exports", args=[self.brand.code, self.campaign.code])
        return reverse("reports:campaign_exports", args=[self.campaign.code])

    @property
    def count(self) -> int:
        return len(self.submission_ids)

    @property
    def kept_until(self) -> dt.datetime:
        return self.requested_at + KEPT_FOR

    @property
    def folder(self) -> str:
        return f"exports/{self.pk}"

    @property
    def stem(self) -> str:
        return f"{self.kind}-{self.language}"

    @property
    def suffix(self) -> str:
        return SUFFIXES[ExportKind(self.kind)]

    @property
    def filename(self) -> str:
        """For the reader's disk: which campaign, whose suppliers, what, and the language."""
        parts = [self.campaign.code, self.brand.code if self.brand else "", self.kind, self.language]
        return "-".join(part for part in parts if part) + self.suffix
