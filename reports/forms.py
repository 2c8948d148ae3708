from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.models import Submission
from reports.labels import ExportKindName, PrintKindName
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


class ExportForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=ExportKindName)
    language = forms.ChoiceField(label=_("Language"), choices=Language)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=[("", _("All countries")), *Country.choices]
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])

    def chosen(self, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
        places = {name: self.cleaned_data[name] for name in ("country", "sector") if self.cleaned_data[name]}
        return submissions.filter(**{f"assessment__factory__{name}": value for name, value in places.items()})
