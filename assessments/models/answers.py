import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.assessments import Assessment


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange("value", "raw", "na_reason", "is_na")),
)
class Answer(models.Model):
    """The current value of one question; each change is kept as history by a database trigger.

    `value` holds keys and numbers, never labels; null: nothing usable. `raw` keeps what was typed when it could not
    be understood. `na_reason`: why the question does not apply. `version` rises by one with each change: who saves
    names the version they saw, and a stale one is a conflict to choose in, never a silent overwrite.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question_code = models.CharField(max_length=64)
    value = models.JSONField(null=True, blank=True)
    raw = models.JSONField(null=True, blank=True)
    na_reason = models.TextField(blank=True)
    is_na = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    change_id = models.UUIDField(default=uuid.uuid4)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question_code"], name="one_answer_per_question"),
            models.CheckConstraint(
                name="answer_is_a_value_or_not_applicable", condition=Q(is_na=False) | Q(value=None, raw=None)
            ),
        ]

    def __str__(self) -> str:
        return self.question_code


def evidence_path(evidence: "Evidence", filename: str) -> str:
    """Nothing of the uploaded name: the stored path is ours alone."""
    return f"evidence/{evidence.assessment_id}/{evidence.public_id.hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def current(self) -> "EvidenceQuerySet":
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A file behind an answer. A removed one stays on disk while a submission names it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="evidence")
    question_code = models.CharField(max_length=64)
    file = models.FileField(upload_to=evidence_path, max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "pk"]
        indexes = [models.Index(fields=["assessment", "question_code"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


class AnswerNote(models.Model):
    """Somebody said that an unusual answer is right. It holds for exactly these `values` (see domain.soft_checks)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="notes")
    question_code = models.CharField(max_length=64)
    check_code = models.CharField(max_length=30)
    column = models.CharField(max_length=64, blank=True)
    values = models.JSONField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question_code", "check_code", "column"], name="one_note_per_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_code} · {self.check_code}"
