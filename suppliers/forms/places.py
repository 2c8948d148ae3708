from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.labels import Country, Sector


class CountryAndSectorForm(forms.Form):
    """Which factories: all, or those of one country or sector."""

    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All countries")), *Country.choices]
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])

    def narrowed(self, path: str = "") -> dict[str, str]:
        """As lookups; `path` leads to the factory."""
        chosen = {name: self.cleaned_data[name] for name in ("country", "sector")}
        return {f"{path}{name}": value for name, value in chosen.items() if value}
