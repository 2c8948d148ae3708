from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.labels import UPLOAD_PROBLEMS, WORKBOOK_REFUSALS
from assessments.readmodels.workbook_changes import ChangesPage
from assessments.sheets import Upload, UploadRefused, read_answer_workbook


def read_sent(sent: UploadedFile, reader: Callable[[str, bytes], Upload], refusals: Mapping[str, Any]) -> Upload:
    """`refusals`: what is said of a file that the reader refuses, by the refusal's code."""
    try:
        return reader(sent.name or "", sent.read())
    except UploadRefused as refused:
        raise forms.ValidationError(refusals[refused.code]) from None


class AnswerWorkbookForm(forms.Form):
    """`cleaned_data["workbook"]` is what was read from the file."""

    workbook = forms.FileField(
        label=_("Workbook with your answers"),
        help_text=_("The .xlsx file that you downloaded here."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )

    def clean_workbook(self) -> Upload:
        return read_sent(self.cleaned_data["workbook"], read_answer_workbook, UPLOAD_PROBLEMS | WORKBOOK_REFUSALS)


def chosen(posted: QueryDict, page: ChangesPage) -> tuple[list[str], dict[str, int]]:
    """The codes to take over, and for conflicts which version of the portal's answer was seen.

    “All” means all that are no conflict: of two different answers somebody must choose one.
    """
    wanted = set(posted.getlist("take"))
    codes = [change.code for change in page.changes if "all" in posted or change.code in wanted]
    against = [change.code for change in page.conflicts if posted.get(f"{change.code}.choose") == "workbook"]
    return [*codes, *against], _versions(posted, against)


def _versions(posted: QueryDict, codes: Iterable[str]) -> dict[str, int]:
    """No version is as early as -1: without one the conflict stays."""
    texts = {code: posted.get(f"{code}.version", "") for code in codes}
    return {code: int(text) if text.isdecimal() and len(text) < 10 else -1 for code, text in texts.items()}
