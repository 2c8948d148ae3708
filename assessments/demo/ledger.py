"""Rows that wait to be stored together: a world of thousands is written in a few hundred statements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce

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
        Answer.objects.bulk_create(self.answers, ROWS)
        self._store_changes()
        Evidence.objects.bulk_create(self.evidence, ROWS)
        self._date_evidence()
        Submission.objects.bulk_create(self.submissions, 200)
        Share.objects.bulk_create(self.shares, ROWS)
        self._store_withdrawals()
        _create(self.reviews, "created_at")
        _create(self.remarks, "created_at")
        _create(self.messages, "written_at")

    def _store_changes(self) -> None:
        for answer, value, at in self.changes:
            answer.value, answer.updated_at, answer.version = value, at, answer.version + 1
        Answer.objects.bulk_update([answer for answer, *_ in self.changes], ["value", "updated_at", "version"], ROWS)

    def _store_withdrawals(self) -> None:
        for share, by, at in self.withdrawals:
            share.withdrawn_by, share.withdrawn_at = by, at
        withdrawn = [share for share, *_ in self.withdrawals]
        Share.objects.bulk_update(withdrawn, ["withdrawn_by", "withdrawn_at"], ROWS)

    def _date_evidence(self) -> None:
        of_assessment = Assessment.objects.filter(pk=OuterRef("assessment"))
        day = of_assessment.values_list(Coalesce("submitted_at", "started_at"))
        ours = Evidence.objects.filter(assessment__in=self.assessments)
        ours.update(uploaded_at=Coalesce(Subquery(day), F("uploaded_at")))


def _create(rows: Sequence[Model], dated: str) -> None:
    """With their own dates, where the model would write today's."""
    if not rows:
        return
    times = [getattr(row, dated) for row in rows]
    objects = type(rows[0])._default_manager
    objects.bulk_create(rows, ROWS)
    for row, time in zip(rows, times, strict=True):
        setattr(row, dated, time)
    objects.bulk_update(rows, [dated], ROWS)
