"""Making a scorecard: claim the row, keep the lease while rendering, and keep the file only if the lease held."""

import logging
import uuid

from django.core.files.base import ContentFile
from django.db.models.functions import Now

from reports.domain.jobs import MAX_ATTEMPTS, JobError
from reports.models import Scorecard
from reports.readmodels.scorecard_facts import facts_for
from reports.rendering.scorecard import render_scorecard
from reports.services.heartbeat import Heartbeat

logger = logging.getLogger(__name__)


class LeaseLost(Exception):
    """The row was cancelled, or another worker has taken it over."""


def make_scorecard(scorecard_id: int) -> bool:
    """True if this call made the file. Called twice for the same row, the second does nothing."""
    claim = uuid.uuid4().hex
    if not Scorecard.objects.claim(scorecard_id, claim):
        return False
    scorecard = Scorecard.objects.select_related("submission").get(pk=scorecard_id)
    mine = Scorecard.objects.filter(pk=scorecard_id)
    try:
        with Heartbeat(lambda: mine.beat(claim)):
            pdf = _render(scorecard, claim)
            return _keep(scorecard, claim, pdf)
    except LeaseLost:
        logger.info("Scorecard %s is no longer wanted of this worker", scorecard_id)
    except Exception:
        logger.exception("Scorecard %s could not be rendered", scorecard_id)
        _give_back(scorecard, claim)
    return False


def _render(scorecard: Scorecard, claim: str) -> bytes:
    def on_progress(percent: int) -> None:
        if not Scorecard.objects.filter(pk=scorecard.pk).beat(claim, progress=percent):
            raise LeaseLost

    facts = facts_for(scorecard.submission, scorecard.language)
    return render_scorecard(facts, on_progress)


def _keep(scorecard: Scorecard, claim: str, pdf: bytes) -> bool:
    """Each attempt writes a file of its own, so a late one cannot spoil the one that is kept."""
    name = f"{scorecard.language}-{scorecard.template_version}-{claim}.pdf"
    scorecard.file.save(name, ContentFile(pdf), save=False)
    row = Scorecard.objects.filter(pk=scorecard.pk)
    kept = row.settle(claim, "finish", file=scorecard.file.name, progress=100, finished_at=Now())
    if not kept:
        scorecard.file.delete(save=False)
    return kept


def _give_back(scorecard: Scorecard, claim: str) -> None:
    """For another try, or for good. The sweep rings for it in a while: what broke may have passed by then."""
    row = Scorecard.objects.filter(pk=scorecard.pk)
    if scorecard.attempts < MAX_ATTEMPTS:
        row.settle(claim, "retry", progress=0)
    else:
        row.settle(claim, "fail", error=JobError.RENDERING, finished_at=Now())
