import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment


class WorkbookUpload(models.Model):
    """Answers read from a workbook, which wait for their sender's yes. Nothing of them counts before that.

    `answers`: {code: {sent, is_na, na_reason, based_on}}, as a form would send them; `problems`: [sheet, cell, code,
    detail]. `language` is that of the workbook.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="workbook_uploads")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=2)
    answers = models.JSONField(default=dict)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "uploaded_by"], name="one_waiting_workbook_per_person"),
        ]

    def __str__(self) -> str:
        return self.name
