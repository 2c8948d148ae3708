import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.labels import BandName
from assessments.models.assessments import Assessment
from assessments.models.questionnaires import QuestionnaireVersion
from assessments.models.shares import Share
from suppliers.models import Brand, SupplyLink
from suppliers.models.factories import DERIVED
from suppliers.roles import Scope

# What pages and papers tell of a submission beside itself, and which of its columns they leave in the database.
PLACES = ("assessment__factory", "assessment__campaign", "version__questionnaire")
NOT_READ = tuple(f"assessment__factory__{column}" for column in DERIVED)


def _is_shared(**brands: object) -> Exists:
    """With a brand that still buys from the factory. `brands`: a lookup by `brand`."""
    granted = Share.objects.current().filter(factory=OuterRef("assessment__factory"), **brands)
    still_buying = SupplyLink.objects.current().filter(factory=OuterRef("factory"), brand=OuterRef("brand"))
    return Exists(granted.filter(Exists(still_buying)))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "SubmissionQuerySet":
        """The factory's own, those shared with a brand that the user works for, and the program's in scope."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.active()
        own = Q(assessment__factory__in=held.filter(factory__isnull=False).values("factory"))
        brands = held.filter(brand__isnull=False).values("brand")
        shared = _is_shared(brand__in=brands)
        program = held.filter(role__startswith=Scope.PROGRAM)
        anywhere = Q(Exists(program.filter(country="")))
        in_country = Q(assessment__factory__country__in=program.exclude(country="").values("country"))
        return self.filter(own | Q(shared) | anywhere | in_country)

    def shared_with(self, brand: Brand) -> "SubmissionQuerySet":
        """What the brand may read now: of factories that it buys from and that share with it."""
        return self.filter(_is_shared(brand=brand))

    def latest_of_each(self) -> "SubmissionQuerySet":
        """The last word of each assessment."""
        return self.filter(number=F("assessment__submission_count"))

    def with_places(self) -> "SubmissionQuerySet":
        return self.select_related(*PLACES).defer(*NOT_READ)

    def latest_first(self) -> "SubmissionQuerySet":
        return self.order_by("-submitted_at", "-number")


class Submission(models.Model):
    """An immutable, numbered snapshot of all answers with its frozen score; the database refuses any change.

    `answers`: {code: {"value": …} | {"na_reason": …}}, with "confirmed" where an unusual value was said to be right
    (see domain.soft_checks); `evidence`: {code: [{id, name, size, sha256}]};
    `score`: see domain.scoring; `content_hash`: SHA-256 over the canonical JSON of what was submitted.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    evidence = models.JSONField(default=dict)
    factory_facts = models.JSONField(default=dict)
    score = models.JSONField()
    overall = models.FloatField(null=True)
    band = models.CharField(max_length=20, choices=BandName, blank=True)
    content_hash = models.CharField(max_length=64)
    note = models.TextField(blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_submission_per_number"),
            models.CheckConstraint(name="submission_number_starts_at_one", condition=Q(number__gte=1)),
        ]
        triggers = [pgtrigger.Protect(name="submission_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.assessment_id} #{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:submission", args=[self.assessment.code, self.number])
