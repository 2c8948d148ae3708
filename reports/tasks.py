from celery import shared_task

from reports.services import making, scorecards


@shared_task
def render_scorecard(scorecard_id: int) -> None:
    making.make_scorecard(scorecard_id)


# A sweep that waited in the queue while others ran has nothing to add.
@shared_task(expires=10)
def sweep_scorecards() -> None:
    scorecards.sweep()
