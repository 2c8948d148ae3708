"""Cells as people meet them: locked or to fill in, checked, and never a formula."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessments.domain.answer_sheets import cell_text
from assessments.domain.instrument import Kind

TITLE, BOLD, SOFT = Font(bold=True, size=14, color="0B6170"), Font(bold=True), Font(color="566065", size=9)
INDENTED, LINK, PLAIN = Font(color="1C2326", size=10), Font(color="0B6170", underline="single"), Font()
HEAD, TO_FILL, NOT_TO_FILL = (PatternFill("solid", fgColor=colour) for colour in ("E2EFF1", "FFFFFF", "F4F1EC"))
BOX = Border(*[Side(style="thin", color="8B9296")] * 4)
_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.INTEGER: "0", Kind.DECIMAL: "0.######", Kind.PERCENT: "0.######"}
_MAX_TITLE = 31


def free_title(name: str, taken: set[str]) -> str:
    """What a sheet may be called; Excel takes no more than 31 letters, and the same name only once."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:_MAX_TITLE] or "-"
    lowered, title, number = {title.lower() for title in taken}, plain, 1
    while title.lower() in lowered:
        number += 1
        title = f"{plain[: _MAX_TITLE - 4]} {number}"
    return title


def put(sheet: Worksheet, row: int, column: int, text: str, font: Font = PLAIN, *, wrap: bool = True) -> Cell:
    """A text to read, locked."""
    cell: Cell = sheet.cell(row, column)
    _set(cell, text or None)
    cell.font, cell.alignment = font, Alignment(wrap_text=wrap, vertical="top", indent=1 if font is INDENTED else 0)
    return cell


def _set(cell: Cell, value: Any) -> None:
    if isinstance(value, str):
        text = cell_text(value)
        if not text:
            return
        cell.value = text
        # A text that begins with = is a text, and no program shall take it for a formula.
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    elif value is not None:
        cell.value = value


def place(sheet: Worksheet, row: int, column: int, value: Any, kind: Kind, *, is_open: bool) -> Cell:
    """A cell to fill in, unless it is closed."""
    cell: Cell = sheet.cell(row, column)
    _set(cell, _date(value) if kind is Kind.DATE else value)
    cell.number_format = _FORMATS.get(kind, "@")
    cell.border, cell.fill = BOX, TO_FILL if is_open else NOT_TO_FILL
    cell.protection = Protection(locked=not is_open)
    is_text = cell.number_format == "@"
    cell.alignment = Alignment(wrap_text=is_text, vertical="top", horizontal="left" if is_text else "right")
    return cell


def _date(value: Any) -> Any:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def head(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[int]) -> None:
    """The headings, in sight and on every printed page; the first column holds keys and is hidden."""
    for number, (text, width) in enumerate(zip(headings, widths, strict=True), start=1):
        put(sheet, row, number, text, BOLD).fill = HEAD
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.print_title_rows = f"{row}:{row}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


_CHECKS: dict[Kind, dict[str, Any]] = {
    Kind.INTEGER: {"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0"},
    Kind.DECIMAL: {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0"},
    Kind.PERCENT: {"type": "decimal", "operator": "between", "formula1": "0", "formula2": "100"},
    Kind.DATE: {"type": "date", "operator": "greaterThan", "formula1": "1"},
    Kind.TEXT: {"type": "textLength", "operator": "lessThanOrEqual", "formula1": "4000"},
}


def check(sheet: Worksheet, cell: Cell, kind: Kind) -> None:
    """One rule for all cells of a kind on a sheet."""
    wanted = _CHECKS.get(kind)
    if wanted is None:
        return
    for rule in sheet.data_validations.dataValidation:
        if all(str(getattr(rule, name)) == value for name, value in wanted.items()):
            rule.add(cell)
            return
    rule = DataValidation(allow_blank=True, showErrorMessage=True, **wanted)
    sheet.add_data_validation(rule)
    rule.add(cell)


def protect(sheet: Worksheet) -> None:
    """Against slips, not against people: there is no password. Columns and rows may be made wider."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
