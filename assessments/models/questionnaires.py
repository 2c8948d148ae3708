"""The instrument as stored. The text fields are translated into en, km, th and vi by modeltranslation."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.domain.instrument import Kind
from assessments.labels import AppearanceName, CommitmentName, EvidenceNeedName, KindName, PillarName
from suppliers.labels import Country


class Questionnaire(models.Model):
    code = models.SlugField(_("Code"), max_length=60, unique=True)
    title = models.TextField(_("Title"))

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


def frozen_once_published(path: str) -> pgtrigger.Trigger:
    """The database itself refuses changes to the parts of a published version. `path`: SQL finding its version id."""
    return pgtrigger.Trigger(
        name="frozen_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("published", "timestamptz"), ("part", "record")],
        func=f"""
            IF TG_OP = 'DELETE' THEN part := OLD; ELSE part := NEW; END IF;
            SELECT published_at INTO published FROM assessments_questionnaireversion WHERE id = {path};
            IF published IS NOT NULL THEN
                RAISE EXCEPTION 'a published questionnaire version never changes' USING ERRCODE = 'check_violation';
            END IF;
            RETURN part;
        """,  # noqa: S608 - the path is one of the two constants below, never input
    )


class QuestionnaireVersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    def published(self) -> "QuestionnaireVersionQuerySet":
        return self.filter(published_at__isnull=False)


class QuestionnaireVersion(models.Model):
    """`content_hash` is over the sheets as the portal writes them: the same content loaded twice is the same version.

    `remarks`: what of the sheets has no effect here, as [sheet, row, column, code, detail].
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.CharField(_("Version"), max_length=20)
    pillar_weights = models.JSONField()
    bands = models.JSONField()
    critical_cap = models.CharField(max_length=20)
    content_hash = models.CharField(max_length=64)
    remarks = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)

    objects = QuestionnaireVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire version")
        verbose_name_plural = _("questionnaire versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_version_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class Section(models.Model):
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    pillar = models.CharField(max_length=1, choices=PillarName, blank=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    weight = models.FloatField(default=1)
    relevant_source = models.TextField(blank=True)
    relevant = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="one_section_per_code")]
        triggers = [frozen_once_published("part.version_id")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Question(models.Model):
    """The `*_source` fields keep each expression as its author wrote it, the fields beside them as parsed."""

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=KindName)
    list_name = models.CharField(max_length=64, blank=True)
    label = models.TextField()
    hint = models.TextField(blank=True)
    required = models.BooleanField(default=False)
    relevant_source = models.TextField(blank=True)
    relevant = models.JSONField(null=True, blank=True)
    constraint_source = models.TextField(blank=True)
    constraint = models.JSONField(null=True, blank=True)
    constraint_message = models.TextField(blank=True)
    calculation_source = models.TextField(blank=True)
    calculation = models.JSONField(null=True, blank=True)
    choice_filter_source = models.TextField(blank=True)
    choice_filter = models.JSONField(null=True, blank=True)
    rows = models.PositiveSmallIntegerField(default=0)
    default = models.TextField(blank=True)
    appearance = models.CharField(max_length=20, choices=AppearanceName, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    points = models.FloatField(default=0)
    weight = models.FloatField(default=1)
    score_source = models.TextField(blank=True)
    score = models.JSONField(null=True, blank=True)
    critical_source = models.TextField(blank=True)
    critical = models.JSONField(null=True, blank=True)
    commitment = models.CharField(max_length=10, choices=CommitmentName, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    allow_na = models.BooleanField(default=False)
    evidence = models.CharField(max_length=10, choices=EvidenceNeedName, blank=True)
    evidence_note = models.TextField(blank=True)
    mapping = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_question_per_code"),
            models.CheckConstraint(
                name="question_points_and_weight_not_negative", condition=Q(points__gte=0, weight__gte=0)
            ),
        ]
        triggers = [frozen_once_published("part.version_id")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


_OF_QUESTION = "(SELECT version_id FROM assessments_question WHERE id = part.question_id)"


class Choice(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    key = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField()
    label = models.TextField()
    filter_columns = models.JSONField(default=dict, blank=True)
    score = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "key"], name="one_choice_per_key"),
            models.CheckConstraint(
                name="choice_score_is_a_share", condition=Q(score=None) | Q(score__gte=0, score__lte=1)
            ),
        ]
        triggers = [frozen_once_published(_OF_QUESTION)]

    def __str__(self) -> str:
        return self.label


class Column(models.Model):
    """One column of a table."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="columns")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=KindName, default=Kind.DECIMAL.value)
    position = models.PositiveSmallIntegerField()
    label = models.TextField()
    unit = models.CharField(max_length=20, blank=True)
    factor = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="one_column_per_key")]
        triggers = [frozen_once_published(_OF_QUESTION)]

    def __str__(self) -> str:
        return self.label


class LegalNote(models.Model):
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="legal_notes")
    country = models.CharField(max_length=2, choices=Country)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100, blank=True)
    year = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField()

    class Meta:
        ordering = ["country", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "country"], name="one_legal_note_per_country")]
        triggers = [frozen_once_published(_OF_QUESTION)]

    def __str__(self) -> str:
        return f"{self.country} {self.law} {self.article}".strip()
