"""Rows that wait to be stored together: a world of thousands is written in a few hundred statements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

from assessments.models import Answer, Assessment, Evidence, Remark, RemarkMessage, Review, Share, Submission
from suppliers.models import User

ROWS = 2000


@dataclass
class Ledger:
    """`changes` and `withdrawals` are stored as second thoughts, so that the history shows both states."""

    assessments: list[Assessment] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    changes: list[tuple[Answer, Any, dt.datetime]] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    withdrawals: list[tuple[Share, User, dt.datetime]] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    messages: list[RemarkMessage] = field(default_factory=list)

    def store(self) -> None:
        Assessment.objects.bulk_create(self.assessments, ROWS)
        copy_in(self.answers)
        copy_in(self.evidence)
        copy_in(self.submissions)
        self._store_changes()
        Share.objects.bulk_create(self.shares, ROWS)
        self._store_withdrawals()
        _create(self.reviews)
        _create(self.remarks)
        copy_in(self.messages)

    def _store_changes(self) -> None:
        for answer, value, at in self.changes:
            stored = Answer.objects.filter(assessment=answer.assessment, question_code=answer.question_code)
            stored.update(value=value, updated_at=at, version=answer.version + 1)

    def _store_withdrawals(self) -> None:
        for share, by, at in self.withdrawals:
            Share.objects.filter(pk=share.pk).update(withdrawn_by=by, withdrawn_at=at)


def copy_in(rows: Sequence[Model]) -> None:
    """PostgreSQL's own way for many rows, which nobody asks for their numbers afterwards. Triggers see each of them."""
    if not rows:
        return
    fields = [field for field in type(rows[0])._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(type(rows[0])._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            row._prepare_related_fields_for_save("bulk_create")
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def _create(rows: Sequence[Review] | Sequence[Remark]) -> None:
    """With their own dates, where the model would write today's."""
    times = [row.created_at for row in rows]
    if rows:
        type(rows[0])._default_manager.bulk_create(rows, ROWS)
    for row, time in zip(rows, times, strict=True):
        type(row)._default_manager.filter(pk=row.pk).update(created_at=time)
