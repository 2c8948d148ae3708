"""Sheets as they lie in files: a folder of CSV, a workbook, a ZIP. What their cells mean is domain.xlsform's."""

from assessments.sheets.folder import NAMES, NoSheets, Sheets, read_folder
from assessments.sheets.uploads import Upload, UploadRefused, read_upload

__all__ = ["NAMES", "NoSheets", "Sheets", "Upload", "UploadRefused", "read_folder", "read_upload"]
