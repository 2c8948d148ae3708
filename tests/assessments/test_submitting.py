import json

import pytest
from django.db import DatabaseError, connection, transaction

from assessments.domain.states import WrongState
from assessments.models import Submission
from assessments.services import submitting
from tests.support.assessing import complete, give, make_assessment, make_submission, prove, resubmit, someone_of
from tests.support.reviewing import ask_back
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db


def test_everything_is_frozen_with_its_score() -> None:
    factory = make_factory(women=300, men=100)
    submission = make_submission(factory)
    assert submission.answers["S1.02"] == {"value": 48}
    assert [file["name"] for file in submission.evidence["S1.01"]] == ["proof.pdf"]
    assert submission.factory_facts["women"] == 300
    assert submission.score["overall"] == submission.overall
    assert submission.score["ghg"]["per_worker_t"] == pytest.approx(submission.score["ghg"]["total_t"] / 400, abs=1e-4)


def test_lists_see_the_latest_submission() -> None:
    submission = make_submission(None, S1_01="no")
    assessment = submission.assessment
    assert (assessment.state, assessment.submission_count) == ("submitted", 1)
    assert (assessment.overall, assessment.band) == (submission.overall, submission.band)
    assert (assessment.critical_count, assessment.submitted_at) == (1, submission.submitted_at)


def test_what_is_missing_keeps_it_from_being_submitted() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    with pytest.raises(submitting.Incomplete) as refused:
        submitting.submit(assessment=assessment, by=someone_of(assessment))
    assert {gap.question.code for gap in refused.value.gaps} == {"E1.02", "S1.01", "S1.02", "G1.01"}
    assert not Submission.objects.exists()


def test_it_is_submitted_once() -> None:
    submission = make_submission()
    with pytest.raises(WrongState):
        submitting.submit(assessment=submission.assessment, by=submission.submitted_by)


def test_hidden_answers_and_their_files_are_not_sent() -> None:
    assessment = complete(make_assessment())
    prove(assessment, "E1.02", "bill.pdf")
    give(assessment, "E1.01", "no")
    submission = submitting.submit(assessment=assessment, by=someone_of(assessment))
    assert "E1.02" not in submission.answers
    assert "E1.02" not in submission.evidence
    assert submission.score["ghg"] is None


def test_what_does_not_apply_is_sent_with_its_reason() -> None:
    assessment = complete(make_assessment())
    give(assessment, "E1.04", None, is_na=True, na_reason="We rent the hall.")
    submission = submitting.submit(assessment=assessment, by=someone_of(assessment))
    assert submission.answers["E1.04"] == {"is_na": True, "na_reason": "We rent the hall."}


def test_the_hash_is_the_same_when_the_row_comes_back_from_the_database() -> None:
    submission = make_submission(E1_03="33.333333", S1_02="61")
    again = Submission.objects.with_places().get(pk=submission.pk)
    assert submitting.content_hash(again) == submission.content_hash
    assert len(submission.content_hash) == 64


@pytest.mark.parametrize("changed", ["answers", "evidence", "factory_facts", "score"])
def test_the_hash_covers_what_was_said_and_how_it_was_judged(changed: str) -> None:
    submission = make_submission()
    getattr(submission, changed)["more"] = "later"
    assert submitting.content_hash(submission) != submission.content_hash


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_submission SET overall = 100",
        "UPDATE assessments_submission SET note = 'changed'",
        "DELETE FROM assessments_submission",
    ],
)
def test_the_database_itself_keeps_a_submission(statement: str) -> None:
    make_submission()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_second_submission_has_the_next_number_and_leaves_the_first() -> None:
    first = make_submission()
    frozen = json.dumps(first.answers)
    ask_back(first, "S1.02", "Sure?")
    second = resubmit(first.assessment, S1_02="60")
    assert (second.number, second.answers["S1.02"]) == (2, {"value": 60})
    assert json.dumps(Submission.objects.get(pk=first.pk).answers) == frozen


def test_later_news_of_the_factory_change_no_old_submission() -> None:
    submission = make_submission()
    factory = submission.assessment.factory
    factory.sector = "food"
    factory.save()
    assert Submission.objects.get(pk=submission.pk).factory_facts["sector"] == "garments"
