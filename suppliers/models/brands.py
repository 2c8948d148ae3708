from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from suppliers.models.factories import Factory
from suppliers.roles import Scope


class BrandQuerySet(models.QuerySet["Brand"]):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "BrandQuerySet":
        """Own brands, the buyers of own factories, and every brand for the program."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.active()
        own = Q(pk__in=held.filter(brand__isnull=False).values("brand"))
        buyers = Q(
            pk__in=SupplyLink.objects.current()
            .filter(factory__in=held.filter(factory__isnull=False).values("factory"))
            .values("brand")
        )
        program = Q(models.Exists(held.filter(role__startswith=Scope.PROGRAM)))
        return self.filter(own | buyers | program)


class Brand(models.Model):
    code = models.SlugField(_("Code"), max_length=30, unique=True)
    name = models.CharField(_("Name"), max_length=150, unique=True)
    factories = models.ManyToManyField(Factory, through="SupplyLink", related_name="brands")

    objects = BrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SupplyLinkQuerySet(models.QuerySet["SupplyLink"]):
    def current(self) -> "SupplyLinkQuerySet":
        return self.filter(ended_on=None)


class SupplyLink(models.Model):
    """A brand buys from a factory. An ended link stays, because shares and reviews of that time point at it."""

    factory = models.ForeignKey(Factory, on_delete=models.CASCADE, related_name="supply_links")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="supply_links")
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = SupplyLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["factory", "brand"], name="one_current_supply_link", condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="supply_link_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brand} – {self.factory}"
