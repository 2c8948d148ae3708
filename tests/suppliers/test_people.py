import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suppliers.models import Invitation, Membership
from suppliers.roles import Role
from tests.support.world import hold, make_brand, make_factory, signed_in

pytestmark = pytest.mark.django_db


def invite(client: Any, address: str, **fields: str) -> Any:
    asked = {"email": "new@example.org", "role": Role.FACTORY_CONTRIBUTOR.value, "language": "km"} | fields
    return client.post(address, asked)


def test_a_stranger_gets_404() -> None:
    factory, brand = make_factory(), make_brand()
    stranger = signed_in(hold(Role.FACTORY_MANAGER, make_factory()))
    assert stranger.get(reverse("suppliers:factory_people", args=[factory.code])).status_code == 404
    assert stranger.get(reverse("suppliers:brand_people", args=[brand.code])).status_code == 404


def test_who_is_not_signed_in_is_asked_to() -> None:
    answer = Client().get(reverse("suppliers:program_people"))
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", [Role.FACTORY_CONTRIBUTOR, Role.BRAND_REVIEWER])
def test_who_may_not_see_people_gets_403(role: Role) -> None:
    place = make_factory() if role is Role.FACTORY_CONTRIBUTOR else make_brand()
    client = signed_in(hold(role, place))
    assert client.get(reverse(f"suppliers:{role.scope.value}_people", args=[place.code])).status_code == 403


def test_only_the_program_sees_the_people_of_the_program() -> None:
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).get(reverse("suppliers:program_people")).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(reverse("suppliers:program_people")).status_code == 200


def test_staff_of_one_country_see_the_people_of_that_country() -> None:
    here, there = hold(Role.PROGRAM_STAFF, country="VN"), hold(Role.PROGRAM_STAFF, country="KH")
    page = signed_in(here).get(reverse("suppliers:program_people")).content.decode()
    assert here.user.email in page
    assert there.user.email not in page


def test_staff_of_another_country_do_not_find_the_factory() -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF, country="VN"))
    assert client.get(reverse("suppliers:factory_people", args=[make_factory().code])).status_code == 404


def test_a_manager_invites_a_colleague_who_gets_a_mail_in_the_chosen_language(
    django_capture_on_commit_callbacks: Any,
) -> None:
    factory = make_factory()
    address = reverse("suppliers:factory_people", args=[factory.code])
    with django_capture_on_commit_callbacks(execute=True):
        assert invite(signed_in(hold(Role.FACTORY_MANAGER, factory)), address).status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.factory) == (
        "new@example.org",
        "factory_contributor",
        factory,
    )
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    assert factory.name in message.subject
    assert re.search(r"http://localhost:8000/invitation/\S{20,}", message.body)


def test_nobody_can_hand_out_more_than_they_hold() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.FACTORY_MANAGER, factory))
    answer = invite(client, reverse("suppliers:factory_people", args=[factory.code]), role=Role.PROGRAM_ADMIN.value)
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_staff_cannot_make_an_administrator_but_an_administrator_can() -> None:
    address = reverse("suppliers:program_people")
    invite(signed_in(hold(Role.PROGRAM_STAFF)), address, role=Role.PROGRAM_ADMIN.value)
    assert not Invitation.objects.exists()
    invite(signed_in(hold(Role.PROGRAM_ADMIN)), address, role=Role.PROGRAM_ADMIN.value)
    assert Invitation.objects.get().role == Role.PROGRAM_ADMIN


def test_an_administrator_of_one_country_is_refused_at_the_field() -> None:
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    answer = invite(client, reverse("suppliers:program_people"), role=Role.PROGRAM_ADMIN.value, country="KH")
    assert "country" in answer.context["form"].errors


def test_staff_of_one_country_invite_for_that_country_only() -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF, country="VN"))
    invite(client, reverse("suppliers:program_people"), role=Role.PROGRAM_STAFF.value, country="KH")
    assert Invitation.objects.get().country == "VN"


def test_the_program_invites_the_first_manager_of_a_factory() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.PROGRAM_STAFF))
    invite(client, reverse("suppliers:factory_people", args=[factory.code]), role=Role.FACTORY_MANAGER.value)
    assert Invitation.objects.get().factory == factory


def test_an_invitation_can_be_sent_again_with_a_new_link(django_capture_on_commit_callbacks: Any) -> None:
    factory = make_factory()
    hat = hold(Role.FACTORY_MANAGER, factory)
    client = signed_in(hat)
    invite(client, reverse("suppliers:factory_people", args=[factory.code]))
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    before = Invitation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("suppliers:renew_invitation", args=[before.pk]))
    after = Invitation.objects.get()
    assert after.token_digest != before.token_digest
    assert after.is_open
    assert len(mail.outbox) == 1


def test_an_invitation_can_be_withdrawn() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.FACTORY_MANAGER, factory))
    invite(client, reverse("suppliers:factory_people", args=[factory.code]))
    invitation = Invitation.objects.get()
    client.post(reverse("suppliers:revoke_invitation", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.revoked_at
    assert client.post(reverse("suppliers:revoke_invitation", args=[invitation.pk])).status_code == 404


@pytest.mark.parametrize("name", ["renew_invitation", "revoke_invitation"])
def test_the_invitations_of_others_are_out_of_reach(name: str) -> None:
    factory = make_factory()
    manager = hold(Role.FACTORY_MANAGER, factory)
    invite(signed_in(manager), reverse("suppliers:factory_people", args=[factory.code]))
    address = reverse(f"suppliers:{name}", args=[Invitation.objects.get().pk])
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).post(address).status_code == 404
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, factory)).post(address).status_code == 403


def test_ending_a_membership_takes_access_away_and_keeps_the_record() -> None:
    factory = make_factory()
    manager, colleague = hold(Role.FACTORY_MANAGER, factory), hold(Role.FACTORY_MANAGER, factory)
    signed_in(manager).post(reverse("suppliers:end_membership", args=[colleague.pk]))
    colleague.refresh_from_db()
    assert colleague.ended_at
    answer = signed_in(colleague.user).get(reverse("suppliers:factory_people", args=[factory.code]))
    assert answer.status_code == 404


def test_nobody_ends_their_own_membership_or_one_above_theirs() -> None:
    factory = make_factory()
    manager, writer = hold(Role.FACTORY_MANAGER, factory), hold(Role.FACTORY_CONTRIBUTOR, factory)
    own = reverse("suppliers:end_membership", args=[manager.pk])
    assert signed_in(manager).post(own).status_code == 403
    assert signed_in(writer).post(own).status_code == 403
    admin = hold(Role.PROGRAM_ADMIN)
    address = reverse("suppliers:end_membership", args=[admin.pk])
    assert signed_in(hold(Role.PROGRAM_STAFF)).post(address).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF, country="KH")).post(address).status_code == 404
    assert Membership.objects.active().count() == 5


def test_the_page_costs_the_same_for_two_people_and_for_twenty(django_assert_max_num_queries: Any) -> None:
    factory = make_factory()
    manager = hold(Role.FACTORY_MANAGER, factory)
    client = signed_in(manager)
    address = reverse("suppliers:factory_people", args=[factory.code])
    for number in range(20):
        hold(Role.FACTORY_CONTRIBUTOR, factory)
        invite(client, address, email=f"new-{number}@example.org")
    client.get(address)
    with django_assert_max_num_queries(7):
        client.get(address)


def test_a_mail_address_in_capitals_is_the_same_person() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.FACTORY_MANAGER, factory))
    address = reverse("suppliers:factory_people", args=[factory.code])
    invite(client, address, email="New@Example.org")
    invite(client, address, email="new@example.org")
    assert Invitation.objects.pending().count() == 1
