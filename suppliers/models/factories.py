from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from suppliers import localization, places
from suppliers.labels import LANGUAGE_OF_COUNTRY, Country, Sector
from suppliers.roles import Scope

LANGUAGES = ("en", "km", "th", "vi")
# Only the database reads these columns, and they are wide: queries for pages leave them where they are.
DERIVED = ("search_text", *(f"sort_{language}" for language in LANGUAGES))


class FactoryQuerySet(models.QuerySet["Factory"]):
    def visible_to(self, user: "models.Model | AnonymousUser") -> "FactoryQuerySet":
        """Own factories, suppliers of own brands, and the program's country or countries."""
        if not user.is_authenticated:
            return self.none()
        held = user.memberships.active()
        own = Q(pk__in=held.filter(factory__isnull=False).values("factory"))
        supplied = Q(
            pk__in=self.model.supply_links.rel.related_model.objects.filter(
                ended_on=None, brand__in=held.filter(brand__isnull=False).values("brand")
            ).values("factory")
        )
        program = held.filter(role__startswith=Scope.PROGRAM)
        anywhere = Q(models.Exists(program.filter(country="")))
        in_country = Q(country__in=program.exclude(country="").values("country"))
        return self.filter(own | supplied | anywhere | in_country)

    def supplied_to(self, brand: "models.Model") -> "FactoryQuerySet":
        """Those that the brand buys from now."""
        return self.filter(supply_links__brand=brand, supply_links__ended_on=None)

    def search(self, text: str) -> "FactoryQuerySet":
        found = self
        # PostgreSQL refuses the character NUL, which nobody types.
        for word in localization.fold(text.replace("\0", "")).split():
            found = found.filter(search_text__contains=word)
        return found

    def in_reading_order(self, language: str | None = None, *, descending: bool = False) -> "FactoryQuerySet":
        key = f"sort_{(language or get_language() or 'en')[:2]}"
        return self.order_by(f"-{key}" if descending else key, "pk")


class Factory(models.Model):
    """One production site. `search_text` and the `sort_*` keys follow from the names at each save."""

    code = models.SlugField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name in local script"), max_length=200)
    name_latin = models.CharField(_("Name in Latin letters"), max_length=200)
    country = models.CharField(_("Country"), max_length=2, choices=Country)
    province = models.CharField(_("Province"), max_length=8)
    address = models.CharField(_("District and address"), max_length=300, blank=True)
    sector = models.CharField(_("Sector"), max_length=20, choices=Sector)
    os_id = models.CharField(
        _("OS ID"), max_length=20, blank=True, help_text=_("The factory's number at Open Supply Hub, if it has one.")
    )
    women = models.PositiveIntegerField(_("Women employed"), default=0)
    men = models.PositiveIntegerField(_("Men employed"), default=0)
    other_gender = models.PositiveIntegerField(_("Workers of another gender"), default=0)
    search_text = models.TextField(editable=False)
    sort_en = models.BinaryField(editable=False)
    sort_km = models.BinaryField(editable=False)
    sort_th = models.BinaryField(editable=False)
    sort_vi = models.BinaryField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FactoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("factory")
        verbose_name_plural = _("factories")
        constraints = [
            models.CheckConstraint(
                name="factory_province_lies_in_its_country",
                condition=models.Q(province__startswith=models.F("country")),
            ),
            models.UniqueConstraint(fields=["os_id"], name="one_factory_per_os_id", condition=~Q(os_id="")),
        ]
        indexes = [models.Index(fields=["country", "sector"])] + [
            models.Index(fields=[f"sort_{language}"], name=f"factory_sort_{language}") for language in LANGUAGES
        ]

    def __str__(self) -> str:
        return self.name_for((get_language() or "en")[:2])

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.fold_names()
        if update_fields is not None:
            update_fields = {*update_fields, *DERIVED}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def headcount(self) -> int:
        return self.women + self.men + self.other_gender

    @property
    def language(self) -> str:
        return LANGUAGE_OF_COUNTRY[Country(self.country)]

    @property
    def province_name(self) -> str:
        return places.province_name(self.province, (get_language() or "en")[:2])

    def name_for(self, language: str) -> str:
        """Local script for readers of the factory's own language, Latin letters for everybody else."""
        return self.name if language == self.language else self.name_latin

    @property
    def other_name(self) -> str:
        """The name that `str()` does not show; empty where both are the same."""
        other = self.name_latin if str(self) == self.name else self.name
        return "" if other == str(self) else other

    def fold_names(self) -> None:
        """Fill the columns that search and sort read; bulk writers call it themselves."""
        place = places.provinces().get(self.province)
        place_names = (place.name_en, place.name_local, *place.aliases) if place else ()
        self.search_text = localization.fold(
            " ".join((self.code, self.name, self.name_latin, self.os_id, *place_names))
        )
        for language in LANGUAGES:
            setattr(self, f"sort_{language}", localization.sort_key(self.name_for(language), language))
