import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Campaign
from assessments.readmodels.program import StackedBar
from suppliers.models import Factory
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, make_campaign, submit
from tests.support.portfolios import many_suppliers
from tests.support.reviewing import ask_back
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db

HOME = reverse("assessments:program_home")


def counts(bar: StackedBar) -> dict[str, int]:
    return {share.state: share.count for share in bar.shares if share.count}


def codes(client: Client, query: str = "") -> list[str]:
    return [row.factory.code for row in client.get(f"{HOME}?{query}").context["table"].rows]


@pytest.fixture
def campaign() -> Campaign:
    """Five factories: not begun, begun, submitted, returned, and one that was not invited."""
    campaign = make_campaign()
    make_assessment(make_factory(code="A", name_latin="A"), campaign)
    give(make_assessment(make_factory(code="B", name_latin="B", sector="food"), campaign), "E1.01", "yes")
    submit(make_assessment(make_factory(code="C", name_latin="C", country="TH", province="TH-10", name="C"), campaign))
    ask_back(submit(make_assessment(make_factory(code="D", name_latin="D"), campaign), S1_01="no"), "S1.01", "Since?")
    make_factory(code="E", name_latin="E")
    return campaign


def test_a_visitor_signs_in_and_others_are_refused(client: Client) -> None:
    assert client.get(HOME).status_code == 302
    for held in (make_user(), hold(Role.FACTORY_MANAGER, make_factory()), hold(Role.BRAND_LEAD, make_brand())):
        assert signed_in(held).get(HOME).status_code == 403
    assert signed_in(hold(Role.PROGRAM_ADMIN)).get(HOME).status_code == 200


def test_bars_tell_each_state_overall_by_country_and_by_sector(campaign: Campaign) -> None:
    progress = signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).context["page"].progress
    assert counts(progress.overall) == {"not_begun": 1, "draft": 1, "submitted": 1, "returned": 1}
    assert {bar.label: counts(bar) for bar in progress.by_country} == {
        "Cambodia": {"not_begun": 1, "draft": 1, "returned": 1},
        "Thailand": {"submitted": 1},
        "Vietnam": {},
    }
    assert [(bar.label, bar.total) for bar in progress.by_sector] == [
        ("Garments & textiles", 3),
        ("Food processing", 1),
        ("Electronics", 0),
    ]
    assert (progress.overall.submitted, progress.overall.total) == (2, 4)


def test_the_pieces_of_a_bar_fill_it(campaign: Campaign) -> None:
    bar = signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).context["page"].progress.overall
    end = 0.0
    for share in bar.shares:
        assert share.start == pytest.approx(end, abs=0.02)
        end = share.start + share.percent
    assert end == pytest.approx(100, abs=0.02)


def test_every_bar_says_its_figures_in_words(campaign: Campaign) -> None:
    page = signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).content.decode()
    assert "2 of 4 submitted" in page
    assert re.search(r"Returned for clarification <strong>1</strong>", page)


def test_staff_of_one_country_see_that_country(campaign: Campaign) -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF, country="TH"))
    assert codes(client) == ["C"]
    assert client.get(HOME).context["page"].progress.overall.total == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["A", "B", "C", "D", "E"]),
        ("state=not_begun", ["A"]),
        ("state=draft", ["B"]),
        ("state=returned", ["D"]),
        ("state=not_invited", ["E"]),
        ("country=TH", ["C"]),
        ("sector=food", ["B"]),
        ("critical=on", ["D"]),
        ("sort=-overall", ["C", "D", "A", "B", "E"]),
    ],
)
def test_filters_and_orders(campaign: Campaign, query: str, found: list[str]) -> None:
    assert codes(signed_in(hold(Role.PROGRAM_STAFF)), query) == found


def test_rows_lead_to_drafts_and_to_submissions(campaign: Campaign) -> None:
    page = signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).content.decode()
    assert f'href="/assessments/B-{campaign.code}/"' in page
    assert f'href="/assessments/C-{campaign.code}/submissions/1/"' in page
    assert "/assessments/E-" not in page


def test_the_program_needs_no_share_and_filters_for_none(campaign: Campaign) -> None:
    page = signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).content.decode()
    assert "Not shared" not in page
    assert "To be reviewed only" not in page


def test_another_campaign_can_be_chosen_and_filters_keep_it(campaign: Campaign) -> None:
    last = make_campaign(
        campaign.version, code="last", reporting_year=2024, opens_on=dt.date(2025, 1, 1), closes_on=dt.date(2025, 2, 1)
    )
    submit(make_assessment(Factory.objects.get(code="A"), last))
    client = signed_in(hold(Role.PROGRAM_STAFF))
    answer = client.get(f"{HOME}?campaign=last&state=submitted")
    assert answer.context["page"].progress.campaign == last
    assert [row.factory.code for row in answer.context["table"].rows] == ["A"]
    page = answer.content.decode()
    assert '<input type="hidden" name="campaign" value="last">' in page
    assert '<a href="?campaign=last">Clear the filters</a>' in page
    assert client.get(f"{HOME}?campaign=nowhere").status_code == 404


def test_what_runs_now_comes_before_what_is_still_to_open(campaign: Campaign) -> None:
    soon = timezone.localdate() + dt.timedelta(days=9)
    make_campaign(campaign.version, opens_on=soon, closes_on=soon)
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(HOME).context["page"].progress.campaign == campaign


def test_an_empty_program_says_where_to_begin() -> None:
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    page = client.get(HOME).content.decode()
    assert "No campaign yet" in page
    assert "No factory yet" in page
    make_factory()
    assert "No factory fits these filters" in client.get(f"{HOME}?search=nothing").content.decode()


def test_the_page_costs_the_same_for_24_and_for_200_factories() -> None:
    campaign, user, client, costs = make_campaign(), make_user(), signed_in(hold(Role.PROGRAM_STAFF)), []
    for count in (24, 200):
        many_suppliers(make_brand(), campaign, count, user)
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            page: Any = client.get(HOME).context["page"]
        assert page.progress.overall.total == count
        costs.append(len(captured))
        campaign.assessments.all().delete()
        Factory.objects.all().delete()
    assert costs[0] == costs[1] <= 8
