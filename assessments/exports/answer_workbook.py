"""An assessment as a workbook that people fill in with Excel or LibreOffice, and upload again."""

import io
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.domain import answer_sheets as layout
from assessments.domain.instrument import Kind, Question, Section
from assessments.exports import cells
from assessments.exports.lists import Lists
from assessments.labels import unit_name
from assessments.models import Answer, Assessment
from assessments.readmodels.skip_words import skip_words
from assessments.sheet import reopened_codes, sheet_of
from assessments.words import reading_language, row_labels

WIDTHS = (4, 9, 52, 34, 10, 15, 30, 60)


def write_answer_workbook(assessment: Assessment) -> bytes:
    return _Book(assessment).saved()


class _Book:
    def __init__(self, assessment: Assessment) -> None:
        self.assessment, self.language = assessment, reading_language()
        self.sheet = sheet_of(assessment)
        self.instrument = self.sheet.instrument
        self.answers = {answer.question_code: answer for answer in assessment.answers.all()}
        reopened = reopened_codes(assessment)
        self.open_codes = frozenset() if not assessment.is_editable else reopened
        self.book = Workbook()
        self.lists = Lists(self.book, [_("Yes"), _("No")])
        self.titles: set[str] = {layout.PORTAL_SHEET, layout.LIST_SHEET}

    def saved(self) -> bytes:
        self._instructions()
        asked = []
        for section in self.instrument.sections:
            questions = [q for q in section.questions if q.kind is not Kind.CALCULATED and self._is_for_us(q)]
            if any(question.is_asked_for for question in questions):
                self._section(section, questions)
                asked += [question.code for question in questions if question.is_asked_for]
        self._portal(asked)
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()

    def _is_for_us(self, question: Question) -> bool:
        return not question.sectors or self.sheet.sector in question.sectors

    def _is_open(self, code: str) -> bool:
        return self.open_codes is None or code in self.open_codes

    def _add(self, name: str) -> Worksheet:
        title = cells.free_title(name, self.titles)
        self.titles.add(title)
        return self.book.create_sheet(title)

    def _instructions(self) -> None:
        sheet: Any = self.book.active
        sheet.title = cells.free_title(_("How to fill in"), self.titles)
        self.titles.add(sheet.title)
        sheet.column_dimensions["A"].width = 90
        cells.put(sheet, 1, 1, str(self.assessment.factory), cells.TITLE)
        cells.put(sheet, 2, 1, str(self.assessment.campaign))
        lines = [
            _("Each section of the questionnaire has a sheet of its own; tables have theirs."),
            _("Write in the white cells only. The other cells are locked, so that the portal can read the file again."),
            _("Choices: click the cell and choose from the list. Several choices: Yes or No beside each."),
            _("Write numbers without units. For 45 percent write 45."),
            _("Do not use formulas: they are not read. Put the result in the cell."),
            _("Where a question does not apply, choose Yes in that column and give the reason."),
            _("Documents are added in the portal."),
            _("Save the file as .xlsx and upload it in the portal. You will see every change before it is taken over."),
        ]
        for number, line in enumerate(lines, start=4):
            cells.put(sheet, number, 1, line)
        cells.protect(sheet)

    def _section(self, section: Section, questions: list[Question]) -> None:
        sheet = self._add(section.code)
        cells.put(
            sheet, 1, layout.CODE + 1, f"{section.code} {section.title.in_(self.language)}", cells.TITLE, wrap=False
        )
        headings = [
            "", _("Code"), _("Question"), _("Answer"), _("Unit"), _("Does not apply"), _("Reason"), _("Help"),
        ]  # fmt: skip
        cells.head(sheet, 2, headings, WIDTHS)
        sheet.freeze_panes = "D3"
        row = 3
        for question in questions:
            row = self._question(sheet, row, question)
        cells.protect(sheet)

    def _question(self, sheet: Worksheet, row: int, question: Question) -> int:
        """Returns the row after it."""
        cells.put(sheet, row, layout.LABEL + 1, question.label.in_(self.language), cells.BOLD)
        if not question.is_asked_for:
            return row + 1
        cells.put(sheet, row, layout.KEY + 1, question.code)
        cells.put(sheet, row, layout.CODE + 1, question.code)
        cells.put(sheet, row, layout.UNIT + 1, "%" if question.kind is Kind.PERCENT else unit_name(question.unit))
        cells.put(sheet, row, layout.HINT + 1, self._help(question), cells.SOFT)
        self._not_applicable(sheet, row, question)
        if question.kind is Kind.MULTIPLE:
            return self._choices(sheet, row + 1, question)
        if question.is_table:
            self._table(sheet, row, question)
        elif question.kind is not Kind.FILE:
            self._input(sheet, row, question)
        else:
            cells.put(sheet, row, layout.ANSWER + 1, _("Please add the file in the portal."), cells.SOFT)
        return row + 1

    def _help(self, question: Question) -> str:
        skip = skip_words(question.relevant, self.instrument, self.language)
        parts = [skip, question.hint.in_(self.language), question.evidence_note.in_(self.language)]
        if not question.required:
            parts.append(_("optional"))
        return "\n".join(part for part in parts if part)

    def _input(self, sheet: Worksheet, row: int, question: Question) -> None:
        answer = self.answers.get(question.code)
        value = None if answer is None else answer.raw if answer.value is None else answer.value
        if question.choices and value in question.choice_by_key:
            value = self._label(question, value)
        cell = cells.place(sheet, row, layout.ANSWER + 1, value, question.kind, is_open=self._is_open(question.code))
        if question.choices:
            self.lists.offer(sheet, cell, [self._label(question, choice.key) for choice in question.choices])
        else:
            cells.check(sheet, cell, question.kind)

    def _label(self, question: Question, key: str) -> str:
        """With the key beside it where two choices are called the same."""
        labels = [choice.label.in_(self.language) for choice in question.choices]
        label = question.choice_by_key[key].label.in_(self.language)
        return label if labels.count(label) == 1 else f"{label} ({key})"

    def _choices(self, sheet: Worksheet, row: int, question: Question) -> int:
        answer = self.answers.get(question.code)
        chosen = (answer.value or []) if answer else []
        for choice in question.choices:
            cells.put(sheet, row, layout.KEY + 1, layout.choice_key(question.code, choice.key))
            cells.put(sheet, row, layout.LABEL + 1, choice.label.in_(self.language), cells.INDENTED)
            value = _("Yes") if choice.key in chosen else None
            cell = cells.place(sheet, row, layout.ANSWER + 1, value, Kind.TEXT, is_open=self._is_open(question.code))
            self.lists.offer_yes_no(sheet, cell)
            row += 1
        return row

    def _not_applicable(self, sheet: Worksheet, row: int, question: Question) -> None:
        if not question.allow_na:
            return
        answer, is_open = self.answers.get(question.code), self._is_open(question.code)
        is_na = bool(answer and answer.is_na)
        cell = cells.place(sheet, row, layout.NA + 1, _("Yes") if is_na else None, Kind.TEXT, is_open=is_open)
        self.lists.offer_yes_no(sheet, cell)
        reason = answer.na_reason if answer and is_na else None
        cells.place(sheet, row, layout.REASON + 1, reason, Kind.TEXT, is_open=is_open)

    def _table(self, section: Worksheet, row: int, question: Question) -> None:
        sheet = self._add(question.code)
        link = cells.put(
            section, row, layout.ANSWER + 1, _("See the sheet “%(name)s”.") % {"name": sheet.title}, cells.LINK
        )
        link.hyperlink = f"#'{sheet.title}'!A1"
        cells.put(sheet, 1, 1, layout.TABLE_MARK + question.code)
        cells.put(sheet, 2, 2, f"{question.code} {question.label.in_(self.language)}", cells.BOLD, wrap=False)
        labels = [
            layout.column_heading(column.label.in_(self.language), unit_name(column.unit))
            for column in question.columns
        ]
        first = _("Month") if question.kind is Kind.MONTHLY else _("Row")
        cells.head(sheet, layout.TABLE_FIRST_ROW, ["", first, *labels], (4, 16, *[18] * len(labels)))
        sheet.freeze_panes = sheet.cell(layout.TABLE_FIRST_ROW + 1, layout.TABLE_FIRST_COLUMN + 1)
        for n, label in enumerate(row_labels(question, self.language)):
            cells.put(sheet, layout.TABLE_FIRST_ROW + 1 + n, 1, str(n))
            cells.put(sheet, layout.TABLE_FIRST_ROW + 1 + n, 2, label)
        self._table_inputs(sheet, question, self.answers.get(question.code))
        sheet.row_dimensions[1].hidden = True
        cells.protect(sheet)

    def _table_inputs(self, sheet: Worksheet, question: Question, answer: Answer | None) -> None:
        values = layout.table_cells(question, answer and answer.value, answer and answer.raw)
        for i, column in enumerate(question.columns, start=layout.TABLE_FIRST_COLUMN + 1):
            cells.put(sheet, 1, i, column.key)
            for n, value in enumerate(values[column.key], start=layout.TABLE_FIRST_ROW + 1):
                cell = cells.place(sheet, n, i, value, column.kind, is_open=self._is_open(question.code))
                cells.check(sheet, cell, column.kind)

    def _portal(self, asked: list[str]) -> None:
        sheet = self.book.create_sheet(layout.PORTAL_SHEET)
        rows = [
            ["format", layout.FORMAT],
            ["assessment", self.assessment.code],
            ["questionnaire", self.instrument.code],
            ["version", self.instrument.version],
            ["language", self.language],
        ]
        versions = {code: answer.version for code, answer in self.answers.items()}
        rows += [["answer", code, str(versions.get(code, 0))] for code in asked]
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                cells.put(sheet, number, column, text)
        sheet.sheet_state = "hidden"
        cells.protect(sheet)
