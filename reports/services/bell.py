"""Telling a worker that a job waits. A bell that nobody hears costs only time: the row stays, the sweep rings again."""

import logging

from celery import current_app
from django.db.models.functions import Now
from kombu.exceptions import KombuError

from reports.models import Export, Job, Print, Scorecard

logger = logging.getLogger(__name__)

# By name: a task calls services, so no service can import a task.
RENDER_TASK = "reports.tasks.render_scorecard"
TASKS: dict[type[Job], str] = {
    Scorecard: RENDER_TASK,
    Print: "reports.tasks.render_print",
    Export: "reports.tasks.build_export",
}


def ring(kind: type[Job], job_id: int) -> bool:
    """False when the queue could not be reached."""
    try:
        current_app.send_task(TASKS[kind], args=[job_id])
    except (KombuError, OSError) as error:
        logger.warning("No worker could be told about %s %s: %s", kind.__name__, job_id, error)
        return False
    kind.objects.filter(pk=job_id).update(rung_at=Now())
    return True
