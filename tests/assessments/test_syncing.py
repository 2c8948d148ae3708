"""A queue of changes as a phone sends it."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from assessments.services import answering, submitting, syncing
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, make_campaign, someone_of, submit
from tests.support.long_questionnaire import long_codes, publish_long
from tests.support.reviewing import ask_back
from tests.support.syncing import change, post, states, sync
from tests.support.world import hold, make_factory, make_user, signed_in


@pytest.mark.django_db
def test_each_change_gets_an_answer_of_its_own() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "20", by=make_user(name="Sok Dara"))
    told = sync(
        assessment,
        change("E1.01", "yes"),
        change("E1.03", "30"),
        change("X9.99", "1"),
        {"odd": 1},
        change("S1.02", "48"),
    )
    assert states(told) == ["saved", "conflict", "refused", "refused", "saved"]
    assert (told[1]["mine"], told[1]["theirs"], told[1]["who"], told[1]["version"]) == ("30%", "20%", "Sok Dara", 1)
    assert dict(assessment.answers.values_list("question_code", "value")) == {"E1.01": "yes", "E1.03": 20, "S1.02": 48}


@pytest.mark.django_db
def test_a_queue_that_is_sent_twice_is_applied_once() -> None:
    assessment = make_assessment()
    queue = [change("E1.03", "20"), change("S1.02", "48")]
    for _ in range(2):
        assert [(one["state"], one["version"]) for one in sync(assessment, *queue)] == [("saved", 1), ("saved", 1)]


@pytest.mark.django_db
def test_what_follows_in_the_queue_stands_on_what_went_before() -> None:
    assessment = make_assessment()
    told = sync(assessment, change("E1.03", "20"), change("S1.02", "48"), change("E1.03", "30"))
    assert [one["version"] for one in told] == [1, 1, 2]
    assert assessment.answers.get(question_code="E1.03").value == 30


@pytest.mark.django_db
def test_a_reply_that_was_lost_is_no_conflict_although_a_colleague_wrote_since() -> None:
    assessment = make_assessment()
    mine = change("E1.03", "20")
    sync(assessment, mine)
    give(assessment, "E1.03", "25", by=make_user())
    told = sync(assessment, mine, change("E1.03", "30"))
    assert [(one["state"], one["version"]) for one in told] == [("saved", 1), ("conflict", 2)]
    assert told[0]["value"] == 20
    assert assessment.answers.get(question_code="E1.03").value == 25


@pytest.mark.django_db
def test_the_same_answer_from_a_colleague_is_no_conflict() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "20", by=make_user())
    assert states(sync(assessment, change("E1.03", "20"))) == ["saved"]


@pytest.mark.django_db
def test_nothing_is_sent_in_the_name_of_another() -> None:
    assessment = make_assessment()
    first, second = someone_of(assessment), hold(Role.FACTORY_CONTRIBUTOR, assessment.factory).user
    answer = post(signed_in(second), assessment, first, changes=[change("E1.03", "20")])
    assert (answer.status_code, answer.json()) == (403, {"state": "other_user"})
    assert not assessment.answers.exists()


@pytest.mark.django_db
def test_who_may_send() -> None:
    assessment = make_assessment()
    for user, status in (
        (hold(Role.FACTORY_CONTRIBUTOR, assessment.factory).user, 200),
        (hold(Role.PROGRAM_ADMIN).user, 403),
        (hold(Role.FACTORY_MANAGER, make_factory()).user, 404),
    ):
        assert post(signed_in(user), assessment, user, changes=[]).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "[]", "{}", '{"changes": 1}', "[" * 5000])
def test_what_no_script_of_ours_sends_is_refused(body: str) -> None:
    assessment = make_assessment()
    user = someone_of(assessment)
    assert post(signed_in(user), assessment, user, body).status_code == 400


@pytest.mark.django_db
def test_after_submission_all_is_locked_and_after_a_return_what_was_not_asked() -> None:
    assessment = make_assessment()
    submission = submit(assessment)
    queue = [change("E1.01", "no", 1), change("S1.02", "50", 1)]
    assert states(sync(assessment, *queue)) == ["locked", "locked"]
    ask_back(submission, "S1.02", "With overtime?")
    assert states(sync(assessment, *queue)) == ["locked", "saved"]


@pytest.mark.django_db
def test_one_change_that_breaks_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = make_assessment()
    write = answering.write

    def breaking(**given: Any) -> Any:
        if given["question"].code == "S1.02":
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        return write(**given)

    monkeypatch.setattr(syncing, "write", breaking)
    table = {"grid_kwh": ["1.5"], "@units": {"grid_kwh": "MWh"}}
    told = sync(assessment, change("E1.01", "yes"), change("E1.02", table), change("S1.02", "48"))
    assert states(told) == ["saved", "saved", "refused"]
    # All was rolled back once, also what the assessment itself remembers.
    assessment.refresh_from_db()
    assert assessment.started_at is not None
    assert assessment.table_units == {"E1.02": {"grid_kwh": "MWh"}}
    assert set(assessment.answers.values_list("question_code", flat=True)) == {"E1.01", "E1.02"}


@pytest.mark.django_db
def test_two_hundred_answers_take_few_queries() -> None:
    assessment = make_assessment(campaign=make_campaign(publish_long()))
    codes = [code for section in long_codes().values() for code in section]
    sync(assessment, change(codes[0], "0"))
    for value, version in (("5", 0), ("6", 1)):
        queue = [change(code, value, version) for code in codes[1:]]
        with CaptureQueriesContext(connection) as queries:
            assert set(states(sync(assessment, *queue))) == {"saved"}
        # A write each; an insert has a savepoint around it.
        assert len(queries) <= len(queue) * (3 if version == 0 else 1) + 30


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_in_the_snapshot_or_refused() -> None:
    """A save that began first is waited for; one that begins while the snapshot is made finds it submitted."""
    assessment = complete(make_assessment())
    user, numbers = someone_of(assessment), []

    def submits() -> None:
        submission = submitting.submit(assessment=assessment, by=user)
        numbers.append(submission.answers["S1.02"]["value"])
        connection.close()

    with transaction.atomic():
        give(assessment, "S1.02", "55")
        thread = threading.Thread(target=submits)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(10)
    assert numbers == [55]
    # As it was loaded before the submission, by a request that comes too late.
    with pytest.raises(answering.Locked):
        give(assessment, "S1.02", "60", by=user)


@pytest.mark.django_db(transaction=True)
def test_people_who_save_do_not_wait_for_each_other() -> None:
    assessment = make_assessment()
    user = someone_of(assessment)
    done = threading.Event()

    def saves() -> None:
        give(assessment, "S1.02", "48", by=user)
        done.set()
        connection.close()

    with transaction.atomic():
        give(Assessment.objects.with_places().get(pk=assessment.pk), "G1.02", "More light", by=user)
        thread = threading.Thread(target=saves)
        thread.start()
        # Both are the first answer, and both mark the beginning: the second waits for that mark at most.
        thread.join(5)
    thread.join(10)
    assert done.is_set()
