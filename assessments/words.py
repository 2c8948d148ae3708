"""Answers in the reader's language: keys become labels, numbers and dates are written as the reader writes them."""

import datetime as dt
import re
from typing import Any

from django.utils.translation import get_language

from assessments.domain.answers import MONTHS
from assessments.domain.instrument import CHOICE_KINDS, NUMBER_KINDS, Kind, Question
from assessments.labels import unit_name
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
    """One line; a monthly table is shown by `table_rows` instead, and gives "" here."""
    language = language or reading_language()
    if value is None or question.kind is Kind.MONTHLY:
        return ""
    if question.kind in CHOICE_KINDS:
        return " · ".join(choice_texts(question, value, language))
    if question.kind in NUMBER_KINDS:
        return number_text(value, question.unit, language)
    if question.kind is Kind.DATE:
        return localization.date(dt.date.fromisoformat(value), language)
    return str(value)


def column_totals(question: Question, value: dict[str, list[float | None]] | None) -> dict[str, float | None]:
    """The year's sum of each column; None where no month has a figure."""
    totals: dict[str, float | None] = {}
    for column in question.columns:
        cells = [cell for cell in (value or {}).get(column.key, []) if cell is not None]
        totals[column.key] = round(sum(cells), 6) if cells else None
    return totals


def total_texts(question: Question, value: dict[str, list[float | None]] | None, language: str) -> dict[str, str]:
    return {key: _cell(total, language) for key, total in column_totals(question, value).items()}


def table_text(question: Question, value: dict[str, list[float | None]] | None, language: str) -> str:
    """One line: the year's total of each column that has figures."""
    totals = column_totals(question, value)
    return " · ".join(
        f"{column.label.in_(language)}: {number_text(total, column.unit, language)}"
        for column in question.columns
        if (total := totals[column.key]) is not None
    )


def table_rows(question: Question, value: dict[str, list[float | None]] | None, language: str) -> list[dict[str, Any]]:
    """Twelve months and the total, each with its cells as texts, in the order of the columns in use."""
    used = [column for column in question.columns if column.key in (value or {})]
    rows = [
        {"label": month, "cells": [_cell((value or {})[column.key][n], language) for column in used]}
        for n, month in enumerate(localization.months(language)[:MONTHS])
    ]
    totals = column_totals(question, value)
    total = [_cell(totals[column.key], language) for column in used]
    return [*rows, {"label": "", "cells": total, "is_total": True}] if used else []


def _cell(value: float | None, language: str) -> str:
    return "" if value is None else localization.number(value, language)


# Khmer and Thai stand in blocks of their own; these letters no other of our languages has.
_KHMER, _THAI = re.compile("[\u1780-\u17ff]"), re.compile("[\u0e00-\u0e7f]")
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def written_in(text: str) -> str:
    """The language that a text's letters tell; "" where plain Latin letters tell nothing."""
    for language, letters in (("km", _KHMER), ("th", _THAI), ("vi", _VIETNAMESE)):
        if letters.search(text):
            return language
    return ""
