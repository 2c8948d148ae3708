"""Who may export what: the program in its country, a brand of what is shared with it, and nobody another's file."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Campaign
from assessments.services import sharing
from suppliers.models import Membership, User
from suppliers.roles import Role
from tests.support.assessing import make_assessment, make_campaign, shares_with, submit
from tests.support.exporting import ask, fetched, file_of, made, names_in, page_of, short_papers, staff, submission_in
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return short_papers(monkeypatch)


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def test_country_and_sector_narrow_it_down(campaign: Campaign) -> None:
    submission_in(campaign, sector="food")
    wanted = submission_in(campaign, sector="food", country="TH", province="TH-10")
    submission_in(campaign, country="TH", province="TH-10")
    assert ask(staff(), page_of(campaign), country="TH", sector="food").submission_ids == [wanted.pk]


def test_staff_of_one_country_export_its_factories_only(campaign: Campaign) -> None:
    here = submission_in(campaign)
    submission_in(campaign, country="TH", province="TH-10")
    assert ask(staff(country="KH"), page_of(campaign)).submission_ids == [here.pk]


def test_a_brand_exports_what_is_shared_with_it(campaign: Campaign) -> None:
    brand, shared = make_brand(), submission_in(campaign)
    submission_in(campaign)
    shares_with(shared.assessment.factory, brand)
    client = signed_in(hold(Role.BRAND_REVIEWER, brand))
    export = made(ask(client, page_of(campaign, brand)))
    assert (export.brand, export.submission_ids) == (brand, [shared.pk])
    assert len(names_in(fetched(client, export))) == 2


def test_a_withdrawn_consent_closes_the_file_that_was_made_before(campaign: Campaign) -> None:
    brand, shared = make_brand(), submission_in(campaign)
    factory = shared.assessment.factory
    shares_with(factory, brand)
    client = signed_in(hold(Role.BRAND_REVIEWER, brand))
    export = made(ask(client, page_of(campaign, brand)))
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    answer = client.get(file_of(export), follow=True)
    assert "Not everything in this file may be read any more." in answer.content.decode()
    assert answer.redirect_chain == [(page_of(campaign, brand), 302)]


def outsiders() -> list[tuple[User | Membership, int]]:
    """Program pages are no secret, so whoever is signed in is refused there."""
    return [
        (make_user(), 403),
        (hold(Role.FACTORY_MANAGER, make_factory()), 403),
        (hold(Role.BRAND_LEAD, make_brand()), 403),
    ]


def test_strangers_and_wrong_roles_are_kept_out_of_the_programs_exports(campaign: Campaign) -> None:
    submission_in(campaign)
    export = made(ask(staff(), page_of(campaign)))
    for outsider, status in outsiders():
        client = signed_in(outsider)
        assert client.get(page_of(campaign)).status_code == status
        assert client.post(page_of(campaign), {"kind": "scores", "language": "en"}).status_code == status
        assert client.get(file_of(export)).status_code == 404
        assert client.post(reverse("reports:cancel_export", args=[export.pk])).status_code == 404
    assert Client().get(page_of(campaign)).url.startswith(reverse("account_login"))
    assert staff().get(file_of(export)).status_code == 404, "another colleague's file"
    assert staff().get(page_of(Campaign(code="nowhere"))).status_code == 404


def test_strangers_and_wrong_roles_are_kept_out_of_a_brands_exports(campaign: Campaign) -> None:
    brand, factory = make_brand(), make_factory()
    shares_with(factory, brand)
    submit(make_assessment(factory, campaign))
    for outsider in (make_user(), hold(Role.BRAND_LEAD, make_brand()), hold(Role.FACTORY_MANAGER, factory)):
        assert signed_in(outsider).get(page_of(campaign, brand)).status_code == 404
    other = make_campaign(code="other")
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(page_of(other, brand)).status_code == 404


def test_who_leaves_the_program_does_not_fetch_their_file_any_more(campaign: Campaign) -> None:
    submission_in(campaign)
    hat = hold(Role.PROGRAM_STAFF)
    client = signed_in(hat)
    export = made(ask(client, page_of(campaign)))
    Membership.objects.filter(pk=hat.pk).update(ended_at=timezone.now())
    assert client.get(file_of(export)).status_code == 403
