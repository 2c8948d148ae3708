"""Many submissions in one file: made by a worker, of what its reader may read, and given out only while they may."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Campaign
from reports.domain.exports import KEPT_FOR
from reports.domain.jobs import JobError, JobState
from reports.models import Export, Job, Scorecard
from reports.services import bell, exports, making
from reports.services.jobs import cancel
from reports.services.scorecards import request_scorecard
from tests.support.assessing import make_assessment, make_campaign, resubmit
from tests.support.exporting import (
    ask,
    fetched,
    file_of,
    made,
    names_in,
    page_of,
    short_papers,
    staff,
    submission_in,
    table_in,
)
from tests.support.reviewing import ask_back
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return short_papers(monkeypatch)


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def test_the_zip_holds_the_last_scorecard_of_each_factory_and_the_scores(campaign: Campaign) -> None:
    first, second = submission_in(campaign, code="KH-A"), submission_in(campaign, code="KH-B")
    make_assessment(make_factory(code="KH-C"), campaign)
    ask_back(first, "S1.02", "Sure?")
    again = resubmit(first.assessment, S1_02="50")
    client = staff()
    export = made(ask(client, page_of(campaign)))
    content = fetched(client, export)
    assert names_in(content) == [
        "scores-km.xlsx",
        f"KH-A-{campaign.code}-{again.number}-km.pdf",
        f"KH-B-{campaign.code}-{second.number}-km.pdf",
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read(names_in(content)[1]) == f"%PDF-1.7 {again.assessment.code}-{again.number}".encode()


def test_a_scorecard_is_rendered_once_whoever_asks_first(campaign: Campaign, paper: list[str]) -> None:
    kept, new = submission_in(campaign), submission_in(campaign)
    making.make_scorecard(request_scorecard(submission=kept, language="km", by=None).pk)
    client = staff()
    made(ask(client, page_of(campaign)))
    made(ask(client, page_of(campaign)))
    assert paper == ["km", "km"]
    assert {scorecard.submission for scorecard in Scorecard.objects.all()} == {kept, new}


def test_the_scores_are_numbers_under_heads_in_the_chosen_language(campaign: Campaign) -> None:
    submission = submission_in(campaign, code="TH-1", country="TH", province="TH-10", women=60, men=40)
    client = staff()
    export = made(ask(client, page_of(campaign), kind="scores", language="th"))
    assert client.get(file_of(export))["Content-Disposition"].endswith('-scores-th.xlsx"')
    [row] = table_in(fetched(client, export))
    assert row["รหัส"] == "TH-1"
    assert row["ประเทศ"] == "ไทย"
    assert row["ผลคะแนนรวม"] == submission.overall
    assert list(row.values())[6:10] == [100, 60, 1, dt.datetime.combine(timezone.localdate(), dt.time())]
    sections = {section["code"]: section["percent"] for section in submission.score["sections"]}
    assert {head.split()[0]: value for head, value in row.items() if head.split()[0] in sections} == sections
    assert row["E1 พลังงาน"] == sections["E1"]


def test_a_name_that_looks_like_a_formula_stays_a_text(campaign: Campaign) -> None:
    submission_in(campaign, name="=1+1")
    client = staff()
    export = made(ask(client, page_of(campaign), kind="scores", language="en"))
    [row] = table_in(fetched(client, export))
    assert row["Name in local script"] == "=1+1"


def test_a_worker_knows_the_task_that_the_bell_rings_for_each_kind_of_job() -> None:
    current_app.loader.import_default_modules()
    assert set(bell.TASKS.values()) <= set(current_app.tasks)
    assert set(bell.TASKS) == set(Job.__subclasses__())


def test_pressed_twice_it_is_made_once(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    assert ask(client, page_of(campaign)) == ask(client, page_of(campaign))
    assert Export.objects.count() == 1


def test_with_nothing_to_export_the_form_says_so(campaign: Campaign) -> None:
    submission_in(campaign)
    answer = staff().post(page_of(campaign), {"kind": "scores", "language": "en", "country": "VN"})
    assert "There is no submission like this yet." in answer.content.decode()
    assert not Export.objects.exists()


def test_a_campaign_without_submissions_explains_itself(campaign: Campaign) -> None:
    assert "Nothing to export yet" in staff().get(page_of(campaign)).content.decode()


def test_while_it_is_being_made_the_page_asks_again_and_it_can_be_cancelled(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    export = ask(client, page_of(campaign))
    Export.objects.claim(export.pk, "somebody")
    Export.objects.filter(pk=export.pk).beat("somebody", progress=40)
    page = client.get(page_of(campaign)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<progress max="100" value="40"' in page
    assert client.post(reverse("reports:cancel_export", args=[export.pk])).url == page_of(campaign)
    page = client.get(page_of(campaign), headers={"HX-Request": "true"}).content.decode()
    assert "Cancelled" in page
    assert "hx-trigger" not in page


def test_a_cancelled_one_stops_before_the_next_scorecard(
    campaign: Campaign, paper: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "TELL_EVERY", 0)
    for _ in range(3):
        submission_in(campaign)
    export = ask(staff(), page_of(campaign))
    render = making.render_scorecard

    def cancelled_meanwhile(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        cancel(job=export)
        return render(facts, on_progress)

    monkeypatch.setattr(making, "render_scorecard", cancelled_meanwhile)
    assert not exports.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file.name, len(paper)) == (JobState.CANCELLED, "", 1)


def test_without_one_of_its_scorecards_there_is_no_file(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_facts: Any, _on_progress: Callable[[int], None]) -> bytes:
        raise RuntimeError("no paper left")

    monkeypatch.setattr(making, "render_scorecard", broken)
    monkeypatch.setattr(exports, "LOOK_AGAIN", 0)
    submission_in(campaign)
    export = ask(staff(), page_of(campaign))
    for _ in range(3):
        exports.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error) == (JobState.FAILED, JobError.RENDERING)


def test_old_ones_go_with_their_files(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    old = made(ask(client, page_of(campaign)))
    Export.objects.filter(pk=old.pk).update(requested_at=timezone.now() - KEPT_FOR - dt.timedelta(hours=1))
    new = made(ask(client, page_of(campaign)))
    assert exports.drop_old() == 1
    assert list(Export.objects.all()) == [new]
    assert not old.file.storage.exists(old.file.name)
    assert new.has_file


def test_the_page_costs_the_same_with_many_files_and_factories(campaign: Campaign) -> None:
    client, costs = staff(), []
    for _ in range(2):
        for _ in range(3):
            submission_in(campaign)
            made(ask(client, page_of(campaign)))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(campaign)).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
