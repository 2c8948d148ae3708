from celery import shared_task

from reports.services import exports, jobs, making


@shared_task
def render_scorecard(scorecard_id: int) -> None:
    making.make_scorecard(scorecard_id)


@shared_task
def render_print(print_id: int) -> None:
    making.make_print(print_id)


@shared_task
def build_export(export_id: int) -> None:
    exports.make_export(export_id)


@shared_task(expires=3600)
def drop_old_exports() -> None:
    exports.drop_old()


# A sweep that waited in the queue while others ran has nothing to add.
@shared_task(expires=10)
def sweep_jobs() -> None:
    jobs.sweep()
