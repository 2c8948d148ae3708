"""From XLSForm sheets to an Instrument: every problem found at once, each with its sheet, row and column.

The sheets are lists of rows as read from CSV or a workbook, header first. What of XLSForm is understood, and our own
columns beside it, are described in docs/questionnaire.md. Nothing here touches a file or the database.
"""

from assessments.domain.xlsform.cells import EXPRESSIONS, Reading, SheetProblem
from assessments.domain.xlsform.headings import LANGUAGE_HEADERS
from assessments.domain.xlsform.reading import read
from assessments.domain.xlsform.references import IN_TEXT
from assessments.domain.xlsform.writing import write

__all__ = ["EXPRESSIONS", "IN_TEXT", "LANGUAGE_HEADERS", "Reading", "SheetProblem", "read", "write"]
