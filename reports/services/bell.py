"""Telling a worker that a job waits. A bell that nobody hears costs only time: the row stays, the sweep rings again."""

import logging

from celery import current_app
from django.db.models.functions import Now
from kombu.exceptions import KombuError

from reports.models import Scorecard

logger = logging.getLogger(__name__)

# By name: a task calls services, so no service can import a task.
RENDER_TASK = "reports.tasks.render_scorecard"


def ring(scorecard_id: int) -> bool:
    """False when the queue could not be reached."""
    try:
        current_app.send_task(RENDER_TASK, args=[scorecard_id])
    except (KombuError, OSError) as error:
        logger.warning("No worker could be told about scorecard %s: %s", scorecard_id, error)
        return False
    Scorecard.objects.filter(pk=scorecard_id).update(rung_at=Now())
    return True
