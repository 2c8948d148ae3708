"""Saving answers. Whatever was typed is kept; nobody's change is overwritten unseen."""

import uuid
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, transaction
from django.db.models import JSONField
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
    must_be_reopened(reopened_codes(assessment), code)


def must_be_reopened(reopened: frozenset[str] | None, code: str) -> None:
    if reopened is not None and code not in reopened:
        raise Locked


def hold(assessment: Assessment, codes: Collection[str]) -> dict[str, Answer]:
    """Until the transaction ends nobody submits: what is saved is in the snapshot, or refused. Nor does anybody else
    write the answers with these codes, which are given back by their codes.

    Key share: those who save do not wait for each other, and `submit` (FOR UPDATE) waits for all of them. Both in one
    statement, by hand: it is asked for at each answer, and Django would need two and longer to write them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [assessment.pk, list(codes)])
        rows = cursor.fetchall()
    assessment.state, assessment.submission_count, assessment.started_at = rows[0][: len(_HELD)]
    return {answer.question_code: answer for answer in map(_answer, rows) if answer is not None}


def _answer(row: Sequence[Any]) -> Answer | None:
    values = row[len(_HELD) :]
    if values[0] is None:
        return None
    return Answer.from_db(
        DEFAULT_DB_ALIAS,
        [field.attname for field in _ANSWER],
        [
            field.from_db_value(value, field.cached_col, connection) if isinstance(field, JSONField) else value
            for field, value in zip(_ANSWER, values, strict=True)
        ],
    )


_HELD = ("state", "submission_count", "started_at")
_ANSWER = Answer._meta.concrete_fields  # the key first
_HOLD = f"""
    SELECT {", ".join(_HELD)}, locked.* FROM (
        SELECT id, {", ".join(_HELD)} FROM {Assessment._meta.db_table} WHERE id = %s FOR KEY SHARE
    ) held LEFT JOIN LATERAL (
        SELECT {", ".join(str(field.column) for field in _ANSWER)} FROM {Answer._meta.db_table}
        WHERE assessment_id = held.id AND question_code = ANY(%s) ORDER BY question_code FOR UPDATE
    ) locked ON true
"""  # noqa: S608 - names of our own tables and columns


@transaction.atomic
def save_answer(*, assessment: Assessment, code: str, entry: Entry, by: User, language: str) -> Saved:
    """Sent twice, applied once (`change_id`). Raises UnknownQuestion or Locked."""
    question = question_in(assessment, code)
    current = hold(assessment, [code]).get(code)
    must_be_unlocked(assessment, code)
    return write(assessment=assessment, question=question, current=current, entry=entry, by=by, language=language)


def write(
    *, assessment: Assessment, question: Question, current: Answer | None, entry: Entry, by: User, language: str
) -> Saved:
    """Inside a transaction that holds the assessment and `current`, the answer as it is stored now."""
    is_na = entry.is_na and question.allow_na
    given = Given() if is_na else understand(question, entry.sent, language)
    content = {
        "value": given.value,
        "raw": given.raw,
        "is_na": is_na,
        "na_reason": storable(entry.na_reason).strip()[:1000] if is_na else "",
    }
    if current is None:
        inserted = _insert(assessment, question, given, content, entry, by)
        if inserted is not None:
            return inserted
        # Somebody's first answer, or this one sent twice at once, arrived between our look and our insert.
        current = Answer.objects.select_for_update().get(assessment=assessment, question_code=question.code)
    if current.change_id == entry.change_id or all(getattr(current, name) == content[name] for name in content):
        _remember_units(assessment, question, given)
        return Saved(question, current, given, changed=False)
    if current.version != entry.based_on:
        return _stale(question, current, given, content, entry)
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


def _stale(question: Question, current: Answer, given: Given, content: dict[str, Any], entry: Entry) -> Saved:
    """Somebody else wrote since: a conflict, unless there is nothing of ours to lose."""
    events = current.events.order_by("pgh_id")  # type: ignore[attr-defined]
    if applied := events.filter(change_id=entry.change_id).last():
        # Sent again because the reply was lost. The sender goes on from their own version: what they write
        # next is a conflict to choose in.
        answer = copy(current)
        for name in ("version", *content):
            setattr(answer, name, getattr(applied, name))
        return Saved(question, answer, given, changed=False)
    if _left_alone(events, content, entry.based_on):
        return Saved(question, current, given, changed=False)
    return _conflict(question, current, given, content)


def _left_alone(events: Any, content: dict[str, Any], seen_version: int) -> bool:
    """A plain form sends every answer of its page, also those that its writer did not touch."""
    if seen_version == 0:
        return not any(value for name, value in content.items() if name != "value") and content["value"] is None
    seen = events.filter(version=seen_version).last()
    return seen is not None and all(getattr(seen, name) == value for name, value in content.items())


def _insert(
    assessment: Assessment, question: Question, given: Given, content: dict[str, Any], entry: Entry, by: User
) -> Saved | None:
    """None where somebody else was quicker."""
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
        return None
    _remember_units(assessment, question, given)
    if assessment.started_at is None:
        assessment.started_at = timezone.now()
        Assessment.objects.filter(pk=assessment.pk, started_at=None).update(started_at=assessment.started_at)
    return Saved(question, answer, given)


def _conflict(question: Question, theirs: Answer, given: Given, content: dict[str, Any]) -> Saved:
    mine = {"is_na": content["is_na"], "na_reason": content["na_reason"]}
    return Saved(question, theirs, given, conflict=True, **mine)
