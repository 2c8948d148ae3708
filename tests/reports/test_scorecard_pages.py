"""The page of a submission's scorecards, and the file itself."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Submission
from assessments.services import sharing
from reports.domain.jobs import JobState
from reports.models import Scorecard
from reports.services.making import make_scorecard
from reports.services.scorecards import request_scorecard
from suppliers.roles import Role
from tests.support.assessing import make_submission, shares_with, someone_of
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def page_of(submission: Submission) -> str:
    return reverse("reports:scorecards", args=[submission.assessment.code, submission.number])


def cancel_of(submission: Submission, language: str = "km") -> str:
    return reverse("reports:cancel_scorecard", args=[submission.assessment.code, submission.number, language])


def file_of(submission: Submission, language: str = "km") -> str:
    return reverse("reports:download_scorecard", args=[submission.assessment.code, submission.number, language])


def made(submission: Submission, language: str = "km") -> Scorecard:
    scorecard = request_scorecard(submission=submission, language=language, by=None)
    make_scorecard(scorecard.pk)
    scorecard.refresh_from_db()
    return scorecard


def asked(submission: Submission, language: str = "km") -> Scorecard:
    return request_scorecard(submission=submission, language=language, by=None)


def manager_of(submission: Submission) -> Client:
    return signed_in(someone_of(submission.assessment))


def test_a_visitor_is_asked_to_sign_in() -> None:
    submission = make_submission()
    asked(submission)
    for address in (page_of(submission), file_of(submission)):
        assert Client().get(address).url.startswith(reverse("account_login"))
    assert Client().post(cancel_of(submission)).url.startswith(reverse("account_login"))


def test_a_stranger_gets_404_on_every_address() -> None:
    submission = make_submission()
    made(submission)
    for stranger in (make_user(), hold(Role.FACTORY_MANAGER, make_factory()), hold(Role.BRAND_LEAD, make_brand())):
        client = signed_in(stranger)
        assert client.get(page_of(submission)).status_code == 404
        assert client.post(page_of(submission), {"language": "km"}).status_code == 404
        assert client.get(file_of(submission)).status_code == 404
        assert client.post(cancel_of(submission)).status_code == 404


def test_a_brand_that_buys_without_a_share_gets_404_and_one_with_a_share_reads() -> None:
    submission, brand = make_submission(), make_brand()
    factory = submission.assessment.factory
    buys(brand, factory)
    reviewer = signed_in(hold(Role.BRAND_REVIEWER, brand))
    made(submission)
    assert reviewer.get(file_of(submission)).status_code == 404
    shares_with(factory, brand)
    assert reviewer.get(page_of(submission)).status_code == 200
    assert reviewer.get(file_of(submission)).status_code == 200
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    assert reviewer.get(file_of(submission)).status_code == 404


def test_program_staff_of_another_country_get_404() -> None:
    submission = make_submission()
    assert signed_in(hold(Role.PROGRAM_STAFF, country="VN")).get(page_of(submission)).status_code == 404
    assert signed_in(hold(Role.PROGRAM_STAFF, country="KH")).get(page_of(submission)).status_code == 200


def test_all_four_languages_are_offered_each_in_its_own_name() -> None:
    page = manager_of(submission := make_submission()).get(page_of(submission)).content.decode()
    for language, name in (("en", "English"), ("km", "ភាសាខ្មែរ"), ("th", "ไทย"), ("vi", "Tiếng Việt")):
        assert f'<strong lang="{language}">{name}</strong>' in page


def test_asking_makes_one_waiting_job_however_often_it_is_asked() -> None:
    client = manager_of(submission := make_submission())
    for _ in range(2):
        assert client.post(page_of(submission), {"language": "th"}).url == page_of(submission)
    scorecard = Scorecard.objects.get()
    assert (scorecard.state, scorecard.language) == (JobState.QUEUED, "th")
    assert scorecard.requested_by == someone_of(submission.assessment)


def test_an_unknown_language_is_refused_on_the_page() -> None:
    client = manager_of(submission := make_submission())
    assert client.post(page_of(submission), {"language": "xx"}).status_code == 200
    assert not Scorecard.objects.exists()


def test_while_one_is_being_made_the_list_asks_again_and_shows_how_far_it_is() -> None:
    client = manager_of(submission := make_submission())
    Scorecard.objects.claim(asked(submission).pk, "somebody")
    Scorecard.objects.all().beat("somebody", progress=65)
    page = client.get(page_of(submission)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<progress max="100" value="65"' in page
    only_the_list = client.get(page_of(submission), headers={"HX-Request": "true"}).content.decode()
    assert only_the_list.strip().startswith('<div id="scorecards"')


def test_a_list_in_which_nothing_happens_stays_still_and_offers_the_file() -> None:
    client = manager_of(submission := make_submission())
    made(submission)
    page = client.get(page_of(submission)).content.decode()
    assert "hx-trigger" not in page
    assert file_of(submission) in page


def test_who_asked_may_cancel() -> None:
    client = manager_of(submission := make_submission())
    asked(submission)
    assert client.post(cancel_of(submission)).url == page_of(submission)
    assert Scorecard.objects.get().state == JobState.CANCELLED
    assert client.get(cancel_of(submission)).status_code == 405
    client.post(page_of(submission), {"language": "km"})
    assert Scorecard.objects.get().state == JobState.QUEUED


def test_cancelling_what_is_done_keeps_the_file() -> None:
    client = manager_of(submission := make_submission())
    made(submission)
    client.post(cancel_of(submission))
    assert client.get(file_of(submission)).status_code == 200


def test_the_file_comes_as_a_private_pdf_with_a_telling_name() -> None:
    client = manager_of(submission := make_submission())
    made(submission)
    answer = client.get(file_of(submission))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assessment = submission.assessment
    name = f"{assessment.factory.code}-{assessment.campaign.code}-1-km.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Language"] == "km"
    assert answer["Cache-Control"] == "private, no-store"


def test_there_is_no_file_before_it_is_made() -> None:
    client = manager_of(submission := make_submission())
    assert client.get(file_of(submission)).status_code == 404
    asked(submission)
    assert client.get(file_of(submission)).status_code == 404


def test_once_rendered_it_is_kept() -> None:
    client = manager_of(submission := make_submission())
    first = made(submission)
    client.post(page_of(submission), {"language": "km"})
    again = Scorecard.objects.get()
    assert (again.state, again.file.name, again.finished_at) == (JobState.DONE, first.file.name, first.finished_at)


def test_a_lost_file_is_made_anew_when_somebody_asks() -> None:
    client = manager_of(submission := make_submission())
    Path(made(submission).file.path).unlink()
    assert client.get(file_of(submission)).status_code == 404
    client.post(page_of(submission), {"language": "km"})
    assert Scorecard.objects.get().state == JobState.QUEUED
