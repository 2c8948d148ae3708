"""Drop-down lists. They stand on a hidden sheet, because a rule itself holds no more than 255 letters."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessments.domain.answer_sheets import LIST_SHEET
from assessments.exports import cells


class Lists:
    """Each list once in the book, and one rule a list and sheet."""

    def __init__(self, book: Workbook, yes_no: Sequence[str]) -> None:
        self.sheet = book.create_sheet(LIST_SHEET)
        self.sheet.sheet_state = "hidden"
        cells.protect(self.sheet)
        self.yes_no = tuple(yes_no)
        self.places: dict[tuple[str, ...], str] = {}
        self.rules: dict[tuple[str, str], DataValidation] = {}

    def offer_yes_no(self, sheet: Worksheet, cell: Cell) -> None:
        self.offer(sheet, cell, self.yes_no)

    def offer(self, sheet: Worksheet, cell: Cell, texts: Sequence[str]) -> None:
        place = self._place(tuple(texts))
        rule = self.rules.get((sheet.title, place))
        if rule is None:
            rule = DataValidation(type="list", formula1=place, allow_blank=True, showErrorMessage=True)
            self.rules[sheet.title, place] = rule
            sheet.add_data_validation(rule)
        rule.add(cell)

    def _place(self, texts: tuple[str, ...]) -> str:
        if texts not in self.places:
            column = get_column_letter(len(self.places) + 1)
            for row, text in enumerate(texts, start=1):
                cells.put(self.sheet, row, len(self.places) + 1, text)
            self.places[texts] = f"'{LIST_SHEET}'!${column}$1:${column}${len(texts)}"
        return self.places[texts]
