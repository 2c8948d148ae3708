import pytest

from assessments.domain.states import WrongState
from assessments.models import Remark, Submission
from assessments.services import reviewing
from assessments.sheet import reopened_codes
from suppliers.models import Brand
from tests.support.assessing import make_submission, resubmit, shares_with
from tests.support.reviewing import ask_back
from tests.support.world import make_brand, make_user

pytestmark = pytest.mark.django_db


def say(submission: Submission, code: str, brand: Brand | None = None, *, asks: bool = False) -> Remark:
    return reviewing.remark(
        submission=submission, brand=brand, question_code=code, text="Hm.", asks_clarification=asks, by=make_user(),
        language="en",
    )  # fmt: skip


def test_remarks_reach_the_factory_when_the_review_is_decided() -> None:
    submission = make_submission()
    remark = say(submission, "E1.01")
    assert not Remark.objects.sent().exists()
    review = reviewing.accept(submission=submission, brand=None, by=make_user(), note="Good")
    remark.refresh_from_db()
    assert remark.sent_at
    assert (review.state, review.seen_number, review.note) == ("accepted", 1, "Good")


def test_only_the_questions_asked_about_open_again() -> None:
    submission = make_submission()
    say(submission, "E1.01")
    say(submission, "S1.02", asks=True)
    reviewing.request_clarification(submission=submission, brand=None, by=make_user())
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == "returned"
    assert reopened_codes(submission.assessment) == {"S1.02"}


def test_a_return_names_at_least_one_question() -> None:
    submission = make_submission()
    say(submission, "E1.01")
    with pytest.raises(reviewing.NothingAsked):
        reviewing.request_clarification(submission=submission, brand=None, by=make_user())
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == "submitted"


def test_a_second_party_may_return_what_is_returned_already() -> None:
    submission, brand = make_submission(), make_brand()
    shares_with(submission.assessment.factory, brand)
    ask_back(submission, "S1.02", "Sure?")
    ask_back(submission, "E1.01", "How?", brand)
    assert reopened_codes(submission.assessment) == {"S1.02", "E1.01"}


def test_a_party_asks_once_and_then_waits() -> None:
    submission = make_submission()
    ask_back(submission, "S1.02", "Sure?")
    say(submission, "E1.01", asks=True)
    with pytest.raises(WrongState):
        reviewing.request_clarification(submission=submission, brand=None, by=make_user())
    with pytest.raises(WrongState):
        reviewing.accept(submission=submission, brand=None, by=make_user())


def test_a_new_submission_settles_what_was_asked_and_opens_every_review() -> None:
    submission, brand = make_submission(), make_brand()
    reviewing.accept(submission=submission, brand=brand, by=make_user())
    remark = ask_back(submission, "S1.02", "Sure?")
    second = resubmit(submission.assessment, S1_02="50")
    remark.refresh_from_db()
    assert remark.settled_at
    assert set(second.assessment.reviews.values_list("state", flat=True)) == {"open"}
    assert second.assessment.state == "submitted"


def test_nothing_is_judged_that_is_not_the_latest() -> None:
    submission = make_submission()
    ask_back(submission, "S1.02", "Sure?")
    resubmit(submission.assessment, S1_02="50")
    old = Submission.objects.with_places().get(pk=submission.pk)
    for act in (reviewing.accept, reviewing.request_clarification):
        with pytest.raises(reviewing.NotTheLatest):
            act(submission=old, brand=None, by=make_user())
    with pytest.raises(reviewing.NotTheLatest):
        say(old, "E1.01")


def test_who_accepts_asks_nothing_any_more() -> None:
    """Another party returned the assessment; what the accepting one had meant to ask must not open too."""
    submission, brand = make_submission(), make_brand()
    say(submission, "E1.01", brand, asks=True)
    ask_back(submission, "S1.02", "Sure?")
    reviewing.accept(submission=submission, brand=brand, by=make_user())
    assert reopened_codes(submission.assessment) == {"S1.02"}


def test_an_accepted_review_can_be_followed_by_a_question() -> None:
    submission = make_submission()
    reviewing.accept(submission=submission, brand=None, by=make_user())
    ask_back(submission, "S1.02", "One more thing.")
    assert submission.assessment.state == "returned"


def test_only_what_was_not_sent_can_be_withdrawn() -> None:
    submission = make_submission()
    kept, gone = say(submission, "E1.01"), None
    reviewing.accept(submission=submission, brand=None, by=make_user())
    gone = say(submission, "E1.03")
    for remark in (kept, gone):
        remark.refresh_from_db()
        reviewing.withdraw_remark(remark=remark)
    assert list(Remark.objects.all()) == [kept]


def test_a_thread_keeps_who_spoke_and_in_which_language() -> None:
    submission = make_submission()
    remark = ask_back(submission, "S1.02", "Sure?")
    reviewing.reply(remark=remark, text="បាទ", by=make_user(), from_factory=True, language="km")
    thread = remark.messages.values_list("from_factory", "language", "text")
    assert list(thread) == [(False, "en", "Sure?"), (True, "km", "បាទ")]


def test_an_assessment_is_closed_only_while_nothing_is_awaited() -> None:
    submission = make_submission()
    ask_back(submission, "S1.02", "Sure?")
    with pytest.raises(WrongState):
        reviewing.close(assessment=submission.assessment)
    second = resubmit(submission.assessment, S1_02="50")
    reviewing.close(assessment=second.assessment)
    second.assessment.refresh_from_db()
    assert second.assessment.state == "closed"
    say(second, "E1.01", asks=True)
    with pytest.raises(WrongState):
        reviewing.request_clarification(submission=second, brand=None, by=make_user())


def test_each_decision_stays_in_the_history() -> None:
    submission = make_submission()
    ask_back(submission, "S1.02", "Sure?")
    second = resubmit(submission.assessment, S1_02="50")
    review = reviewing.accept(submission=second, brand=None, by=make_user())
    states = list(review.events.order_by("pgh_id").values_list("state", flat=True))
    assert states == ["open", "clarification_requested", "open", "accepted"]
