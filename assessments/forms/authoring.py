from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.workbooks import read_sent
from assessments.labels import UPLOAD_PROBLEMS
from assessments.sheets import Upload, read_upload
from suppliers.labels import Country, Language, Sector


class PreviewForm(forms.Form):
    """As whom the preview is read. What is not a choice counts as the first."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=Country.choices, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices, required=False)

    def chosen(self, language: str) -> dict[str, str]:
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {"language": language, "country": Country.values[0], "sector": Sector.values[0]} | given


class WorkbookForm(forms.Form):
    """`cleaned_data["workbook"]` is what was read from the file; what is wrong inside it is not this form's."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("An .xlsx or .xls workbook in XLSForm shape, or a ZIP file with its sheets as CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.zip"}),
        allow_empty_file=True,
    )

    def clean_workbook(self) -> Upload:
        return read_sent(self.cleaned_data["workbook"], read_upload, UPLOAD_PROBLEMS)
