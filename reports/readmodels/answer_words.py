"""A stored answer in the words of a reader's language."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext

from assessments.domain.answers import Stored, months_filled, rows_filled
from assessments.domain.instrument import Kind, Question
from assessments.labels import unit_name
from suppliers import localization

LONGEST_TEXT = 240


def answer_words(question: Question, answer: Stored, language: str) -> str:
    """Empty for what is not answered. Call it with the language switched on: units and sentences come from gettext."""
    if answer.is_na:
        return gettext("Not applicable")
    if not answer.is_answered:
        return gettext("Not answered")
    return _WORDS[question.kind](question, answer.value, language)


def _choices(question: Question, value: Any, language: str) -> str:
    keys = value if isinstance(value, list) else [value]
    chosen = [question.choice_by_key[key] for key in keys if key in question.choice_by_key]
    return "; ".join(choice.label.in_(language) for choice in chosen)


def _quantity(question: Question, value: Any, language: str) -> str:
    number = localization.number(value, language)
    return f"{number} {unit_name(question.unit)}" if question.unit else number


def _percent(question: Question, value: Any, language: str) -> str:
    return localization.percent(value, language, decimals=1)


def _date(question: Question, value: Any, language: str) -> str:
    return localization.date(dt.date.fromisoformat(value), language)


def _text(question: Question, value: Any, language: str) -> str:
    return Truncator(value).chars(LONGEST_TEXT)


def _months(question: Question, value: Any, language: str) -> str:
    filled = months_filled(value)
    return ngettext("%(months)s month filled in", "%(months)s months filled in", filled) % {
        "months": localization.number(filled, language)
    }


def _table(question: Question, value: Any, language: str) -> str:
    filled = rows_filled(value, question.rows)
    return ngettext("%(rows)s row filled in", "%(rows)s rows filled in", filled) % {
        "rows": localization.number(filled, language)
    }


def _file(question: Question, value: Any, language: str) -> str:
    return gettext("A file")


_WORDS: dict[Kind, Callable[[Question, Any, str], str]] = {
    Kind.YES_NO: _choices,
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.INTEGER: _quantity,
    Kind.DECIMAL: _quantity,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.MONTHLY: _months,
    Kind.TABLE: _table,
    Kind.FILE: _file,
}
