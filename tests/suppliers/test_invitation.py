from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suppliers.models import Factory, Invitation, Membership, User
from suppliers.models.invitations import digest
from suppliers.roles import Role
from tests.support.world import PASSWORD, hold, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db

TOKEN = "a-secret-only-in-the-mail"
ADDRESS = f"/invitation/{TOKEN}"


@pytest.fixture
def factory() -> Factory:
    return make_factory()


@pytest.fixture
def invitation(factory: Factory) -> Invitation:
    return Invitation.objects.create(
        email="dara@example.org",
        role=Role.FACTORY_MANAGER,
        factory=factory,
        token_digest=digest(TOKEN),
        invited_by=hold(Role.PROGRAM_STAFF).user,
    )


def sign_up(client: Client, **fields: str) -> object:
    return client.post(reverse("account_signup"), {"name": "Dara Vuth", "password1": PASSWORD} | fields)


def test_the_link_says_who_invites_to_what(invitation: Invitation, factory: Factory) -> None:
    page = Client().get(ADDRESS).content.decode()
    assert factory.name_latin in page
    assert str(invitation.invited_by) in page
    assert reverse("account_signup") in page


def test_an_unknown_link_gives_404() -> None:
    assert Client().get("/invitation/guessed").status_code == 404


def test_without_an_invitation_nobody_makes_an_account() -> None:
    answer = Client().get(reverse("account_signup"))
    assert "account/signup_closed.html" in [template.name for template in answer.templates]
    sign_up(Client(), email="anybody@example.org")
    assert not User.objects.filter(email="anybody@example.org").exists()


def test_signing_up_by_the_link_gives_the_role_at_once_and_needs_no_second_mail(
    invitation: Invitation, factory: Factory
) -> None:
    client = Client()
    client.get(ADDRESS)
    answer = sign_up(client)
    assert answer.url == reverse("home")  # type: ignore[attr-defined]
    membership = Membership.objects.get(user__email=invitation.email)
    assert (membership.factory, membership.role) == (factory, Role.FACTORY_MANAGER)
    assert membership.user.name == "Dara Vuth"
    assert membership.user.emailaddress_set.get().verified
    assert mail.outbox == []
    assert client.get(reverse("home")).url == reverse("assessments:factory_home", args=[factory.code])


def test_the_address_of_the_invitation_cannot_be_exchanged(invitation: Invitation) -> None:
    client = Client()
    client.get(ADDRESS)
    sign_up(client, email="somebody.else@example.org")
    assert User.objects.filter(email=invitation.email).exists()
    assert not User.objects.filter(email="somebody.else@example.org").exists()


def test_a_link_makes_one_account_only(invitation: Invitation) -> None:
    first, second = Client(), Client()
    first.get(ADDRESS)
    second.get(ADDRESS)
    sign_up(first)
    sign_up(second)
    assert User.objects.filter(email=invitation.email).count() == 1
    assert second.get(ADDRESS).status_code == 410


def test_who_has_an_account_signs_in_and_accepts(invitation: Invitation, factory: Factory) -> None:
    user = make_user(invitation.email)
    client = Client()
    assert f"{reverse('account_login')}?next={ADDRESS}" in client.get(ADDRESS).content.decode()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    answer = client.post(reverse("suppliers:accept_invitation", args=[TOKEN]))
    assert answer.url == reverse("home")
    assert user.memberships.get().factory == factory


def test_somebody_else_cannot_accept(invitation: Invitation) -> None:
    client = signed_in(make_user("other@example.org"))
    assert "other@example.org" in client.get(ADDRESS).content.decode()
    client.post(reverse("suppliers:accept_invitation", args=[TOKEN]))
    assert not Membership.objects.filter(user__email="other@example.org").exists()


def test_accepting_asks_to_sign_in_first(invitation: Invitation) -> None:
    answer = Client().post(reverse("suppliers:accept_invitation", args=[TOKEN]))
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, "send it again"),
        ({"revoked_at": timezone.now()}, "newest e-mail"),
    ],
)
def test_a_link_that_is_over_says_why(invitation: Invitation, change: dict[str, object], words: str) -> None:
    Invitation.objects.update(**change)
    answer = Client().get(ADDRESS)
    assert answer.status_code == 410
    assert words in answer.content.decode()
    assert "invitation" not in Client().session
    signed = signed_in(make_user(invitation.email))
    assert signed.post(reverse("suppliers:accept_invitation", args=[TOKEN])).status_code == 410


def test_a_newer_role_at_the_same_place_replaces_the_older(invitation: Invitation, factory: Factory) -> None:
    before = hold(Role.FACTORY_CONTRIBUTOR, factory, user=make_user(invitation.email))
    signed_in(before).post(reverse("suppliers:accept_invitation", args=[TOKEN]))
    assert before.user.memberships.active().get().role == Role.FACTORY_MANAGER


def test_the_pages_behind_the_link_speak_the_language_of_the_mail(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(language="vi")
    browser = Client(headers={"accept-language": "en"})
    assert '<html lang="vi">' in browser.get(ADDRESS).content.decode()
    assert '<html lang="vi">' in browser.get(reverse("account_signup")).content.decode()


def test_a_language_that_was_chosen_stays(invitation: Invitation) -> None:
    browser = Client(headers={"accept-language": "en"})
    browser.post(reverse("set_language"), {"language": "th"})
    assert '<html lang="th">' in browser.get(ADDRESS).content.decode()
