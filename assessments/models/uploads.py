import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.models.answers import Evidence
from assessments.models.assessments import Assessment


class UploadQuerySet(models.QuerySet["Upload"]):
    def unfinished(self) -> "UploadQuerySet":
        return self.filter(evidence=None)


class Upload(models.Model):
    """A file on its way, piece by piece. The row says how much has arrived; what lies beyond that is sent again.

    `public_id` is made by the browser, so that an upload begun twice is one upload. A finished one stays for a while,
    so that a browser that missed the last reply hears that all is well.
    """

    public_id = models.UUIDField(unique=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="uploads")
    question_code = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    received = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True, db_index=True)
    evidence = models.ForeignKey(Evidence, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(name="upload_receives_what_was_said", condition=Q(received__lte=F("size"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return path_of(self.public_id)


def path_of(public_id: uuid.UUID) -> str:
    return f"uploads/{public_id.hex}"
