"""Answers in the reader's language: keys become labels, numbers and dates are written as the reader writes them."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.domain.answers import MONTHS
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import CHOICE_KINDS, NUMBER_KINDS, SHARE_UNIT, Column, Kind, Question
from assessments.domain.numbers import mean, rounded, total
from assessments.domain.soft_checks import SoftCheck
from assessments.domain.xlsform import IN_TEXT
from assessments.labels import SOFT_CHECKS, unit_name
from suppliers import localization


def reading_language() -> str:
    return (get_language() or "en")[:2]


def number_text(value: float, unit: str, language: str) -> str:
    if unit == "%":
        return localization.percent(value, language, decimals=2)
    figure = localization.number(value, language)
    return f"{figure} {unit_name(unit)}" if unit else figure


def choice_texts(question: Question, value: Any, language: str) -> list[str]:
    keys = value if isinstance(value, list) else [value]
    known = question.choice_by_key
    return [known[key].label.in_(language) if key in known else str(key) for key in keys]


def value_text(question: Question, value: Any, language: str | None = None) -> str:
    """One line; a table is shown by `table_rows` instead, and gives "" here."""
    language = language or reading_language()
    if value is None or question.is_table:
        return ""
    if question.kind in CHOICE_KINDS:
        return " · ".join(choice_texts(question, value, language))
    if question.kind in NUMBER_KINDS:
        return number_text(value, question.unit, language)
    if question.kind is Kind.DATE:
        return localization.date(dt.date.fromisoformat(value), language)
    return str(value)


def with_answers(text: str, sheet: Sheet, language: str) -> str:
    """A text may name another question as ${code}: its answer stands in the place."""

    def shown(match: re.Match[str]) -> str:
        question = sheet.instrument.questions.get(match[1].strip())
        value = sheet.values.get(question.code, "") if question else ""
        if question is None or value == "":
            return "…"
        stored = sheet.answer(question.code).value
        return value_text(question, value if stored is None else stored, language)

    return IN_TEXT.sub(shown, text) if "${" in text else text


Table = dict[str, list[Any]]
# Half a person says enough.
MEAN_PLACES = 1


def row_labels(question: Question, language: str) -> list[str]:
    """Months, or numbers where the rows of the table have no names."""
    if question.kind is Kind.MONTHLY:
        return localization.months(language)[:MONTHS]
    return [localization.number(number, language) for number in range(1, question.rows + 1)]


def column_totals(question: Question, value: Table | None) -> dict[str, float | None]:
    """The sum of each column, or its mean where that is what tells; None where it has no figure, or no numbers."""
    totals: dict[str, float | None] = {}
    for column in question.columns:
        cells = [cell for cell in (value or {}).get(column.key, []) if isinstance(cell, int | float)]
        foot = question.foot_of(column) if cells else ""
        if not foot:
            totals[column.key] = None
        else:
            totals[column.key] = rounded(total(cells)) if foot == "total" else rounded(mean(cells), MEAN_PLACES)
    return totals


def foot_label(question: Question) -> str:
    return _("Average") if question.has_means else _("Total")


def total_texts(question: Question, value: Table | None, language: str) -> dict[str, str]:
    totals = column_totals(question, value)
    return {key: "" if sum_of is None else localization.number(sum_of, language) for key, sum_of in totals.items()}


def table_text(question: Question, value: Table | None, language: str) -> str:
    """One line: what each column with figures comes to, and how many cells the others hold."""
    totals = column_totals(question, value)
    parts = []
    for column in question.columns:
        sum_of = totals[column.key]
        cells = [cell for cell in (value or {}).get(column.key, []) if cell is not None]
        if sum_of is not None:
            parts.append(f"{column.label.in_(language)}: {number_text(sum_of, column.unit, language)}")
        elif cells:
            parts.append(f"{column.label.in_(language)}: {localization.number(len(cells), language)}")
    text = " · ".join(parts)
    return f"{foot_label(question)}: {text}" if text and question.has_means else text


def table_rows(question: Question, value: Table | None, language: str) -> list[dict[str, Any]]:
    """The rows and the total, each with its cells as texts, in the order of the columns in use."""
    used = [column for column in question.columns if column.key in (value or {})]
    rows = [
        {"label": label, "cells": [cell_text(column, (value or {})[column.key][n], language) for column in used]}
        for n, label in enumerate(row_labels(question, language))
    ]
    totals = total_texts(question, value, language)
    foot = {"label": foot_label(question), "cells": [totals[c.key] for c in used], "is_total": True}
    return [*rows, foot] if used else []


def cell_text(column: Column, value: Any, language: str) -> str:
    if value is None:
        return ""
    if column.kind is Kind.DATE:
        return localization.date(dt.date.fromisoformat(value), language, style="short")
    return value if isinstance(value, str) else localization.number(value, language)


def soft_check_text(check: SoftCheck, question: Question, language: str) -> str:
    """What looks unusual, with its figures; in a table after the column's name."""
    column = next((column for column in question.columns if column.key == check.column), None)
    unit = column.unit if column else question.unit
    if check.code == "shares_above_whole":
        unit = SHARE_UNIT
    figures = {name: number_text(figure, unit, language) for name, figure in check.values.items() if name != "row"}
    if check.code in ("far_from_profile", "women_above_workers", "more_than_workers"):
        figures = {name: localization.number(figure, language) for name, figure in check.values.items()}
    if "row" in check.values:
        figures["month"] = row_labels(question, language)[int(check.values["row"])]
    said = str(SOFT_CHECKS[check.code]) % figures
    return f"{column.label.in_(language)}: {said}" if column else said


# Khmer and Thai stand in blocks of their own; these letters no other of our languages has.
_KHMER, _THAI = re.compile("[\u1780-\u17ff]"), re.compile("[\u0e00-\u0e7f]")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def written_in(text: str) -> str:
    """The language that a text's letters tell; "" where plain Latin letters tell nothing."""
    for language, letters in (("km", _KHMER), ("th", _THAI), ("vi", _VIETNAMESE)):
        if letters.search(text):
            return language
    return ""
