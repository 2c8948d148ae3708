"""The words shown for the keys that the database stores."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from reports.domain.exports import ExportKind
from reports.domain.jobs import JobError, JobState
from reports.domain.prints import PrintKind


class JobStateName(TextChoices):
    QUEUED = JobState.QUEUED.value, _("Waiting")
    RUNNING = JobState.RUNNING.value, _("Being made")
    DONE = JobState.DONE.value, _("Ready")
    FAILED = JobState.FAILED.value, _("Failed")
    CANCELLED = JobState.CANCELLED.value, _("Cancelled")


class JobErrorName(TextChoices):
    RENDERING = JobError.RENDERING.value, _("The page could not be made. The program has been told.")
    WORKER_LOST = JobError.WORKER_LOST.value, _("The work was interrupted several times.")


class PrintKindName(TextChoices):
    BLANK = PrintKind.BLANK.value, _("Empty, to fill in by hand")
    FILLED = PrintKind.FILLED.value, _("With your answers")


class ExportKindName(TextChoices):
    SCORECARDS = ExportKind.SCORECARDS.value, _("All scorecards, as a ZIP file")
    SCORES = ExportKind.SCORES.value, _("The scores, for Excel")
