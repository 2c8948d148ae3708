"""Files about many submissions: asked for, made, and dropped after a while."""

import tempfile
import time
import zipfile
from contextlib import ExitStack
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from assessments.models import Campaign, Submission
from reports.domain.exports import KEPT_FOR, ExportKind
from reports.domain.jobs import LEASE
from reports.exports.scores import write_scores
from reports.models import Export, Scorecard
from reports.readmodels.score_table import score_table
from reports.rendering.document import OnProgress
from reports.services import jobs, making
from reports.services.scorecards import scorecard_of
from suppliers.models import Brand, User

# Somebody else makes the same scorecard: about as long as it takes to notice that they died, and to make it anew.
PATIENCE = 3 * LEASE.total_seconds()
LOOK_AGAIN = 0.5
AT_ONCE = 100
# The percentage at which all scorecards are in the ZIP; keeping it takes the rest.
PACKED_AT = 95


class ScorecardMissing(Exception):
    """One of the scorecards could not be made, so there is no complete file."""


@transaction.atomic
def request_export(
    *, kind: str, campaign: Campaign, brand: Brand | None, language: str, submissions: QuerySet[Submission], by: User
) -> Export:
    """The same once more while it is being made is that one: somebody pressed twice."""
    ids = list(submissions.order_by("pk").values_list("pk", flat=True))
    about = {"kind": kind, "campaign": campaign, "brand": brand, "language": language, "requested_by": by}
    # Of two presses at once the second waits here.
    User.objects.select_for_update().get(pk=by.pk)
    same: Export | None = Export.objects.active().filter(**about, submission_ids=ids).first()
    if same is not None:
        return same
    export: Export = Export.objects.create(**about, submission_ids=ids)
    jobs.ring_after_commit(export)
    return export


def make_export(export_id: int) -> bool:
    """True if this call made the file. Called twice for the same row, the second does nothing."""
    return making.make(Export, export_id, _export)


def _export(job: Any, on_progress: OnProgress) -> making.Made:
    chosen = Submission.objects.with_places().filter(pk__in=job.submission_ids)
    # Answers and scores of thousands do not fit into memory together: what a row needs is read with it and let go.
    submissions = chosen.order_by("assessment__factory__code", "pk").defer("answers", "evidence")
    with translation.override(job.language):
        scores = write_scores(score_table(job.campaign, submissions.iterator(chunk_size=AT_ONCE), job.language))
    if job.kind == ExportKind.SCORES:
        return ContentFile(scores), {}
    return _zip(job, list(submissions.defer("score", "factory_facts")), scores, on_progress), {}


def _zip(job: Export, submissions: list[Submission], scores: bytes, on_progress: OnProgress) -> File:
    """On the disk, not in memory: two thousand scorecards are a hundred megabytes."""
    with ExitStack() as opened:
        file = opened.enter_context(tempfile.TemporaryFile())
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(f"scores-{job.language}.xlsx", scores)
            for number, submission in enumerate(submissions, start=1):
                scorecard = _made(submission, job.language)
                with scorecard.file.open("rb") as pdf:
                    archive.writestr(scorecard.filename, pdf.read())
                on_progress(PACKED_AT * number // len(submissions))
        file.seek(0)
        opened.pop_all()  # whoever keeps it closes it
        return File(file)


def _made(submission: Submission, language: str) -> Scorecard:
    """The kept one, or a new one, which is then kept for everybody."""
    scorecard, _ = scorecard_of(submission, language, by=None)
    deadline = time.monotonic() + PATIENCE
    while not scorecard.has_file:
        if not making.make_scorecard(scorecard.pk):
            time.sleep(LOOK_AGAIN)
        scorecard = Scorecard.objects.get(pk=scorecard.pk)
        if not scorecard.has_file and (not scorecard.is_active or time.monotonic() > deadline):
            raise ScorecardMissing(scorecard.pk)
    scorecard.submission = submission
    return scorecard


def drop_old() -> int:
    """How many were dropped, with their files."""
    old = Export.objects.filter(requested_at__lt=timezone.now() - KEPT_FOR)
    dropped = 0
    for export in old:
        name, storage = export.file.name, export.file.storage
        export.delete()
        if name:
            storage.delete(name)
        dropped += 1
    return dropped
