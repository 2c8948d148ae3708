from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from suppliers import localization, places
from suppliers.labels import Country, Sector
from suppliers.models import Brand, Factory, Membership
from suppliers.models.factories import FactoryQuerySet
from suppliers.roles import Scope

IDENTITY = ("code", "country", "sector", "os_id")


def province_choices(countries: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped by country, each in the dictionary order of the reader's language."""
    language = (get_language() or "en")[:2]
    groups = []
    for country in countries:
        named = [(province.code, province.name_in(language)) for province in places.provinces_of(country)]
        named.sort(key=lambda pair: localization.sort_key(pair[1], language))
        groups.append((str(Country(country).label), named))
    return groups


class FactoryForm(forms.ModelForm):
    """The program sets everything in its country; a factory's manager all but what identifies the factory."""

    province = forms.ChoiceField(label=_("Province"))

    class Meta:
        model = Factory
        fields = (
            *("code", "name", "name_latin", "country", "province", "address", "sector", "os_id"),
            *("women", "men", "other_gender"),
        )
        help_texts = {
            "code": _("Letters, digits and hyphens, for example KH-0042. It stays the same for ever."),
            "name": _("As the factory writes it: in Khmer, Thai or Vietnamese."),
        }
        error_messages = {"code": {"unique": _("Another factory has this code already.")}}

    def __init__(self, *args: Any, hat: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = IDENTITY if hat.scope is Scope.FACTORY else ("code",) if self.instance.pk else ()
        country = self.instance.country if "country" in fixed else hat.country
        countries = [country] if country else Country.values
        self.fields["country"].choices = [("", "—"), *((code, Country(code).label) for code in countries)]  # type: ignore[attr-defined]
        self.fields["province"].choices = [("", "—"), *province_choices(countries)]  # type: ignore[attr-defined]
        self.fields["sector"].choices = [("", "—"), *Sector.choices]  # type: ignore[attr-defined]
        self.fields["code"].error_messages["invalid"] = self.Meta.help_texts["code"]
        for name in ("women", "men", "other_gender"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        for name in fixed:
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        country, province = cleaned.get("country"), cleaned.get("province")
        if country and province and not province.startswith(country):
            self.add_error("province", _("This province lies in another country."))
        return cleaned


class FactoryFilterForm(forms.Form):
    q = forms.CharField(
        label=_("Name, code or place"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All countries")), *Country.choices]
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])
    order = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Name, A to Z")), ("-name", _("Name, Z to A")), ("new", _("Newest first"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [("", _("All provinces")), *province_choices(Country.values)]  # type: ignore[attr-defined]

    def chosen(self, factories: FactoryQuerySet) -> FactoryQuerySet:
        """What does not make sense is left out, so that an old bookmark still shows a list."""
        self.is_valid()
        wanted = self.cleaned_data
        kept = {name: wanted[name] for name in ("country", "province", "sector") if wanted.get(name)}
        found = factories.search(wanted.get("q", "")).filter(**kept)
        if wanted.get("order") == "new":
            return found.order_by("-created_at", "-pk")
        return found.in_reading_order(descending=wanted.get("order") == "-name")


class BrandForm(forms.ModelForm):
    class Meta:
        model = Brand
        fields = ("name", "code")
        help_texts = {
            "code": _("Small letters, digits and hyphens. It appears in addresses and stays the same for ever.")
        }
        error_messages = {
            "code": {"unique": _("Another brand has this code already.")},
            "name": {"unique": _("There is a brand with this name already.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)
        self.fields["code"].error_messages["invalid"] = self.Meta.help_texts["code"]


class SupplierForm(forms.Form):
    LINK, UNLINK = "link", "unlink"

    factory = forms.SlugField()
    action = forms.ChoiceField(choices=[(LINK, LINK), (UNLINK, UNLINK)])
