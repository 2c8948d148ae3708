from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from reports.labels import ExportKindName, PrintKindName
from suppliers.forms.places import CountryAndSectorForm
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


class ExportForm(CountryAndSectorForm):
    kind = forms.ChoiceField(label=_("What"), choices=ExportKindName)
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    field_order = ("kind", "language", "country", "sector")

    def chosen(self, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
        return submissions.filter(**self.narrowed("assessment__factory__"))
