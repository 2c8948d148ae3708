from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.models import Campaign, QuestionnaireVersion
from suppliers.forms.places import CountryAndSectorForm
from suppliers.models import Factory

# An alliance may enter what was answered before it had a portal.
YEARS_BACK = 10


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name in all four languages: every invited factory reads it in its own."""

    class Meta:
        model = Campaign
        fields = (
            "code",
            "name_en",
            "name_km",
            "name_th",
            "name_vi",
            "version",
            "reporting_year",
            "opens_on",
            "closes_on",
        )
        labels = {
            "name_en": _("Name in English"),
            "name_km": _("Name in Khmer"),
            "name_th": _("Name in Thai"),
            "name_vi": _("Name in Vietnamese"),
            "version": _("Questionnaire"),
        }
        help_texts = {
            "code": _("Small letters, digits and hyphens. It appears in addresses and stays the same for ever.")
        }
        widgets = {
            "opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        published = QuestionnaireVersion.objects.published().select_related("questionnaire")
        self.fields["version"].queryset = published  # type: ignore[attr-defined]
        self.fields["code"].error_messages["invalid"] = self.Meta.help_texts["code"]
        year = timezone.localdate().year
        self.fields["reporting_year"] = forms.IntegerField(
            label=self.fields["reporting_year"].label,
            min_value=year - YEARS_BACK,
            max_value=year + 1,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
        for name in ("name_en", "name_km", "name_th", "name_vi"):
            self.fields[name].required = True
        if self.instance.pk and self.instance.assessments.exists():
            # Whoever answers already must not find other questions under their answers.
            self.fields["version"].disabled = True
            self.fields["reporting_year"].disabled = True
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or {}
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:  # type: ignore[operator]
            self.add_error("closes_on", _("The closing date lies before the opening date."))
        return cleaned


class InviteForm(CountryAndSectorForm):
    """Which factories: all in scope, or those of one country or sector, or whose name or code is looked for."""

    search = forms.CharField(label=_("Name, code or place"), required=False, max_length=100)
    field_order = ("search", "country", "sector")

    def chosen(self, factories: QuerySet[Factory]) -> QuerySet[Factory]:
        found = factories.search(self.cleaned_data["search"])  # type: ignore[attr-defined]
        return found.filter(**self.narrowed())  # type: ignore[no-any-return]
