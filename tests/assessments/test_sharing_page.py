"""Sharing: with the brands that buy, given and withdrawn, and both remembered."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Share
from suppliers.models import Brand, Factory
from suppliers.roles import Role
from tests.support.assessing import make_submission, shares_with
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def address(factory: Factory) -> str:
    return reverse("assessments:sharing", args=[factory.code])


def manager(factory: Factory) -> Client:
    return signed_in(hold(Role.FACTORY_MANAGER, factory))


def press(client: Client, factory: Factory, brand: Brand, action: str) -> str:
    answer = client.post(address(factory), {"brand": brand.code, "action": action}, follow=True)
    assert answer.redirect_chain
    return answer.content.decode()


def test_only_brands_that_buy_are_offered() -> None:
    factory, buyer, other = make_factory(), make_brand(name="Nordwear"), make_brand(name="Elsewhere")
    buys(buyer, factory)
    page = manager(factory).get(address(factory)).content.decode()
    assert "Nordwear" in page
    assert "Elsewhere" not in page
    assert other.code not in page


def test_without_buyers_the_page_says_so() -> None:
    factory = make_factory()
    assert "No brand is listed as your buyer yet" in manager(factory).get(address(factory)).content.decode()


def test_sharing_opens_the_submissions_and_withdrawing_closes_them() -> None:
    submission, brand = make_submission(), make_brand(name="Nordwear")
    factory = submission.assessment.factory
    buys(brand, factory)
    client, reviewer = manager(factory), signed_in(hold(Role.BRAND_REVIEWER, brand))
    result = reverse("assessments:result", args=[submission.assessment.code, 1])
    assert "Nordwear can now see your submissions." in press(client, factory, brand, "share")
    assert reviewer.get(result).status_code == 200
    assert "Nordwear can no longer see your submissions." in press(client, factory, brand, "withdraw")
    assert reviewer.get(result).status_code == 404


def test_both_steps_stay_in_the_log() -> None:
    factory, brand = make_factory(), make_brand(name="Nordwear")
    buys(brand, factory)
    client = signed_in(hold(Role.FACTORY_MANAGER, factory, user=make_user(name="Sok Dara")))
    press(client, factory, brand, "share")
    press(client, factory, brand, "withdraw")
    press(client, factory, brand, "share")
    log = client.get(address(factory)).context["page"].log
    assert [share.withdrawn_at is None for share in log] == [True, False]
    assert {str(share.granted_by) for share in log} == {"Sok Dara"}


def test_sharing_twice_and_withdrawing_twice_change_nothing() -> None:
    factory, brand = make_factory(), make_brand()
    buys(brand, factory)
    client = manager(factory)
    for action in ("share", "share", "withdraw", "withdraw"):
        press(client, factory, brand, action)
    assert Share.objects.count() == 1


def test_a_brand_that_stopped_buying_is_listed_until_sharing_stops() -> None:
    factory, brand = make_factory(), make_brand(name="Nordwear")
    shares_with(factory, brand)
    brand.supply_links.update(ended_on=timezone.localdate())
    client = manager(factory)
    assert "Nordwear" in client.get(address(factory)).content.decode()
    press(client, factory, brand, "withdraw")
    assert not Share.objects.current().exists()
    assert client.get(address(factory)).context["page"].brands == []


def test_a_brand_that_never_bought_is_not_shared_with() -> None:
    factory, brand = make_factory(), make_brand()
    answer = manager(factory).post(address(factory), {"brand": brand.code, "action": "share"})
    assert answer.status_code == 404
    assert not Share.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"brand": "x"}, {"brand": "x", "action": "delete"}])
def test_odd_requests_show_the_page_again(sent: dict[str, str]) -> None:
    factory = make_factory()
    assert manager(factory).post(address(factory), sent).status_code == 200


def test_only_managers_decide() -> None:
    factory, brand = make_factory(), make_brand()
    shares_with(factory, brand)
    for held in (
        hold(Role.FACTORY_CONTRIBUTOR, factory),
        hold(Role.BRAND_LEAD, brand),
        hold(Role.PROGRAM_ADMIN),
    ):
        client = signed_in(held)
        assert client.get(address(factory)).status_code == 403
        assert client.post(address(factory), {"brand": brand.code, "action": "withdraw"}).status_code == 403
    assert signed_in(make_user()).get(address(factory)).status_code == 404
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(address(factory)).status_code == 404
    assert Share.objects.current().exists()
