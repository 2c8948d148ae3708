"""An answer in one line of the reader's language: for conflicts, for reading, for the history."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.domain.instrument import Question
from assessments.models import Answer
from assessments.readmodels.saved import Saved
from assessments.words import table_text, value_text


def answer_text(question: Question, answer: Answer, language: str) -> str:
    if answer.is_na:
        return na_text(answer.na_reason)
    return _in_words(question, answer.value, answer.raw, language)


def mine_text(saved: Saved, language: str) -> str:
    if saved.is_na:
        return na_text(saved.na_reason)
    return _in_words(saved.question, saved.given.value, saved.given.raw, language)


def na_text(reason: str) -> str:
    label = _("Does not apply")
    return f"{label}: {reason}" if reason else label


def _in_words(question: Question, value: Any, raw: Any, language: str) -> str:
    """What was typed, where not all of it was understood; a table as the year's totals."""
    if question.is_table:
        return table_text(question, value, language)
    if raw is not None:
        return " ".join(map(str, raw)) if isinstance(raw, list) else str(raw)
    return value_text(question, value, language)
