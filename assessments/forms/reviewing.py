from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.long_text import LongText
from assessments.labels import BandName
from assessments.readmodels.factory_table import NOT_SHARED, STATE_LABELS
from assessments.readmodels.portfolio import Filters
from suppliers.labels import Country, Sector

SORTS = [
    ("name", _("Name, A–Z")),
    ("-name", _("Name, Z–A")),
    ("-overall", _("Highest score first")),
    ("overall", _("Lowest score first")),
    ("-critical", _("Most critical findings first")),
    ("critical", _("Fewest critical findings first")),
    ("-submitted", _("Newest submission first")),
    ("submitted", _("Oldest submission first")),
]


def _any(label: object, choices: object) -> list[tuple[str, object]]:
    return [("", label), *choices]  # type: ignore[misc]


class FilterForm(forms.Form):
    """Filters never fail: what is not a choice counts as all."""

    campaign = forms.SlugField(required=False, widget=forms.HiddenInput)
    search = forms.CharField(label=_("Search"), required=False, max_length=100)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=_any(_("All countries"), Country.choices))
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=_any(_("All sectors"), Sector.choices))
    state = forms.ChoiceField(label=_("State"), required=False, choices=_any(_("All states"), STATE_LABELS.items()))
    band = forms.ChoiceField(label=_("Band"), required=False, choices=_any(_("All bands"), BandName.choices))
    critical = forms.BooleanField(label=_("Critical findings only"), required=False)
    to_review = forms.BooleanField(label=_("To be reviewed only"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    page = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def choosing(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.widget_type != "checkbox"]

    def narrowing(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.widget_type == "checkbox"]

    def filters(self) -> Filters:
        self.is_valid()
        self.errors.clear()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Filters(**chosen)


class ProgramFilterForm(FilterForm):
    """The program needs no share, and each party reviews for itself."""

    to_review = None  # type: ignore[assignment]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        states = self.fields["state"].choices  # type: ignore[attr-defined]
        self.fields["state"].choices = [(k, label) for k, label in states if k != NOT_SHARED]  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    text = LongText(
        label=_("Your remark"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please write your remark first.")},
    )
    asks_clarification = forms.BooleanField(label=_("Ask the factory to clarify this answer"), required=False)


class ReplyForm(forms.Form):
    text = LongText(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please write your message first.")},
    )


class DecisionForm(forms.Form):
    ACCEPT, RETURN = "accept", "return"
    decision = forms.ChoiceField(choices=[(ACCEPT, _("Accept")), (RETURN, _("Return for clarification"))])
    note = LongText(
        label=_("Note to the factory"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SharingForm(forms.Form):
    SHARE, WITHDRAW = "share", "withdraw"
    action = forms.ChoiceField(choices=[(SHARE, _("Share")), (WITHDRAW, _("Withdraw"))])
    brand = forms.SlugField()
