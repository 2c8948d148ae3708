import uuid

import pytest

from assessments.models import Answer
from assessments.services import answering, reviewing
from assessments.services.answering import Entry
from tests.support.assessing import ANSWERS, complete, give, make_assessment, make_submission, someone_of
from tests.support.world import make_user

pytestmark = pytest.mark.django_db


def test_the_first_answer_begins_the_assessment() -> None:
    assessment = make_assessment()
    saved = give(assessment, "E1.01", "yes")
    assessment.refresh_from_db()
    assert assessment.started_at
    assert (saved.changed, saved.conflict, saved.answer.version) == (True, False, 1)


def test_an_empty_answer_to_nothing_is_no_beginning() -> None:
    assessment = make_assessment()
    assert not give(assessment, "G1.02", "  ").changed
    assessment.refresh_from_db()
    assert (assessment.started_at, assessment.answers.count()) == (None, 0)


def test_each_change_raises_the_version_and_is_kept_as_history() -> None:
    assessment = make_assessment()
    for hours in ("48", "50", "52"):
        saved = give(assessment, "S1.02", hours)
    assert saved.answer.version == 3
    assert list(saved.answer.events.order_by("pgh_id").values_list("value", flat=True)) == [48, 50, 52]


def test_the_same_answer_again_changes_nothing() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "48")
    saved = give(assessment, "S1.02", "48.0", based_on=0)
    assert (saved.changed, saved.conflict, saved.answer.version) == (False, False, 1)


def test_the_second_writer_of_a_stale_answer_gets_both_values() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "48")
    give(assessment, "S1.02", "50")
    saved = give(assessment, "S1.02", "60", based_on=1)
    assert saved.conflict
    assert (saved.answer.value, saved.given.value) == (50, 60)
    assert assessment.answers.get(question_code="S1.02").value == 50


def test_two_first_answers_are_a_conflict_too() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "48")
    assert give(assessment, "S1.02", "60", based_on=0).conflict


def test_a_change_that_is_sent_twice_is_applied_once() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "48")
    change = uuid.uuid4()
    for _ in range(2):
        saved = give(assessment, "S1.02", "50", based_on=1, change_id=change)
        assert not saved.conflict
    assert (saved.answer.version, saved.answer.value) == (2, 50)


def test_what_was_not_understood_is_kept_as_typed() -> None:
    assessment = make_assessment()
    saved = give(assessment, "S1.02", "about fifty")
    assert (saved.answer.value, saved.answer.raw) == (None, "about fifty")
    assert [problem.code for problem in saved.problems] == ["not_a_number"]


def test_an_answer_can_be_taken_back() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "48")
    assert give(assessment, "S1.02", "").answer.value is None


def test_not_applicable_keeps_its_reason_where_the_question_allows_it() -> None:
    assessment = make_assessment()
    allowed = give(assessment, "E1.04", ["led"], is_na=True, na_reason=" We rent. ").answer
    assert (allowed.is_na, allowed.na_reason, allowed.value) == (True, "We rent.", None)
    refused = give(assessment, "E1.01", "yes", is_na=True, na_reason="No").answer
    assert (refused.is_na, refused.na_reason, refused.value) == (False, "", "yes")


def test_letters_that_no_database_keeps_do_no_harm() -> None:
    assessment = make_assessment()
    assert give(assessment, "S1.02", "4\x008\ud800").answer.value == 48
    assert give(assessment, "E1.04", None, is_na=True, na_reason="a\x00b\ud800").answer.na_reason == "ab"
    assert give(assessment, "E1.02", {"grid_kwh": ["\x00x"]}).answer.raw["grid_kwh"][0] == "x"


def test_a_question_of_another_questionnaire_is_unknown() -> None:
    with pytest.raises(answering.UnknownQuestion):
        give(make_assessment(), "X9.99", "yes")


def test_after_submission_nothing_changes() -> None:
    submission = make_submission()
    with pytest.raises(answering.Locked):
        give(submission.assessment, "E1.01", "no")


def test_after_a_return_only_what_was_asked_changes() -> None:
    submission = make_submission()
    reviewer = make_user()
    reviewing.remark(
        submission=submission, brand=None, question_code="S1.02", text="Sure?", asks_clarification=True, by=reviewer,
        language="en",
    )  # fmt: skip
    reviewing.request_clarification(submission=submission, brand=None, by=reviewer)
    submission.assessment.refresh_from_db()
    assert give(submission.assessment, "S1.02", "50").changed
    with pytest.raises(answering.Locked):
        give(submission.assessment, "E1.01", "no")


def test_who_wrote_last_stands_beside_the_answer() -> None:
    assessment = make_assessment()
    colleague = make_user()
    give(assessment, "E1.01", "yes")
    assert give(assessment, "E1.01", "no", by=colleague).answer.updated_by == colleague


def test_numbers_are_read_in_the_language_of_the_page() -> None:
    assessment = make_assessment()
    entry = Entry(sent="12,5")
    saved = answering.save_answer(
        assessment=assessment, code="E1.03", entry=entry, by=someone_of(assessment), language="vi"
    )
    assert saved.answer.value == 12.5


def test_hidden_answers_stay_in_the_working_copy() -> None:
    assessment = complete(make_assessment())
    give(assessment, "E1.01", "no")
    assert set(ANSWERS) == set(Answer.objects.filter(assessment=assessment).values_list("question_code", flat=True))
