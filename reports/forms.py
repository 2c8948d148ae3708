from django import forms
from django.utils.translation import gettext_lazy as _

from reports.labels import PrintKindName
from suppliers.labels import Country, Language, Sector


class ScorecardForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language)


class PrintForm(forms.Form):
    kind = forms.ChoiceField(choices=PrintKindName)
    language = forms.ChoiceField(label=_("Language"), choices=Language)


class VersionPrintForm(forms.Form):
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector)
    country = forms.ChoiceField(label=_("Country"), choices=Country)
    language = forms.ChoiceField(label=_("Language"), choices=Language)
