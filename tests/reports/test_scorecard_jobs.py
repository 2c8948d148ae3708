"""The row is the truth: who has it, how long, and what becomes of it when things break."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from reports.domain.jobs import LEASE, MAX_ATTEMPTS, RING_AGAIN_AFTER, JobError, JobState
from reports.models import Scorecard
from reports.services import bell, making
from reports.services.heartbeat import Heartbeat
from reports.services.jobs import cancel, sweep
from reports.services.making import make_scorecard
from reports.services.scorecards import request_scorecard
from tests.support.assessing import make_submission

pytestmark = pytest.mark.django_db
AGO = dt.timedelta(seconds=1)


@pytest.fixture
def scorecard() -> Scorecard:
    return request_scorecard(submission=make_submission(), language="en", by=None)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which rows were rung for."""
    rung: list[int] = []
    monkeypatch.setattr(bell.current_app, "send_task", lambda name, args: rung.extend(args))
    return rung


@pytest.fixture
def rendering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., bytes]], None]:
    """`rendering(function)`: what happens in place of drawing pages."""
    return lambda function: monkeypatch.setattr(making, "render_scorecard", function)


def let_lease_run_out(scorecard: Scorecard) -> None:
    Scorecard.objects.filter(pk=scorecard.pk).update(lease_until=Now() - AGO)


def fresh(scorecard: Scorecard) -> Scorecard:
    return Scorecard.objects.get(pk=scorecard.pk)


def paper(_facts: Any, on_progress: Callable[[int], None]) -> bytes:
    on_progress(10)
    return b"%PDF-1.7 short"


def broken(_facts: Any, _on_progress: Callable[[int], None]) -> bytes:
    raise RuntimeError("no paper left")


def test_a_row_is_claimed_once(scorecard: Scorecard) -> None:
    assert Scorecard.objects.claim(scorecard.pk, "first")
    assert not Scorecard.objects.claim(scorecard.pk, "second")
    held = fresh(scorecard)
    assert (held.state, held.claimed_by, held.attempts) == (JobState.RUNNING, "first", 1)


def test_a_row_whose_lease_ran_out_is_free_for_the_next(scorecard: Scorecard) -> None:
    Scorecard.objects.claim(scorecard.pk, "first")
    let_lease_run_out(scorecard)
    assert Scorecard.objects.claim(scorecard.pk, "second")
    assert fresh(scorecard).attempts == 2


def test_a_heartbeat_moves_the_lease_on_only_for_its_holder(scorecard: Scorecard) -> None:
    Scorecard.objects.claim(scorecard.pk, "first")
    Scorecard.objects.filter(pk=scorecard.pk).update(lease_until=Now() + AGO)
    row = Scorecard.objects.filter(pk=scorecard.pk)
    assert not row.beat("second")
    assert row.beat("first", progress=40)
    held = fresh(scorecard)
    assert held.progress == 40
    assert held.lease_until - held.heartbeat_at == LEASE


def test_a_lease_that_ran_out_cannot_be_prolonged(scorecard: Scorecard) -> None:
    Scorecard.objects.claim(scorecard.pk, "first")
    let_lease_run_out(scorecard)
    assert not Scorecard.objects.filter(pk=scorecard.pk).beat("first")


def test_the_heart_beats_until_the_work_is_over_or_no_longer_wanted() -> None:
    beats: list[int] = []
    enough = threading.Event()

    def beat() -> bool:
        beats.append(1)
        if len(beats) == 3:
            enough.set()
        return len(beats) < 3

    with Heartbeat(beat, every=0.01):
        assert enough.wait(5)
    assert len(beats) == 3


def test_making_it_keeps_the_file_and_lets_the_row_go(scorecard: Scorecard, rendering) -> None:
    rendering(paper)
    assert make_scorecard(scorecard.pk)
    done = fresh(scorecard)
    assert (done.state, done.progress, done.claimed_by, done.lease_until) == (JobState.DONE, 100, "", None)
    assert done.file.read() == b"%PDF-1.7 short"


def test_told_twice_it_is_made_once(scorecard: Scorecard, rendering) -> None:
    rendering(paper)
    assert [make_scorecard(scorecard.pk) for _ in range(2)] == [True, False]
    assert fresh(scorecard).attempts == 1


def test_told_of_a_row_that_is_gone_nothing_happens() -> None:
    assert not make_scorecard(999_999)


def test_the_file_of_one_who_lost_the_lease_is_not_kept(scorecard: Scorecard, rendering) -> None:
    def slow(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        let_lease_run_out(scorecard)
        Scorecard.objects.claim(scorecard.pk, "another")
        return b"%PDF-1.7 late"

    rendering(slow)
    assert not make_scorecard(scorecard.pk)
    held = fresh(scorecard)
    assert (held.state, held.claimed_by, held.file.name) == (JobState.RUNNING, "another", "")


def test_one_who_finds_the_lease_lost_stops_at_the_next_step(
    scorecard: Scorecard, rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "TELL_EVERY", 0)

    def cancelled_meanwhile(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        assert cancel(job=scorecard)
        on_progress(10)
        raise AssertionError("went on working for nobody")

    rendering(cancelled_meanwhile)
    assert not make_scorecard(scorecard.pk)
    assert fresh(scorecard).state == JobState.CANCELLED


def test_what_breaks_is_tried_again_and_fails_for_good_after_the_last_try(
    scorecard: Scorecard, rendering, bells: list[int]
) -> None:
    rendering(broken)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert not make_scorecard(scorecard.pk)
        row = fresh(scorecard)
        assert row.attempts == attempt
        assert row.state == (JobState.QUEUED if attempt < MAX_ATTEMPTS else JobState.FAILED)
    assert row.error == JobError.RENDERING
    assert not make_scorecard(scorecard.pk)
    sweep()
    assert bells == []


def test_what_failed_can_be_asked_for_again(scorecard: Scorecard, rendering) -> None:
    rendering(broken)
    for _ in range(MAX_ATTEMPTS):
        make_scorecard(scorecard.pk)
    request_scorecard(submission=scorecard.submission, language="en", by=None)
    rendering(paper)
    assert make_scorecard(scorecard.pk)
    assert (fresh(scorecard).state, fresh(scorecard).error) == (JobState.DONE, "")


def test_the_sweep_rings_for_a_row_that_nobody_was_told_about(scorecard: Scorecard, bells: list[int]) -> None:
    assert sweep() == 1
    assert bells == [scorecard.pk]
    assert fresh(scorecard).rung_at is not None


def test_the_sweep_does_not_ring_twice_in_a_short_while(scorecard: Scorecard, bells: list[int]) -> None:
    sweep()
    assert sweep() == 0
    Scorecard.objects.update(rung_at=Now() - RING_AGAIN_AFTER - AGO)
    assert sweep() == 1


def test_the_sweep_rings_at_once_when_a_lease_ran_out(scorecard: Scorecard, bells: list[int]) -> None:
    Scorecard.objects.claim(scorecard.pk, "first")
    Scorecard.objects.update(rung_at=Now() - dt.timedelta(seconds=5), lease_until=Now() - AGO)
    assert sweep() == 1


def test_the_sweep_lets_those_work_who_still_hold_their_lease(scorecard: Scorecard, bells: list[int]) -> None:
    Scorecard.objects.claim(scorecard.pk, "first")
    Scorecard.objects.update(rung_at=Now() - dt.timedelta(hours=1))
    assert sweep() == 0
    assert fresh(scorecard).state == JobState.RUNNING


def test_the_sweep_gives_up_on_what_no_worker_survives(scorecard: Scorecard, bells: list[int]) -> None:
    Scorecard.objects.claim(scorecard.pk, "last")
    Scorecard.objects.update(attempts=MAX_ATTEMPTS, lease_until=Now() - AGO)
    assert sweep() == 0
    row = fresh(scorecard)
    assert (row.state, row.error, row.claimed_by) == (JobState.FAILED, JobError.WORKER_LOST, "")


def test_without_redis_the_sweep_leaves_everything_for_the_next(
    scorecard: Scorecard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(name: str, args: list[int]) -> None:
        raise OperationalError

    monkeypatch.setattr(bell.current_app, "send_task", unreachable)
    assert sweep() == 0
    assert fresh(scorecard).rung_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_make_one_file(rendering) -> None:
    scorecard = request_scorecard(submission=make_submission(), language="en", by=None)
    rendering(paper)
    start, results = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        results.append(make_scorecard(scorecard.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(results) == [False, True]
