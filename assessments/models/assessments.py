from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.domain.states import ASSESSMENT_MOVES, AssessmentState, can, move
from assessments.labels import AssessmentStateName, BandName
from assessments.models.campaigns import Campaign
from suppliers.models import Factory
from suppliers.models.factories import DERIVED


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "AssessmentQuerySet":
        """Those of every factory that the user may see. What of each may be read is the access doors' business."""
        return self.filter(factory__in=Factory.objects.visible_to(user))

    def with_places(self) -> "AssessmentQuerySet":
        return self.select_related("factory", "campaign").defer(*(f"factory__{column}" for column in DERIVED))

    def with_previous(self) -> "AssessmentQuerySet":
        """`previous_id`: the factory's latest assessment of an earlier reporting year."""
        earlier = Assessment.objects.filter(
            factory=OuterRef("factory"), campaign__reporting_year__lt=OuterRef("campaign__reporting_year")
        ).order_by("-campaign__reporting_year")
        return self.annotate(previous_id=Subquery(earlier.values("pk")[:1]))


class Assessment(models.Model):
    """One factory in one campaign: the working copy. Being invited is having one.

    `table_units`: {question: {column: unit}} where quantities were typed in another unit than the questionnaire's, so
    that the page shows what was typed. `submission_count`, `overall`, `band` and `critical_count` repeat the latest
    submission, for lists.
    """

    code = models.SlugField(_("Code"), max_length=60, unique=True)
    factory = models.ForeignKey(Factory, on_delete=models.PROTECT, related_name="assessments")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="assessments")
    state = models.CharField(_("State"), max_length=10, choices=AssessmentStateName, default=AssessmentState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submission_count = models.PositiveSmallIntegerField(default=0)
    overall = models.FloatField(null=True, blank=True)
    band = models.CharField(max_length=20, choices=BandName, blank=True)
    critical_count = models.PositiveSmallIntegerField(default=0)
    table_units = models.JSONField(default=dict, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["factory", "campaign"], name="one_assessment_per_factory_and_campaign"),
            models.CheckConstraint(
                name="submitted_assessment_has_a_submission",
                condition=Q(state=AssessmentState.DRAFT) | Q(submission_count__gte=1, submitted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state"])]

    def __str__(self) -> str:
        return f"{self.factory} – {self.campaign}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", args=[self.code])

    def can(self, name: str) -> bool:
        return can(ASSESSMENT_MOVES, self.state, name)

    def move(self, name: str) -> None:
        """Sets the state without saving; raises WrongState where the table lacks the move."""
        self.state = move(ASSESSMENT_MOVES, self.state, name)

    @property
    def is_editable(self) -> bool:
        """Whether any answer may change now. After a return only the questions asked about may (see locked codes)."""
        return self.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)
