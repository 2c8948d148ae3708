"""Making a PDF: claim the row, keep the lease while rendering, and keep the file only if the lease held."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile, File
from django.db.models.functions import Now

from reports.domain.jobs import MAX_ATTEMPTS, JobError
from reports.models import Job, Print, Scorecard
from reports.readmodels.print_facts import print_facts
from reports.readmodels.scorecard_facts import facts_for
from reports.rendering.document import OnProgress
from reports.rendering.questionnaire import render_questionnaire
from reports.rendering.scorecard import render_scorecard
from reports.services.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

# Seconds: a page that shows the progress asks no more often, and a short job is over before it could.
TELL_EVERY = 0.25

# The file, and what else the row shall say once it is kept.
Made = tuple[File, dict[str, Any]]


class LeaseLost(Exception):
    """The row was cancelled, or another worker has taken it over."""


def make_scorecard(scorecard_id: int) -> bool:
    """True if this call made the file. Called twice for the same row, the second does nothing."""
    return make(Scorecard, scorecard_id, _scorecard)


def make_print(print_id: int) -> bool:
    return make(Print, print_id, _print)


def _scorecard(job: Any, on_progress: OnProgress) -> Made:
    return ContentFile(render_scorecard(facts_for(job.submission, job.language), on_progress)), {}


def _print(job: Any, on_progress: OnProgress) -> Made:
    facts = print_facts(job)
    return ContentFile(render_questionnaire(facts, on_progress)), {"content": facts.content}


def make(kind: type[Job], job_id: int, render: Callable[[Any, OnProgress], Made]) -> bool:
    claim = uuid.uuid4().hex
    if not kind.objects.claim(job_id, claim):
        return False
    job = kind.objects.with_what_it_is_about().get(pk=job_id)
    mine = kind.objects.filter(pk=job_id)
    told_at = time.monotonic()

    def on_progress(percent: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at < TELL_EVERY:
            return
        if not mine.beat(claim, progress=percent):
            raise LeaseLost
        told_at = time.monotonic()

    try:
        with Heartbeat(lambda: mine.beat(claim)):
            file, changes = render(job, on_progress)
            with file:
                return _keep(job, claim, file, changes)
    except LeaseLost:
        logger.info("%s %s is no longer wanted of this worker", kind.__name__, job_id)
    except Exception:
        logger.exception("%s %s could not be rendered", kind.__name__, job_id)
        _give_back(job, claim)
    return False


def _keep(job: Job, claim: str, file: File, changes: dict[str, Any]) -> bool:
    """Each attempt writes a file of its own, so a late one cannot spoil the one that is kept."""
    job.file.save(f"{job.stem}-{claim}{job.suffix}", file, save=False)
    row = type(job).objects.filter(pk=job.pk)
    kept: bool = row.settle(claim, "finish", file=job.file.name, progress=100, finished_at=Now(), **changes)
    if not kept:
        job.file.delete(save=False)
    return kept


def _give_back(job: Job, claim: str) -> None:
    """For another try, or for good. The sweep rings for it in a while: what broke may have passed by then."""
    row = type(job).objects.filter(pk=job.pk)
    if job.attempts < MAX_ATTEMPTS:
        row.settle(claim, "retry", progress=0)
    else:
        row.settle(claim, "fail", error=JobError.RENDERING, finished_at=Now())
