from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from assessments.models import Submission
from assessments.services import notices, reviewing, sharing
from suppliers.models import Brand
from suppliers.roles import Role
from tests.support.assessing import make_submission, resubmit, shares_with
from tests.support.reviewing import ask_back
from tests.support.world import hold, make_brand, make_factory, make_user

pytestmark = pytest.mark.django_db


def readers_told(submission: Submission, capture: Any) -> dict[str, str]:
    """Subject by address."""
    with capture(execute=True):
        notices.submitted(submission)
    return {message.to[0]: message.subject for message in mail.outbox}


@pytest.fixture
def brand() -> Brand:
    return make_brand(name="Nordlicht")


def test_reviewers_of_brands_that_may_read_are_told(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission = make_submission(make_factory(name_latin="Suriya"))
    reviewer = hold(Role.BRAND_REVIEWER, brand)
    hold(Role.BRAND_LEAD, make_brand())
    shares_with(submission.assessment.factory, brand)
    told = readers_told(submission, django_capture_on_commit_callbacks)
    assert told == {reviewer.user.email: "Suriya has submitted"}
    text = mail.outbox[0].body
    assert f"{settings.SITE_URL}{submission.get_absolute_url()}" in text
    assert "“Assessment 2026” (submission 1)" in text
    assert "what changed" not in text


def test_brands_that_may_not_read_are_not_told(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission, left = make_submission(), make_brand()
    factory = submission.assessment.factory
    for one in (brand, left):
        hold(Role.BRAND_REVIEWER, one)
        shares_with(factory, one)
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    left.supply_links.update(ended_on=timezone.localdate())
    assert readers_told(submission, django_capture_on_commit_callbacks) == {}


def test_people_who_left_are_not_told(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission = make_submission()
    shares_with(submission.assessment.factory, brand)
    gone, asleep = hold(Role.BRAND_REVIEWER, brand), hold(Role.BRAND_LEAD, brand)
    gone.ended_at = timezone.now()
    gone.save()
    asleep.user.is_active = False
    asleep.user.save()
    assert readers_told(submission, django_capture_on_commit_callbacks) == {}


def test_a_second_submission_points_to_what_changed(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    first = make_submission()
    hold(Role.BRAND_REVIEWER, brand)
    shares_with(first.assessment.factory, brand)
    ask_back(first, "S1.02", "Sure?")
    readers_told(resubmit(first.assessment, S1_02="50"), django_capture_on_commit_callbacks)
    assert "what changed since the last submission" in mail.outbox[0].body


def test_managers_are_told_of_an_acceptance(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission = make_submission()
    hold(Role.FACTORY_CONTRIBUTOR, submission.assessment.factory)
    review = reviewing.accept(submission=submission, brand=brand, by=make_user(), note="Well done & thank you")
    with django_capture_on_commit_callbacks(execute=True):
        notices.decided(review, submission)
    (letter,) = mail.outbox
    assert letter.to == [submission.submitted_by.email]
    assert letter.subject == "Nordlicht has accepted your submission"
    assert "Well done & thank you" in letter.body


def test_managers_are_told_what_to_do_after_a_return(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission = make_submission()
    ask_back(submission, "S1.02", "Sure?", brand)
    with django_capture_on_commit_callbacks(execute=True):
        notices.decided(submission.assessment.reviews.get(), submission)
    (letter,) = mail.outbox
    assert letter.subject == "Nordlicht asks you to clarify some answers"
    assert f"{settings.SITE_URL}{submission.assessment.get_absolute_url()}" in letter.body
    assert "Their note" not in letter.body


def test_each_letter_is_in_its_readers_language(brand: Brand, django_capture_on_commit_callbacks: Any) -> None:
    submission = make_submission(make_factory(name="រោងចក្រ", name_latin="Works"))
    shares_with(submission.assessment.factory, brand)
    for language in ("km", "vi"):
        held = hold(Role.BRAND_REVIEWER, brand)
        held.user.language = language
        held.user.save()
    readers_told(submission, django_capture_on_commit_callbacks)
    bodies = "".join(message.body for message in mail.outbox)
    assert "រោងចក្រ" in bodies
    assert "ការវាយតម្លៃ 2026" in bodies
    assert "Đánh giá 2026" in bodies


def test_a_mail_server_that_is_away_undoes_nothing(
    brand: Brand, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    def refuse(*arguments: Any) -> int:
        raise ConnectionRefusedError

    submission = make_submission()
    hold(Role.BRAND_REVIEWER, brand)
    shares_with(submission.assessment.factory, brand)
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert readers_told(submission, django_capture_on_commit_callbacks) == {}
    assert "could not be sent" in caplog.text
