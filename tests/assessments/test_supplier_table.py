import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.services import reviewing, sharing
from suppliers.models import Brand
from suppliers.roles import Role
from tests.support.assessing import make_assessment, make_campaign, shares_with, submit
from tests.support.portfolios import many_suppliers
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def address(brand: Brand) -> str:
    return reverse("assessments:supplier_table", args=[brand.code])


def rows(brand: Brand, query: str = "", client: Any = None) -> dict[str, Any]:
    client = client or signed_in(hold(Role.BRAND_REVIEWER, brand))
    return {row.factory.code: row for row in client.get(f"{address(brand)}?{query}").context["table"].rows}


def html(brand: Brand, query: str = "") -> str:
    answer = signed_in(hold(Role.BRAND_REVIEWER, brand)).get(f"{address(brand)}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def brand() -> Brand:
    """Four suppliers: one that submitted well, one badly, one that does not share, one that was not invited."""
    brand, campaign = make_brand(), make_campaign()
    good = make_factory(code="GOOD", name_latin="Good Works", sector="food")
    bad = make_factory(code="BAD", name="โรงงานสยาม", name_latin="Bad Works", country="TH", province="TH-10")
    closed = make_factory(code="SHUT", name_latin="Shut Works")
    absent = make_factory(code="ABSENT", name_latin="Absent Works")
    for factory in (good, bad, absent):
        shares_with(factory, brand)
    buys(brand, closed)
    submit(make_assessment(good, campaign))
    submit(make_assessment(bad, campaign), S1_01="no", S1_02="90", G1_01="no")
    submit(make_assessment(closed, campaign), S1_01="no")
    return brand


def test_a_visitor_signs_in_first(client: Any) -> None:
    assert client.get(address(make_brand())).status_code == 302


def test_a_stranger_finds_nothing_and_a_factory_neither() -> None:
    brand, factory = make_brand(), make_factory()
    shares_with(factory, brand)
    assert signed_in(make_user()).get(address(brand)).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).get(address(brand)).status_code == 404
    assert signed_in(hold(Role.FACTORY_MANAGER, factory)).get(address(brand)).status_code == 404


def test_the_brand_and_the_program_read_it() -> None:
    brand = make_brand()
    for held in (hold(Role.BRAND_REVIEWER, brand), hold(Role.BRAND_LEAD, brand), hold(Role.PROGRAM_STAFF)):
        assert signed_in(held).get(address(brand)).status_code == 200


def test_each_supplier_has_its_row(brand: Brand) -> None:
    found = rows(brand)
    assert list(found) == ["ABSENT", "BAD", "GOOD", "SHUT"]
    assert {code: row.state_label for code, row in found.items()} == {
        "ABSENT": "Not invited",
        "BAD": "Submitted",
        "GOOD": "Submitted",
        "SHUT": "Not shared",
    }
    assert (found["BAD"].factory.critical_count, found["GOOD"].factory.critical_count) == (1, 0)
    assert found["GOOD"].review_label == "To be reviewed"


def test_what_is_not_shared_is_nowhere_on_the_page(brand: Brand) -> None:
    row = rows(brand)["SHUT"]
    assert (row.factory.overall, row.factory.band, row.factory.critical_count) == (None, None, None)
    page = html(brand)
    assert "The factory has not shared its submissions with you." in page
    assert "/assessments/SHUT" not in page


@pytest.mark.parametrize("query", ["critical=on", "band=developing", "state=submitted", "to_review=on"])
def test_no_filter_tells_what_is_not_shared(brand: Brand, query: str) -> None:
    assert "SHUT" not in rows(brand, query)


def test_no_order_tells_what_is_not_shared(brand: Brand) -> None:
    for sort in ("overall", "-overall", "critical", "-critical", "submitted", "-submitted"):
        assert set(list(rows(brand, f"sort={sort}"))[2:]) == {"ABSENT", "SHUT"}, sort


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("search=good", ["GOOD"]),
        ("search=สยาม", ["BAD"]),
        ("country=TH", ["BAD"]),
        ("sector=food", ["GOOD"]),
        ("state=not_shared", ["SHUT"]),
        ("state=not_invited", ["ABSENT"]),
        ("state=submitted", ["BAD", "GOOD"]),
        ("critical=on", ["BAD"]),
        ("to_review=on", ["BAD", "GOOD"]),
        ("country=XX&sort=upwards&page=nine", ["ABSENT", "BAD", "GOOD", "SHUT"]),
        ("sort=-name", ["SHUT", "GOOD", "BAD", "ABSENT"]),
        ("sort=-overall", ["GOOD", "BAD", "ABSENT", "SHUT"]),
        ("sort=overall", ["BAD", "GOOD", "ABSENT", "SHUT"]),
        ("sort=-critical", ["BAD", "GOOD", "ABSENT", "SHUT"]),
    ],
)
def test_filters_and_orders(brand: Brand, query: str, codes: list[str]) -> None:
    assert list(rows(brand, query)) == codes


def test_the_figures_on_top_count_all_suppliers_whatever_is_filtered(brand: Brand) -> None:
    client = signed_in(hold(Role.BRAND_REVIEWER, brand))
    page = client.get(address(brand) + "?search=good").context["page"]
    assert (page.total, page.shared, page.submitted, page.to_review) == (4, 3, 2, 2)


def test_a_review_that_is_done_waits_no_longer(brand: Brand) -> None:
    submission = rows(brand)["GOOD"].factory.assessments.get().submissions.with_places().get()
    reviewing.accept(submission=submission, brand=brand, by=make_user())
    assert rows(brand)["GOOD"].review_label == "Accepted"
    assert list(rows(brand, "to_review=on")) == ["BAD"]


def test_a_head_says_the_order_and_keeps_the_filters(brand: Brand) -> None:
    page = html(brand, "sector=garments&sort=-overall&page=1")
    assert re.findall(r'aria-sort="(\w+)"', page) == ["none", "descending", "none", "none"]
    assert 'href="?sector=garments&amp;sort=overall"' in page
    assert 'href="?sector=garments&amp;sort=name"' in page


def test_without_a_choice_names_rise(brand: Brand) -> None:
    assert re.findall(r'aria-sort="(\w+)"', html(brand))[0] == "ascending"


def test_the_change_is_against_the_year_before() -> None:
    brand, factory = make_brand(), make_factory(code="ONE")
    shares_with(factory, brand)
    last = make_campaign(reporting_year=2024, opens_on=dt.date(2025, 1, 1), closes_on=dt.date(2025, 2, 1))
    submit(make_assessment(factory, last), S1_02="90")
    submit(make_assessment(factory, make_campaign(last.version, reporting_year=2025)))
    row = rows(brand)["ONE"]
    assert row.change == round(row.factory.overall) - round(row.factory.before)
    assert f"+{row.change} since last year" in html(brand)


def test_a_campaign_that_is_still_to_open_does_not_hide_this_years_scores(brand: Brand) -> None:
    soon = timezone.localdate() + dt.timedelta(days=10)
    make_assessment(make_factory(), make_campaign(opens_on=soon, closes_on=soon))
    assessment = rows(brand)["GOOD"].factory
    make_assessment(assessment, make_campaign(opens_on=soon, closes_on=soon, reporting_year=2026))
    assert rows(brand)["GOOD"].state_label == "Submitted"


def test_after_a_withdrawal_the_row_stays_and_says_so(brand: Brand) -> None:
    factory = rows(brand)["GOOD"].factory
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    assert rows(brand)["GOOD"].state_label == "Not shared"


def test_a_factory_that_the_brand_left_is_gone(brand: Brand) -> None:
    brand.supply_links.filter(factory__code="GOOD").update(ended_on=timezone.localdate())
    assert "GOOD" not in rows(brand)


def test_staff_of_one_country_see_its_suppliers_only(brand: Brand) -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF, country="TH"))
    assert list(rows(brand, client=client)) == ["BAD"]
    assert client.get(address(brand)).context["page"].total == 1


def test_names_are_in_the_readers_script(brand: Brand) -> None:
    reader = hold(Role.BRAND_REVIEWER, brand)
    reader.user.language = "th"
    reader.user.save()
    page = signed_in(reader).get(address(brand)).content.decode()
    assert re.search(r'<th scope="row">\s*<a[^>]*>โรงงานสยาม</a>', page)


def test_empty_tables_say_why() -> None:
    brand = make_brand()
    assert "No supplier yet" in html(brand)
    buys(brand, make_factory())
    page = html(brand, "search=nothing")
    assert "No supplier fits these filters" in page
    assert f'href="{address(brand)}"' in page


@pytest.mark.parametrize("query", ["", "sort=-overall&critical=on&search=works"])
def test_the_table_costs_the_same_for_24_and_for_200_suppliers(query: str) -> None:
    campaign, costs, user = make_campaign(), [], make_user()
    for count in (24, 200):
        brand = make_brand()
        many_suppliers(brand, campaign, count, user)
        client = signed_in(hold(Role.BRAND_REVIEWER, brand))
        client.get(address(brand))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page = client.get(f"{address(brand)}?{query}").context["page"]
        costs.append(len(captured))
        assert page.total == count
        brand.supply_links.all().delete()
        campaign.assessments.all().delete()
        brand.shares.all().delete()
        type(page.table.rows[0].factory).objects.filter(code__contains="-M").delete()
    assert costs[0] == costs[1] <= 8


def test_a_long_table_comes_in_pages_that_keep_filters_and_order() -> None:
    brand = make_brand()
    many_suppliers(brand, make_campaign(), 60, make_user())
    assert len(rows(brand)) == 50
    assert len(rows(brand, "page=2")) == 10
    assert 'rel="next" href="?sort=-overall&amp;state=submitted&amp;page=2"' in html(
        brand, "sort=-overall&state=submitted"
    )


def test_a_newer_campaign_does_not_hide_the_one_that_is_being_reviewed(brand: Brand) -> None:
    before = set(rows(brand))
    newer = make_campaign(reporting_year=2031, opens_on=timezone.localdate(), code="newer")
    make_assessment(make_factory(code="NEW", name_latin="New Works"), newer)
    factory = brand.supply_links.first().factory  # type: ignore[union-attr]
    make_assessment(factory, newer)
    page = html(brand)
    assert 'href="?campaign=newer" aria-current="true"' in page
    older = next(link for link in re.findall(r'href="\?campaign=([\w-]+)"', page) if link != "newer")
    shown = rows(brand, f"campaign={older}")
    assert set(shown) == before
    assert shown["GOOD"].factory.submission_count == 1
    assert rows(brand, "campaign=nothing-like-it").keys() == before


def test_a_band_that_a_critical_finding_holds_down_is_explained_in_its_row() -> None:
    brand, campaign = make_brand(), make_campaign()
    good, held = make_factory(code="GOOD"), make_factory(code="HELD")
    for factory in (good, held):
        shares_with(factory, brand)
    submit(make_assessment(good, campaign))
    submit(make_assessment(held, campaign), S1_01="no")
    assert {code: row.is_capped for code, row in rows(brand).items()} == {"GOOD": False, "HELD": True}
    assert html(brand).count("Band held down by a critical finding") == 1
