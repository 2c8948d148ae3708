"""Submitting: gaps first, then a preview and a promise, then a receipt."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, shares_with, submit
from tests.support.reviewing import ask_back
from tests.support.sections import manager_of
from tests.support.world import hold, make_brand, make_user, signed_in

pytestmark = pytest.mark.django_db


def address(assessment: Assessment) -> str:
    return reverse("assessments:submit", args=[assessment.code])


def receipt(assessment: Assessment, number: int = 1) -> str:
    return reverse("assessments:receipt", args=[assessment.code, number])


def test_while_something_is_missing_nothing_can_be_submitted() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    page = client.get(address(assessment)).content.decode()
    assert "Something is still missing" in page
    assert 'name="declared"' not in page
    assert client.post(address(assessment), {"declared": "on"}).status_code == 200
    assert assessment.submissions.count() == 0


def test_the_score_as_it_stands_is_shown_before() -> None:
    assessment = complete(make_assessment())
    answer = manager_of(assessment).get(address(assessment))
    preview = answer.context["preview"]
    page = answer.content.decode()
    assert 0 < preview.overall < 100
    assert preview.band_name in page
    assert [bar.label for bar in preview.pillars] == ["Environment", "Social", "Governance"]


def test_the_manager_must_confirm() -> None:
    assessment = complete(make_assessment())
    answer = manager_of(assessment).post(address(assessment), {})
    assert "Please confirm this before you submit." in answer.content.decode()
    assert assessment.submissions.count() == 0


def test_submitting_freezes_everything_and_leads_to_the_receipt() -> None:
    assessment = complete(make_assessment())
    client = manager_of(assessment)
    answer = client.post(address(assessment), {"declared": "on", "note": "អរគុណ"})
    assert answer.url == receipt(assessment)
    submission = assessment.submissions.get()
    page = client.get(receipt(assessment)).content.decode()
    assert submission.note == "អរគុណ"
    assert submission.content_hash in page
    assert reverse("assessments:result", args=[assessment.code, 1]) in page
    assert reverse("assessments:sharing", args=[assessment.factory.code]) in page
    assert reverse("reports:scorecards", args=[assessment.code, 1]) in page


def test_submitting_twice_says_that_it_is_done() -> None:
    assessment = make_assessment()
    submit(assessment)
    answer = manager_of(assessment).post(address(assessment), {"declared": "on"}, follow=True)
    assert "submitted already" in answer.content.decode()
    assert assessment.submissions.count() == 1


def test_after_a_clarification_it_is_submitted_again() -> None:
    assessment = make_assessment()
    ask_back(submit(assessment), "S1.02", "With overtime?")
    assessment.refresh_from_db()
    give(assessment, "S1.02", "55")
    assert manager_of(assessment).post(address(assessment), {"declared": "on"}).url == receipt(assessment, 2)
    assert assessment.submissions.get(number=1).answers["S1.02"] == {"value": 48}
    assert assessment.submissions.get(number=2).answers["S1.02"] == {"value": 55}


def test_only_the_factorys_managers_submit() -> None:
    assessment = complete(make_assessment())
    for role in (Role.FACTORY_CONTRIBUTOR, Role.PROGRAM_ADMIN):
        client = signed_in(hold(role, assessment.factory))
        assert client.get(address(assessment)).status_code == 403
        assert client.post(address(assessment), {"declared": "on"}).status_code == 403
    assert signed_in(make_user()).post(address(assessment), {"declared": "on"}).status_code == 404
    assert assessment.submissions.count() == 0


def test_who_sees_the_receipt() -> None:
    assessment, brand = make_assessment(), make_brand()
    submit(assessment)
    shares_with(assessment.factory, brand)
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory)).get(receipt(assessment)).status_code == 200
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(receipt(assessment)).status_code == 403
    assert signed_in(make_user()).get(receipt(assessment)).status_code == 404
    assert manager_of(assessment).get(receipt(assessment, 9)).status_code == 404


def test_what_is_submitted_is_not_offered_for_submitting_again() -> None:
    assessment = complete(make_assessment())
    client = manager_of(assessment)
    submit(assessment)
    answer = client.get(reverse("assessments:submit", args=[assessment.code]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("assessments:assessment", args=[assessment.code])
    assert "This assessment is submitted already." in answer.content.decode()
