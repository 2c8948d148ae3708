from django import forms
from django.utils.translation import gettext_lazy as _

from suppliers.labels import Language


class ScorecardForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=Language)
