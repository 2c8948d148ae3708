"""Answer workbooks as people edit them in a spreadsheet program."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from assessments.exports.answer_workbook import write_answer_workbook
from assessments.models import Assessment, WorkbookUpload
from assessments.readmodels.workbook_changes import ChangesPage, changes_page
from assessments.services import workbooks
from assessments.sheets import read_answer_workbook
from suppliers.models import User
from tests.support.assessing import someone_of
from tests.support.workbooks import saved


def downloaded(assessment: Assessment, language: str = "en") -> Workbook:
    with translation.override(language):
        return load_workbook(io.BytesIO(write_answer_workbook(assessment)))


def row_of(book: Workbook, key: str) -> tuple[Any, int]:
    for sheet in book.worksheets:
        for (cell,) in sheet.iter_rows(max_col=1):
            if cell.value == key:
                return sheet, cell.row
    raise LookupError(key)


def write(book: Workbook, key: str, value: Any, column: str = "D") -> str:
    """The cell's name, as the portal would name it."""
    sheet, row = row_of(book, key)
    sheet[f"{column}{row}"].value = value
    return f"{sheet.title}!{column}{row}"


def staged(assessment: Assessment, book: Workbook, by: User | None = None) -> WorkbookUpload:
    upload = read_answer_workbook("answers.xlsx", saved(book))
    return workbooks.stage(assessment=assessment, upload=upload, by=by or someone_of(assessment))


def differences(assessment: Assessment, book: Workbook) -> ChangesPage:
    return changes_page(staged(assessment, book), assessment)


def as_file(book: Workbook) -> SimpleUploadedFile:
    return SimpleUploadedFile("answers.xlsx", saved(book))
