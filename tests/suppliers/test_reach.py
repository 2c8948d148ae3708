"""Who reaches what across places: a buyer at a factory, staff of one country at a brand."""

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language

from suppliers.models import Invitation, Membership
from suppliers.roles import Role
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def bought_from() -> tuple[Membership, Membership]:
    """The lead of a brand, and the manager of a factory that it buys from."""
    factory, brand = make_factory(), make_brand()
    buys(brand, factory)
    return hold(Role.BRAND_LEAD, brand), hold(Role.FACTORY_MANAGER, factory)


def test_a_buyer_does_not_see_the_people_of_its_supplier() -> None:
    lead, manager = bought_from()
    address = reverse("suppliers:factory_people", args=[manager.factory.code])
    answer = signed_in(lead).get(address)
    assert answer.status_code == 403
    assert manager.user.email not in answer.content.decode()


def test_a_buyer_neither_ends_nor_withdraws_anything_at_its_supplier() -> None:
    lead, manager = bought_from()
    client = signed_in(lead)
    assert client.post(reverse("suppliers:end_membership", args=[manager.pk])).status_code == 403
    invited = Invitation.objects.create(
        email="new@example.org", role=Role.FACTORY_CONTRIBUTOR, factory=manager.factory, invited_by=manager.user
    )
    assert client.post(reverse("suppliers:revoke_invitation", args=[invited.pk])).status_code == 403
    assert client.post(reverse("suppliers:renew_invitation", args=[invited.pk])).status_code == 403


def test_who_is_lead_of_a_buyer_and_manager_of_the_factory_acts_as_the_manager() -> None:
    lead, manager = bought_from()
    hold(Role.FACTORY_MANAGER, manager.factory, user=lead.user)
    answer = signed_in(lead).get(reverse("suppliers:factory_people", args=[manager.factory.code]))
    assert answer.status_code == 200
    assert answer.wsgi_request.hat.role == Role.FACTORY_MANAGER


def test_staff_of_one_country_invite_the_people_of_a_brand() -> None:
    brand = make_brand()
    client = signed_in(hold(Role.PROGRAM_STAFF, country="VN"))
    address = reverse("suppliers:brand_people", args=[brand.code])
    asked = {"email": "new@example.org", "role": Role.BRAND_LEAD.value, "language": "vi"}
    assert client.post(address, asked).status_code == 302
    assert Invitation.objects.get().brand == brand


def test_nobody_takes_their_own_role_away_by_inviting_themselves() -> None:
    manager = hold(Role.FACTORY_MANAGER, make_factory())
    address = reverse("suppliers:factory_people", args=[manager.factory.code])
    asked = {"email": manager.user.email.upper(), "role": Role.FACTORY_CONTRIBUTOR.value, "language": "km"}
    answer = signed_in(manager).post(address, asked)
    assert "email" in answer.context["form"].errors
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["factories", "brand_edit"])
def test_a_search_for_what_cannot_be_typed_still_shows_the_page(name: str) -> None:
    brand = [make_brand().code] if name == "brand_edit" else []
    client = signed_in(hold(Role.PROGRAM_STAFF))
    assert client.get(reverse(f"suppliers:{name}", args=brand) + "?q=a%00b").status_code == 200


def test_after_a_refused_change_the_heading_keeps_the_stored_name() -> None:
    factory = make_factory(name_latin="Stored Name")
    changed = {"name": "ថ្មី", "name_latin": "Unsaved Name", "country": "KH", "province": "VN-44", "sector": "food"}
    numbers = {"women": 1, "men": 1, "other_gender": 0}
    client = signed_in(hold(Role.PROGRAM_STAFF))
    page = client.post(reverse("suppliers:factory_edit", args=[factory.code]), changed | numbers).content.decode()
    assert "<h1>Stored Name</h1>" in page
    assert 'value="Unsaved Name"' in page


@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_mail_speaks_the_language_of_its_reader_whatever_the_page_was_read_in(name: str) -> None:
    spoken: list[str] = []
    reader = make_user(language="km")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultAccountAdapter, "send_mail", lambda *_: spoken.append(get_language()))
        Client(headers={"accept-language": "vi"}).post(reverse(name), {"email": reader.email})
    assert spoken == ["km"]


def test_a_refused_csrf_check_is_explained_in_the_portals_look() -> None:
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "km"}).post(reverse("set_language"))
    assert answer.status_code == 403
    assert '<html lang="km">' in answer.content.decode()
    assert 'class="site-header"' in answer.content.decode()
