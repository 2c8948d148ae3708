import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models.questionnaires import QuestionnaireVersion
from suppliers.models import Factory
from suppliers.roles import Scope


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "CampaignQuerySet":
        """The program sees every campaign; everybody else those in which a factory that they see takes part."""
        if not user.is_authenticated:
            return self.none()
        program = user.memberships.active().filter(role__startswith=Scope.PROGRAM)
        invited = self.model.assessments.rel.related_model.objects.filter(
            campaign=OuterRef("pk"), factory__in=Factory.objects.visible_to(user)
        )
        return self.filter(Q(Exists(program)) | Q(Exists(invited)))

    def begun_first(self) -> "CampaignQuerySet":
        """The newest first, but what has not opened yet comes after all that has."""
        ahead = Case(When(opens_on__gt=timezone.localdate(), then=1), default=0)
        return self.order_by(ahead, "-opens_on", "-pk")

    def open_on(self, day: dt.date) -> "CampaignQuerySet":
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Campaign(models.Model):
    """Factories invited to answer one version between two dates. Both dates are included."""

    code = models.SlugField(_("Code"), max_length=30, unique=True)
    name = models.CharField(_("Name"), max_length=150)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="campaigns")
    reporting_year = models.PositiveSmallIntegerField(
        _("Reporting year"), help_text=_("The calendar year that the answers are about.")
    )
    opens_on = models.DateField(_("Opens on"))
    closes_on = models.DateField(_("Closes on"))

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_closes_after_it_opens", condition=Q(closes_on__gte=models.F("opens_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def days_left(self) -> int:
        """Whole days until the closing date; 0 on the last day, negative after it."""
        return (self.closes_on - timezone.localdate()).days
