from celery import shared_task

from assessments.services import uploads


# A sweep that waited in the queue while others ran has nothing to add.
@shared_task(expires=3600)
def sweep_uploads() -> None:
    uploads.sweep()
