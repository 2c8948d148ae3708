"""Saving answers. Whatever was typed is kept; nobody's change is overwritten unseen."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.domain.answers import Given, storable, understand
from assessments.domain.instrument import Question
from assessments.models import Answer, Assessment
from assessments.readmodels.saved import Saved
from assessments.sheet import reopened_codes
from suppliers.models import User


class UnknownQuestion(Exception):
    """The questionnaire of this campaign has no such question."""


class Locked(Exception):
    """This answer cannot change now: the assessment is submitted, or the question was not re-opened."""


@dataclass(frozen=True)
class Entry:
    """What was sent for one question. `based_on` is the version that the writer saw; 0: no answer yet."""

    sent: Any = None
    is_na: bool = False
    na_reason: str = ""
    based_on: int = 0
    change_id: uuid.UUID = field(default_factory=uuid.uuid4)


def question_in(assessment: Assessment, code: str) -> Question:
    question = instrument_of(assessment.campaign.version_id).questions.get(code)
    if question is None:
        raise UnknownQuestion(code)
    return question


def must_be_unlocked(assessment: Assessment, code: str) -> None:
    if not assessment.is_editable:
        raise Locked
    reopened = reopened_codes(assessment)
    if reopened is not None and code not in reopened:
        raise Locked


@transaction.atomic
def save_answer(*, assessment: Assessment, code: str, entry: Entry, by: User, language: str) -> Saved:
    """Sent twice, applied once (`change_id`). Raises UnknownQuestion or Locked."""
    question = question_in(assessment, code)
    must_be_unlocked(assessment, code)
    is_na = entry.is_na and question.allow_na
    given = Given() if is_na else understand(question, entry.sent, language)
    content = {
        "value": given.value,
        "raw": given.raw,
        "is_na": is_na,
        "na_reason": storable(entry.na_reason).strip()[:1000] if is_na else "",
    }
    current = Answer.objects.select_for_update().filter(assessment=assessment, question_code=code).first()
    if current is None:
        return _insert(assessment, question, given, content, entry, by)
    if all(getattr(current, name) == value for name, value in content.items()):
        _remember_units(assessment, question, given)
        return Saved(question, current, given, changed=False)
    if current.version != entry.based_on and current.change_id != entry.change_id:
        if _left_alone(current, content, entry.based_on):
            return Saved(question, current, given, changed=False)
        return _conflict(question, current, given, content)
    if current.change_id == entry.change_id:
        return Saved(question, current, given, changed=False)
    for name, value in content.items():
        setattr(current, name, value)
    current.version += 1
    current.change_id, current.updated_by, current.updated_at = entry.change_id, by, timezone.now()
    current.save()
    _remember_units(assessment, question, given)
    return Saved(question, current, given)


def _remember_units(assessment: Assessment, question: Question, given: Given) -> None:
    """So that the page shows what was typed. Nothing is decided by them: each answer comes with its own."""
    if not question.is_table or assessment.table_units.get(question.code, {}) == given.units:
        return
    row = Assessment.objects.select_for_update(no_key=True).only("table_units").get(pk=assessment.pk)
    others = {code: units for code, units in row.table_units.items() if code != question.code}
    units = others | ({question.code: dict(given.units)} if given.units else {})
    Assessment.objects.filter(pk=assessment.pk).update(table_units=units)
    assessment.table_units = units


def _left_alone(current: Answer, content: dict[str, Any], seen_version: int) -> bool:
    """A plain form sends every answer of its page, also those that its writer did not touch."""
    if seen_version == 0:
        return not any(value for name, value in content.items() if name != "value") and content["value"] is None
    seen = current.events.filter(version=seen_version).order_by("pgh_id").last()  # type: ignore[attr-defined]
    return seen is not None and all(getattr(seen, name) == value for name, value in content.items())


def _insert(
    assessment: Assessment, question: Question, given: Given, content: dict[str, Any], entry: Entry, by: User
) -> Saved:
    answer = Answer(
        assessment=assessment,
        question_code=question.code,
        change_id=entry.change_id,
        updated_by=by,
        updated_at=timezone.now(),
        **content,
    )
    if given.is_empty and not content["is_na"]:
        answer.version = 0
        return Saved(question, answer, given, changed=False)
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        # A colleague's first answer to the same question arrived between our look and our insert.
        other = Answer.objects.get(assessment=assessment, question_code=question.code)
        return _conflict(question, other, given, content)
    _remember_units(assessment, question, given)
    if assessment.started_at is None:
        Assessment.objects.filter(pk=assessment.pk, started_at=None).update(started_at=timezone.now())
    return Saved(question, answer, given)


def _conflict(question: Question, theirs: Answer, given: Given, content: dict[str, Any]) -> Saved:
    mine = {"is_na": content["is_na"], "na_reason": content["na_reason"]}
    return Saved(question, theirs, given, conflict=True, **mine)
