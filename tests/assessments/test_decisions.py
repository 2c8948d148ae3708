from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from assessments.models import Remark, Review, Submission
from assessments.services import sharing
from suppliers.models import Brand, Membership
from suppliers.roles import Role
from tests.support.assessing import make_submission, resubmit, shares_with
from tests.support.reviewing import ask_back
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


class Desk:
    """A reviewer of a brand with a submission to judge."""

    def __init__(self, submission: Submission, brand: Brand | None = None, held: Membership | None = None) -> None:
        self.submission, self.brand = submission, brand or make_brand()
        shares_with(submission.assessment.factory, self.brand)
        self.client = signed_in(held or hold(Role.BRAND_REVIEWER, self.brand))

    def says(self, code: str, text: str, **more: str) -> Any:
        address = reverse("assessments:remark", args=[self.submission.assessment.code, self.submission.number, code])
        return self.client.post(address, {"text": text} | more, follow=True)

    def decides(self, decision: str, **more: str) -> Any:
        return self.client.post(decision_of(self.submission), {"decision": decision} | more, follow=True)


def decision_of(submission: Submission) -> str:
    return reverse("assessments:decide", args=[submission.assessment.code, submission.number])


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.fixture
def desk() -> Desk:
    return Desk(make_submission())


def test_a_remark_is_kept_at_its_question(desk: Desk) -> None:
    answer = desk.says("S1.02", "Really?", asks_clarification="on")
    assert answer.redirect_chain[0][0].endswith("#q-S1-02")
    remark = Remark.objects.get()
    assert (remark.question_code, remark.asks_clarification, remark.review.brand) == ("S1.02", True, desk.brand)
    assert remark.messages.get().language == "en"


def test_an_empty_remark_is_asked_for_where_it_is_written(desk: Desk) -> None:
    answer = desk.says("S1.02", " ")
    assert answer.redirect_chain[0][0].endswith("?write=S1.02#q-S1-02")
    page = answer.content.decode()
    assert page.count("Please write your remark first.") == page.count('<details class="reading-fold" open>') == 1
    assert not Remark.objects.exists()


def test_ends_of_lines_do_not_make_a_note_too_long(desk: Desk) -> None:
    """A browser counts one character where it sends two."""
    note = "\r\n".join(["x" * 499] * 4)
    desk.decides("accept", note=note)
    assert Review.objects.get().note == note.replace("\r\n", "\n")


def test_a_note_that_is_too_long_says_so(desk: Desk) -> None:
    [said] = told(desk.decides("accept", note="x" * 2001))
    assert "2000" in said


def test_a_remark_needs_a_question_that_exists(desk: Desk) -> None:
    assert desk.says("X9.99", "Hm").status_code == 404


def test_a_remark_on_an_older_submission_is_refused(desk: Desk) -> None:
    ask_back(desk.submission, "S1.02", "Sure?")
    resubmit(desk.submission.assessment, S1_02="50")
    assert told(desk.says("S1.02", "Hm")) == [
        "The factory has submitted again. Please read the newer submission first."
    ]


def test_an_unsent_remark_can_be_withdrawn(desk: Desk) -> None:
    desk.says("S1.02", "Really?")
    desk.client.post(reverse("assessments:withdraw_remark", args=[Remark.objects.get().pk]))
    assert not Remark.objects.exists()


def test_a_sent_remark_stays(desk: Desk) -> None:
    desk.says("S1.02", "Really?")
    desk.decides("accept")
    desk.client.post(reverse("assessments:withdraw_remark", args=[Remark.objects.get().pk]))
    assert Remark.objects.exists()


def test_a_reply_joins_the_thread(desk: Desk) -> None:
    desk.says("S1.02", "Really?")
    address = reverse("assessments:reply", args=[Remark.objects.get().pk])
    desk.client.post(address, {"text": "And overtime?"})
    desk.client.post(address, {"text": ""})
    assert [message.text for message in Remark.objects.get().messages.all()] == ["Really?", "And overtime?"]


@pytest.mark.parametrize("name", ["assessments:withdraw_remark", "assessments:reply"])
def test_nobody_touches_another_partys_remark(desk: Desk, name: str) -> None:
    desk.says("S1.02", "Really?")
    address = reverse(name, args=[Remark.objects.get().pk])
    other = Desk(desk.submission)
    assert other.client.post(address, {"text": "Mine"}).status_code == 404
    assert signed_in(hold(Role.PROGRAM_STAFF)).post(address, {"text": "Mine"}).status_code == 404
    assert signed_in(make_user()).post(address, {"text": "Mine"}).status_code == 404
    manager = hold(Role.FACTORY_MANAGER, desk.submission.assessment.factory)
    assert signed_in(manager).post(address, {"text": "Mine"}).status_code == 403
    assert Remark.objects.get().messages.count() == 1


def test_accepting_tells_the_factory(desk: Desk, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.decides("accept", note="Thank you")
    assert told(answer) == ["Accepted. The factory has been told."]
    assert (Review.objects.get().state, Review.objects.get().note) == ("accepted", "Thank you")
    assert [message.to for message in mail.outbox] == [[desk.submission.submitted_by.email]]


def test_returning_opens_what_was_asked(desk: Desk) -> None:
    desk.says("S1.02", "Really?", asks_clarification="on")
    assert told(desk.decides("return")) == ["Returned. The factory has been told."]
    desk.submission.assessment.refresh_from_db()
    assert desk.submission.assessment.state == "returned"


def test_returning_without_a_question_explains_itself(desk: Desk) -> None:
    desk.says("S1.02", "Only a remark")
    assert told(desk.decides("return")) == ["Please mark at least one remark as a question to the factory first."]


def test_a_decision_that_is_no_decision_is_refused(desk: Desk) -> None:
    assert told(desk.decides("perhaps")) == ["Please choose a decision."]


def test_deciding_twice_is_not_possible(desk: Desk) -> None:
    desk.decides("accept")
    answer = desk.decides("accept")
    assert told(answer) == ["This decision is not possible now."]


def test_an_older_submission_is_not_decided(desk: Desk) -> None:
    ask_back(desk.submission, "S1.02", "Sure?")
    resubmit(desk.submission.assessment, S1_02="50")
    assert "newer submission" in told(desk.decides("accept"))[0]


def test_the_program_reviews_for_itself() -> None:
    submission = make_submission()
    staff = signed_in(hold(Role.PROGRAM_STAFF))
    staff.post(decision_of(submission), {"decision": "accept"})
    assert Review.objects.get().brand is None


@pytest.mark.parametrize("name", ["assessments:decide", "assessments:remark"])
def test_strangers_find_nothing_and_the_factory_may_not_judge_itself(name: str, client: Client) -> None:
    submission = make_submission()
    arguments: list[Any] = [submission.assessment.code, 1]
    address = reverse(name, args=arguments if name.endswith("decide") else [*arguments, "S1.02"])
    body = {"decision": "accept", "text": "Hm"}
    assert client.post(address, body).status_code == 302
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).post(address, body).status_code == 404
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).post(address, body).status_code == 404
    manager = hold(Role.FACTORY_MANAGER, submission.assessment.factory)
    assert signed_in(manager).post(address, body).status_code == 403
    assert signed_in(manager).get(address).status_code == 405
    assert not Review.objects.exists()


def test_after_a_withdrawal_nobody_judges(desk: Desk) -> None:
    sharing.withdraw(factory=desk.submission.assessment.factory, brand=desk.brand, by=make_user())
    assert desk.decides("accept").status_code == 404
    assert desk.says("S1.02", "Hm").status_code == 404


def test_the_program_closes_what_is_settled() -> None:
    submission = make_submission()
    address = reverse("assessments:close", args=[submission.assessment.code])
    staff = signed_in(hold(Role.PROGRAM_STAFF))
    assert told(staff.post(address, follow=True)) == ["The assessment is closed."]
    assert told(staff.post(address, follow=True))[-1] == "Only a submitted assessment can be closed."


def test_only_the_program_closes(desk: Desk) -> None:
    address = reverse("assessments:close", args=[desk.submission.assessment.code])
    assert desk.client.post(address).status_code == 403
    assert signed_in(make_user()).post(address).status_code == 404
    assert signed_in(hold(Role.PROGRAM_STAFF, country="TH")).post(address).status_code == 404


def test_who_wears_two_hats_closes_under_the_programs() -> None:
    submission, brand, user = make_submission(), make_brand(), make_user()
    Desk(submission, brand, hold(Role.BRAND_LEAD, brand, user=user))
    hold(Role.PROGRAM_STAFF, user=user)
    address = reverse("assessments:close", args=[submission.assessment.code])
    assert signed_in(user).post(address).status_code == 302
    submission.assessment.refresh_from_db()
    assert submission.assessment.state == "closed"
