from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from assessments.labels import UPLOAD_PROBLEMS
from assessments.sheets import Upload, UploadRefused, read_upload


class WorkbookForm(forms.Form):
    """`cleaned_data["workbook"]` is what was read from the file; what is wrong inside it is not this form's."""

    workbook = forms.FileField(
        label=_("Workbook"),
        help_text=_("An .xlsx or .xls workbook in XLSForm shape, or a ZIP file with its sheets as CSV."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.zip"}),
        allow_empty_file=True,
    )

    def clean_workbook(self) -> Upload:
        sent: UploadedFile = self.cleaned_data["workbook"]
        try:
            return read_upload(sent.name or "", sent.read())
        except UploadRefused as refused:
            raise forms.ValidationError(UPLOAD_PROBLEMS[refused.code]) from None
