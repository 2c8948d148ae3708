"""Sheets as they lie in files: a folder of CSV, a workbook, a ZIP. What their cells mean is domain.xlsform's."""

from assessments.sheets.folder import NAMES, NoSheets, Sheets, read_folder
from assessments.sheets.uploads import Upload, UploadRefused, read_answer_workbook, read_upload
from assessments.sheets.workbook import write_workbook

__all__ = [
    "NAMES",
    "NoSheets",
    "Sheets",
    "Upload",
    "UploadRefused",
    "read_answer_workbook",
    "read_folder",
    "read_upload",
    "write_workbook",
]
