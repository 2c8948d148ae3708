"""What is missing: every gap, linked to its question."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, submit
from tests.support.reviewing import ask_back
from tests.support.sections import manager_of
from tests.support.world import buys, hold, make_brand, make_user, signed_in

pytestmark = pytest.mark.django_db


def address(assessment: Assessment) -> str:
    return reverse("assessments:missing", args=[assessment.code])


def missing(assessment: Assessment) -> str:
    answer = manager_of(assessment).get(address(assessment))
    assert answer.status_code == 200
    return answer.content.decode()


def gaps(assessment: Assessment) -> dict[str, str]:
    page = manager_of(assessment).get(address(assessment)).context["page"]
    return {gap.code: gap.reason for gap in page.gaps}


def test_each_gap_leads_to_its_question() -> None:
    assessment = make_assessment()
    page = missing(assessment)
    for section, anchor in (("E1", "q-E1-01"), ("S1", "q-S1-02"), ("G1", "q-G1-01")):
        assert reverse("assessments:section", args=[assessment.code, section]) + f"#{anchor}" in page
    assert "4 things are still needed" in page


def test_each_gap_says_what_is_wrong() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    give(assessment, "E1.03", "half")
    give(assessment, "E1.04", None, is_na=True)
    give(assessment, "S1.01", "yes")
    give(assessment, "S1.02", "200")
    assert gaps(assessment) == {
        "E1.02": "Not answered yet",
        "E1.03": "The answer could not be understood",
        "E1.04": "Please say why this does not apply",
        "S1.01": "A document is still needed",
        "S1.02": "A week has 168 hours. Please check.",
        "G1.01": "Not answered yet",
    }


def test_when_all_is_there_the_manager_goes_on_to_submit() -> None:
    assessment = complete(make_assessment())
    page = missing(assessment)
    assert "Everything that is required is here." in page
    assert reverse("assessments:submit", args=[assessment.code]) in page
    assert "6 more questions could still earn you points." in page


def test_a_contributor_is_told_who_can_submit() -> None:
    assessment = complete(make_assessment())
    client = signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory))
    page = client.get(address(assessment)).content.decode()
    assert reverse("assessments:submit", args=[assessment.code]) not in page
    assert "only a manager can submit" in page


def test_after_submission_there_is_nothing_to_submit() -> None:
    assessment = make_assessment()
    submit(assessment)
    assert reverse("assessments:submit", args=[assessment.code]) not in missing(assessment)


def test_strangers_find_nothing_and_buyers_are_refused() -> None:
    assessment, brand = make_assessment(), make_brand()
    buys(brand, assessment.factory)
    assert signed_in(make_user()).get(address(assessment)).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address(assessment)).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(address(assessment)).status_code == 200


def test_after_a_return_only_what_may_change_is_spoken_of() -> None:
    assessment = make_assessment()
    ask_back(submit(assessment), "S1.02", "With overtime?")
    assert "could still earn you points" not in missing(assessment)
