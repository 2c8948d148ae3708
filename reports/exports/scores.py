"""The score table as an .xlsx."""

import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assessments.exports import cells
from reports.readmodels.score_table import ScoreTable

NAME_WIDTH, WIDTH = 34, 16


def write_scores(table: ScoreTable) -> bytes:
    """Headings in the first row, numbers as numbers: made to be sorted and reckoned with."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = cells.free_title(_("Scores"), set())
    for column, head in enumerate(table.heads, start=1):
        cells.put(sheet, 1, column, head, cells.BOLD).fill = cells.HEAD
        sheet.column_dimensions[get_column_letter(column)].width = NAME_WIDTH if column in (2, 3) else WIDTH
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(sheet, number, column, value)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        cells.put(sheet, row, column, value, wrap=False)
    elif value is not None:
        cell: Cell = sheet.cell(row, column, value)
        cell.number_format = _format(value)


def _format(value: Any) -> str:
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    return "0" if isinstance(value, int) else "#,##0.0"
