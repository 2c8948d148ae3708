"""A factory's home: where it stands, and one clear next step."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from suppliers.models import Factory
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, make_campaign, someone_of, submit
from tests.support.reviewing import ask_back
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def home(client: Client, factory: Factory) -> str:
    answer = client.get(reverse("assessments:factory_home", args=[factory.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def main_button(page: str) -> str:
    """The words on the page's one main button."""
    main = page.split("<main")[1].split("</main>")[0]
    buttons = [part.split("<")[0].split(">")[1] for part in main.split('class="btn btn-primary"')[1:]]
    assert len(buttons) == 1
    return buttons[0]


def test_without_a_campaign_the_factory_is_told_to_wait() -> None:
    factory = make_factory()
    assert "There is no assessment yet" in home(signed_in(hold(Role.FACTORY_MANAGER, factory)), factory)


def test_each_state_has_one_next_step() -> None:
    assessment = make_assessment()
    client, factory = signed_in(someone_of(assessment)), assessment.factory
    assert main_button(home(client, factory)) == "Begin"
    give(assessment, "E1.01", "no")
    assert main_button(home(client, factory)) == "Continue"
    complete(assessment)
    assert main_button(home(client, factory)) == "Check and submit"
    submission = submit(assessment)
    assert main_button(home(client, factory)) == "See your result"
    ask_back(submission, "S1.02", "With overtime?")
    page = home(client, factory)
    assert main_button(page) == "Clarify the answers"
    assert "clarify 1 answer." in page
    assert reverse("assessments:section", args=[assessment.code, "S1"]) + "#q-S1-02" in page


def test_a_contributor_is_not_offered_to_submit_or_to_share() -> None:
    assessment = complete(make_assessment())
    page = home(signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory)), assessment.factory)
    assert "Check and submit" not in page
    assert reverse("assessments:sharing", args=[assessment.factory.code]) not in page


def test_program_staff_read_only() -> None:
    assessment = make_assessment()
    page = home(signed_in(hold(Role.PROGRAM_STAFF)), assessment.factory)
    assert main_button(page) == "Read the answers"


@pytest.mark.parametrize(("days", "words"), [(12, "12 days left"), (0, "Today is the last day"), (-3, "was")])
def test_the_days_left_are_counted(days: int, words: str) -> None:
    closes = timezone.localdate() + dt.timedelta(days=days)
    assessment = make_assessment(campaign=make_campaign(closes_on=closes))
    assert words in home(signed_in(someone_of(assessment)), assessment.factory)


def test_earlier_years_and_submissions_lead_on() -> None:
    factory = make_factory()
    older = make_assessment(factory, make_campaign(reporting_year=2023, name_en="Assessment 2024"))
    submission = submit(older)
    make_assessment(factory)
    page = home(signed_in(someone_of(older)), factory)
    assert older.get_absolute_url() in page
    assert reverse("assessments:result", args=[older.code, submission.number]) in page
    assert reverse("reports:scorecards", args=[older.code, submission.number]) in page


def test_the_overview_lists_the_sections_with_their_progress() -> None:
    assessment = make_assessment()
    give(assessment, "G1.01", "no")
    client = signed_in(someone_of(assessment))
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "1 of 2 complete" in page
    assert reverse("assessments:section", args=[assessment.code, "G1"]) in page


def test_strangers_find_nothing_and_buyers_are_refused() -> None:
    assessment, brand = make_assessment(), make_brand()
    buys(brand, assessment.factory)
    for address in (
        reverse("assessments:factory_home", args=[assessment.factory.code]),
        assessment.get_absolute_url(),
    ):
        assert signed_in(make_user()).get(address).status_code == 404
        assert signed_in(hold(Role.PROGRAM_STAFF, country="TH")).get(address).status_code == 404
        assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address).status_code == 403


def test_many_submissions_cost_no_more_than_one() -> None:
    counts = []
    for years in (1, 8):
        factory = make_factory()
        for year in range(years):
            submit(make_assessment(factory, make_campaign(reporting_year=2010 + year)))
        client = signed_in(hold(Role.FACTORY_MANAGER, factory))
        home(client, factory)
        with CaptureQueriesContext(connection) as queries:
            home(client, factory)
        counts.append(len(queries))
    assert counts[0] == counts[1]
