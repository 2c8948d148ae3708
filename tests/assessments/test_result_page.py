"""The result: what earned, what lost, what would help most, and how it was last year."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Submission
from suppliers.roles import Role
from tests.support.assessing import make_assessment, make_campaign, make_submission, shares_with, submit
from tests.support.sections import manager_of
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def address(submission: Submission) -> str:
    return reverse("assessments:result", args=[submission.assessment.code, submission.number])


def result(submission: Submission, client: Client | None = None) -> str:
    answer = (client or manager_of(submission.assessment)).get(address(submission))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_overall_and_band_stand_first() -> None:
    submission = make_submission()
    page = result(submission)
    assert f"{submission.overall:.0f}%" in page
    assert submission.get_band_display() in page


def test_a_critical_finding_is_named_and_its_cap_explained() -> None:
    page = result(make_submission(S1_01="no", S1_04="improved", E1_04=["led", "motors"]))
    assert "Critical findings" in page
    assert "Are all emergency exits unlocked? <strong>No</strong>" in page
    assert "The points alone would give “Advanced”" in page
    assert "Critical findings" not in result(make_submission())


def test_each_question_says_what_it_earned_and_why() -> None:
    page = result(make_submission(S1_02="70", E1_04=["led"]))
    assert '<strong>0.0 / 3.0</strong><br><span class="muted small">No points for this answer' in page
    assert '<strong>1.0 / 2.0</strong><br><span class="muted small">Part of the points' in page
    assert "70 hours" in page


def test_the_three_best_changes_are_those_with_the_largest_gain() -> None:
    submission = make_submission(S1_01="no", S1_02="70")
    best = manager_of(submission.assessment).get(address(submission)).context["page"].best
    assert len(best) == 3
    assert [line.gain for line in best] == sorted((line.gain for line in best), reverse=True)
    assert best[0].code == "S1.01"
    assert f"+{best[0].gain:.1f} points" in result(submission)


def test_last_year_stands_beside() -> None:
    factory = make_factory()
    submit(make_assessment(factory, make_campaign(reporting_year=2024)), S1_02="70")
    page = result(submit(make_assessment(factory)))
    assert "Last year: 45%, 28 points more" in page
    assert "Last year" not in result(make_submission())


def test_greenhouse_gases_show_scopes_workers_and_the_factors_source() -> None:
    submission = make_submission(make_factory(women=300, men=100))
    ghg = submission.score["ghg"]
    page = result(submission)
    assert f"{ghg['scope1_t']:.1f}" in page
    assert f"{ghg['scope2_t']:.1f}" in page
    assert "tonnes for each worker" in page
    assert "12,000 kWh" in page
    assert ghg["lines"][0]["source"][:30] in page
    assert "from 12 of 12 months" in page


def test_without_energy_figures_there_is_no_word_of_gases() -> None:
    assert "Greenhouse gases" not in result(make_submission(E1_01="no", E1_02={}))


def test_the_result_is_read_in_the_readers_language() -> None:
    submission = make_submission()
    client = signed_in(hold(Role.FACTORY_MANAGER, submission.assessment.factory, user=make_user(language="km")))
    assert "ថាមពល" in result(submission, client)


def test_who_reads_a_result() -> None:
    submission, brand = make_submission(), make_brand()
    factory = submission.assessment.factory
    reviewer = signed_in(hold(Role.BRAND_REVIEWER, brand))
    assert reviewer.get(address(submission)).status_code == 404
    buys(brand, factory)
    assert reviewer.get(address(submission)).status_code == 404
    shares_with(factory, brand)
    assert reviewer.get(address(submission)).status_code == 200
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, factory)).get(address(submission)).status_code == 200
    assert signed_in(hold(Role.PROGRAM_STAFF, country="KH")).get(address(submission)).status_code == 200
    assert signed_in(hold(Role.PROGRAM_STAFF, country="TH")).get(address(submission)).status_code == 404
    assert signed_in(make_user()).get(address(submission)).status_code == 404


def test_the_page_costs_the_same_however_much_was_answered() -> None:
    counts = []
    for changed in ({"E1_01": "no", "E1_02": {}}, {"E1_03": "5", "E1_04": ["led"], "S1_03": "1/1/2026", "G1_02": "x"}):
        submission = make_submission(**changed)
        client = manager_of(submission.assessment)
        client.get(address(submission))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(submission))
        counts.append(len(queries))
    assert counts[0] == counts[1]
