import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from suppliers.labels import Country, RoleName
from suppliers.models.brands import Brand
from suppliers.models.factories import Factory
from suppliers.roles import Right, Role, Scope, allows


def scope_condition() -> Q:
    """A role names exactly the one place it is held in; only program staff may be tied to a country."""
    return (
        Q(role__startswith=Scope.FACTORY, factory__isnull=False, brand=None, country="")
        | Q(role__startswith=Scope.BRAND, brand__isnull=False, factory=None, country="")
        | Q(role=Role.PROGRAM_STAFF, factory=None, brand=None)
        | Q(role=Role.PROGRAM_ADMIN, factory=None, brand=None, country="")
    )


HAT_FIELDS = (
    "user", "role", "country", "factory__code", "factory__name", "factory__name_latin", "factory__country",
    "brand__code", "brand__name",
)  # fmt: skip


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(ended_at=None)

    def with_places(self) -> "MembershipQuerySet":
        return self.select_related("factory", "brand")

    def as_hats(self) -> "MembershipQuerySet":
        """With what a page shows of the places and no more: each request reads these."""
        return self.with_places().only(*HAT_FIELDS).order_by("pk")


@pghistory.track()
class Membership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("Role"), max_length=30, choices=RoleName)
    factory = models.ForeignKey(Factory, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.CASCADE, related_name="memberships")
    country = models.CharField(_("Country"), max_length=2, choices=Country, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="membership_role_fits_its_place", condition=scope_condition()),
            models.UniqueConstraint(
                fields=["user", "factory", "brand", "country"],
                name="one_role_per_place",
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def scope(self) -> Scope:
        return Role(self.role).scope

    @property
    def place(self) -> Factory | Brand | None:
        return self.factory or self.brand

    @property
    def place_name(self) -> str:
        if self.place:
            return str(self.place)
        return str(Country(self.country).label) if self.country else pgettext("the program team", "Mekong Alliance")

    @property
    def label(self) -> str:
        return f"{self.place_name} · {self.get_role_display()}"

    def allows(self, right: Right) -> bool:
        return allows(self.role, right)

    def covers_factory(self, factory: Factory) -> bool:
        """Whether this membership reaches the factory at all; a brand's reach needs the supply link, asked apart."""
        if self.scope is Scope.FACTORY:
            return self.factory_id == factory.pk
        return self.scope is Scope.PROGRAM and self.country in ("", factory.country)
