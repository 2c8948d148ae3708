"""A queue of changes that was made without a connection, applied in order and each by itself."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass, replace

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import prefetch_related_objects

from assessments.models import Answer, Assessment
from assessments.readmodels.saved import Saved
from assessments.services.answering import (
    Entry,
    Locked,
    UnknownQuestion,
    hold,
    must_be_reopened,
    question_in,
    write,
)
from assessments.sheet import reopened_codes
from suppliers.models import User

logger = logging.getLogger(__name__)

Guard = Callable[[], AbstractContextManager[object]]
# What one odd change may raise; it comes to the same when it is sent again.
BREAKS = (DatabaseError, ValueError, TypeError, ArithmeticError, RecursionError)


@dataclass(frozen=True)
class Change:
    """`name`: the id under which the sender keeps it. Without an entry it made no sense."""

    name: str
    code: str
    entry: Entry | None


@dataclass(frozen=True)
class Outcome:
    """`state`: saved, conflict, locked or refused; `saved` where there is something to tell."""

    change: Change
    state: str
    saved: Saved | None = None


def sync(*, assessment: Assessment, changes: list[Change], by: User, language: str) -> list[Outcome]:
    """One change that fails stops no other. The answers are read once, however many changes there are.

    Each behind a savepoint of its own would be two more round trips to the database a change, for what hardly ever
    happens: only where one breaks is everything rolled back and done again like that.
    """
    try:
        outcomes = _apply(assessment, changes, by, language)
    except OperationalError:
        # The database is going away, or two of us waited for each other: all of it comes again.
        raise
    except BREAKS:
        assessment.refresh_from_db(fields=["table_units"])
        outcomes = _apply(assessment, changes, by, language, transaction.atomic)
    # Whom the sender has to choose against.
    theirs = [outcome.saved.answer for outcome in outcomes if outcome.saved and outcome.saved.conflict]
    prefetch_related_objects(theirs, "updated_by")
    return outcomes


@transaction.atomic
def _apply(
    assessment: Assessment, changes: list[Change], by: User, language: str, guard: Guard | None = None
) -> list[Outcome]:
    """With a guard around each, a change that breaks is refused; without one, what it raises goes on."""
    answers = hold(assessment, {change.code for change in changes})
    run = _Run(assessment, by, language, answers, guard)
    # Two queues that meet at several first answers take them in the same order, so that neither waits for the other.
    outcomes = {id(change): run.apply(change) for change in sorted(changes, key=lambda change: change.code)}
    return [outcomes[id(change)] for change in changes]


class _Run:
    def __init__(
        self, assessment: Assessment, by: User, language: str, answers: dict[str, Answer], guard: Guard | None
    ) -> None:
        self.assessment, self.by, self.language, self.guard = assessment, by, language, guard
        self.answers = answers
        self.reopened = reopened_codes(assessment) if assessment.is_editable else frozenset()
        # The version that each question got in this run: what follows in the queue was written on top of it.
        self.reached: dict[str, int] = {}

    def apply(self, change: Change) -> Outcome:
        if change.entry is None:
            return Outcome(change, "refused")
        try:
            with self.guard() if self.guard else nullcontext():
                saved = self._write(change, change.entry)
        except Locked:
            return Outcome(change, "locked")
        except UnknownQuestion:
            return Outcome(change, "refused")
        except OperationalError:
            raise
        except BREAKS:
            if not self.guard:
                raise
            logger.exception("Change %s of %s could not be applied", change.name, change.code)
            return Outcome(change, "refused")
        if saved.conflict:
            return Outcome(change, "conflict", saved)
        self.reached[change.code] = saved.answer.version
        if saved.changed:
            self.answers[change.code] = saved.answer
            # The next change of this question must not alter what is told of this one.
            saved = replace(saved, answer=copy(saved.answer))
        return Outcome(change, "saved", saved)

    def _write(self, change: Change, entry: Entry) -> Saved:
        question = question_in(self.assessment, change.code)
        must_be_reopened(self.reopened, change.code)
        entry = replace(entry, based_on=self.reached.get(change.code, entry.based_on))
        current = self.answers.get(change.code)
        return write(
            assessment=self.assessment, question=question, current=current, entry=entry, by=self.by,
            language=self.language,
        )  # fmt: skip
