"""A worker dies in the middle of a scorecard, and another one finishes it within a minute, once."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from assessments.models import Submission
from assessments.services import questionnaires, submitting
from reports.domain.jobs import JobState
from reports.models import Scorecard
from reports.services.scorecards import request_scorecard
from tests.support.assessing import give, make_assessment, make_campaign, someone_of
from tests.support.celery import StartCelery, wait_for_line
from tests.support.questionnaire import small_sheets

WITHIN = 60
# Each fills about a page of the scorecard: long enough to be caught in the middle, short enough to be finished.
FINDINGS = 70
PARAGRAPH = "The inspection found that the matter was not settled and that nobody had been told to settle it. "


def long_submission() -> Submission:
    """Every answer is a critical finding, and long; nothing in the portal itself is slowed down."""
    version = questionnaires.publish(questionnaires.load(long_sheets()).version)
    assessment = make_assessment(campaign=make_campaign(version))
    for number in range(1, FINDINGS + 1):
        give(assessment, f"S1.{number:02d}", PARAGRAPH * 35)
    submitting.submit(assessment=assessment, by=someone_of(assessment))
    return assessment.submissions.get()


def long_sheets() -> questionnaires.Sheets:
    sheets = small_sheets()
    head, *rows = sheets["survey"]
    row_of = {row[head.index("name")]: row for row in rows if row[head.index("name")]}
    end = [["end_group", *[""] * (len(head) - 1)]]
    findings = []
    for number in range(1, FINDINGS + 1):
        row = list(row_of["G1.02"])
        row[head.index("name")] = f"S1.{number:02d}"
        row[head.index("critical")] = ". != ''"
        findings.append(row)
    settings_head, values = sheets["settings"]
    values = ["long" if name == "form_id" else value for name, value in zip(settings_head, values, strict=True)]
    return sheets | {
        "survey": [head, row_of["S1"], *findings, *end],
        "settings": [settings_head, values],
        "legal_notes": sheets["legal_notes"][:1],
    }


def wait_until(is_so: Callable[[Scorecard], bool], seconds: float) -> Scorecard:
    deadline = time.monotonic() + seconds
    while not is_so(row := Scorecard.objects.get()):
        if time.monotonic() > deadline:
            pytest.fail(f"after {seconds} s the scorecard is {row.state} at {row.progress} %, attempt {row.attempts}")
        time.sleep(0.05)
    return row


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} if folder.exists() else set()


@pytest.mark.worker
@pytest.mark.timeout(240)
def test_another_worker_finishes_what_a_killed_one_began(start_celery: StartCelery, tmp_path: Path) -> None:
    submission = long_submission()
    folder = Path(settings.MEDIA_ROOT) / "scorecards" / str(submission.pk)
    earlier = files_in(folder)
    first = start_celery("worker", "--concurrency=1")
    wait_for_line(first, " ready.")
    request_scorecard(submission=submission, language="en", by=None)
    begun = wait_until(lambda row: row.state == JobState.RUNNING and row.progress >= 10, 60)

    second = start_celery("worker", "--concurrency=1")
    start_celery("beat", "--pidfile=", f"--schedule={tmp_path / 'schedule'}")
    first.kill()
    killed = time.monotonic()
    assert Scorecard.objects.get().state == JobState.RUNNING, "it was too quick to be killed in the middle"

    done = wait_until(lambda row: row.state == JobState.DONE, WITHIN)
    assert time.monotonic() - killed < WITHIN
    assert done.attempts == 2
    assert done.claimed_by == ""
    assert done.file.name
    assert begun.claimed_by not in done.file.name
    assert files_in(folder) - earlier == {Path(done.file.name).name}
    assert done.file.read().startswith(b"%PDF-1.7")
    assert second.runs()
