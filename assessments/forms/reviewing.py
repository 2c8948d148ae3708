from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.labels import BandName
from assessments.readmodels.portfolio import SORTS, STATE_LABELS, Filters
from suppliers.labels import Country, Sector


def _any(label: object, choices: object) -> list[tuple[str, object]]:
    return [("", label), *choices]  # type: ignore[misc]


class FilterForm(forms.Form):
    """Filters never fail: what is not a choice counts as all."""

    search = forms.CharField(label=_("Search"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=_any(_("All countries"), Country.choices))
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=_any(_("All sectors"), Sector.choices))
    state = forms.ChoiceField(label=_("State"), required=False, choices=_any(_("All states"), STATE_LABELS.items()))
    band = forms.ChoiceField(label=_("Band"), required=False, choices=_any(_("All bands"), BandName.choices))
    critical = forms.BooleanField(label=_("Critical findings only"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS], widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def filters(self) -> Filters:
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(**chosen)


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("Your remark"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write your remark first.")},
    )
    asks_clarification = forms.BooleanField(label=_("Ask the factory to clarify this answer"), required=False)


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write your message first.")},
    )


class DecisionForm(forms.Form):
    ACCEPT, RETURN = "accept", "return"
    decision = forms.ChoiceField(choices=[(ACCEPT, _("Accept")), (RETURN, _("Return for clarification"))])
    note = forms.CharField(
        label=_("Note to the factory (optional)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SharingForm(forms.Form):
    SHARE, WITHDRAW = "share", "withdraw"
    action = forms.ChoiceField(choices=[(SHARE, _("Share")), (WITHDRAW, _("Withdraw"))])
    brand = forms.SlugField()
