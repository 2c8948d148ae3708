"""Sheets as an .xlsx workbook that people edit: headings stay in sight, long texts are folded."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessments.sheets.folder import Sheets

HEAD = PatternFill("solid", fgColor="E2EFF1")
WIDE, NARROW = 40, 14


def write_workbook(sheets: Sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        _fill(book.create_sheet(name), table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, table: list[list[str]]) -> None:
    for number, row in enumerate(table, start=1):
        for column, text in enumerate(row, start=1):
            if text == "":
                continue
            cell = sheet.cell(number, column)
            cell.value = text
            # A text that begins with = is a text, and no program shall take it for a formula.
            cell.data_type = "s"
            cell.quotePrefix = text[0] in "=+-@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, heading in enumerate(table[0] if table else [], start=1):
        head = sheet.cell(1, column)
        head.font, head.fill = Font(bold=True), HEAD
        sheet.column_dimensions[get_column_letter(column)].width = WIDE if "::" in heading else NARROW
    sheet.freeze_panes = "C2" if sheet.title == "survey" else "A2"
