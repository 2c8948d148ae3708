import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from suppliers.models import User
from tests.support.world import PASSWORD, make_user, signed_in

pytestmark = pytest.mark.django_db

OPEN_PAGES = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]
OPEN_PAGES += ["account_reset_password_from_key_done", "account_request_login_code", "account_inactive"]
OPEN_PAGES += ["account_email_verification_sent"]
OWN_PAGES = ["account_logout", "account_change_password", "account_email", "account_reauthenticate"]


def link_in(message: Any) -> str:
    found = re.search(r"http://[^/]+(/\S+)", message.body)
    assert found
    return found.group(1)


def names(answer: Any) -> list[str]:
    return [template.name for template in answer.templates]


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_pages_for_visitors_wear_our_look(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    assert "account/base_entrance.html" in names(answer)
    assert not any((name or "").startswith("allauth/") for name in names(answer))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_the_account_wear_our_look(name: str) -> None:
    answer = signed_in(make_user()).get(reverse(name))
    assert answer.status_code == 200
    assert "account/base_entrance.html" in names(answer)


@pytest.mark.parametrize("name", OWN_PAGES[1:])
def test_pages_of_the_account_ask_visitors_to_sign_in(name: str) -> None:
    assert Client().get(reverse(name)).url.startswith(reverse("account_login"))


def test_signing_in_with_a_password() -> None:
    user = make_user()
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email.upper(), "password": PASSWORD})
    assert answer.url == reverse("home")


def test_a_wrong_password_and_an_unknown_address_sound_the_same() -> None:
    user = make_user()
    wrong = Client().post(reverse("account_login"), {"login": user.email, "password": "not-it-at-all"})
    unknown = Client().post(reverse("account_login"), {"login": "no@example.org", "password": "not-it-at-all"})
    expected = ["The e-mail address or the password is not right."]
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors() == expected


def test_signing_in_with_a_code_from_the_mail() -> None:
    user = make_user()
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": user.email})
    (message,) = mail.outbox
    code = message.subject.split()[0]
    assert code in message.body
    page = client.get(reverse("account_confirm_login_code")).content.decode()
    assert user.email in page
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "AAAAAA"})
    assert "The code is not right." in wrong.content.decode()
    assert client.post(reverse("account_confirm_login_code"), {"code": code}).url == reverse("home")


def test_a_forgotten_password_is_replaced_by_mail() -> None:
    user = make_user()
    client = Client()
    client.post(reverse("account_reset_password"), {"email": user.email})
    page = client.get(link_in(mail.outbox[0]), follow=True)
    assert page.status_code == 200
    new = "another-quiet-river"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert User.objects.get(pk=user.pk).check_password(new)
    assert "Your password was changed." in mail.outbox[1].body
    assert "does not work any more" in Client().get(link_in(mail.outbox[0])).content.decode()


def test_asking_for_an_unknown_address_tells_nobody_that_it_is_unknown() -> None:
    answer = Client().post(reverse("account_reset_password"), {"email": "no@example.org"})
    assert answer.url == reverse("account_reset_password_done")
    assert "There is no account with the address" not in answer.content.decode()


def test_a_new_password_must_be_long() -> None:
    user = make_user()
    given = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    answer = signed_in(user).post(reverse("account_change_password"), given)
    assert "password1" in answer.context["form"].errors


def test_a_second_address_is_confirmed_by_mail() -> None:
    user = make_user()
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_email"), {"email": "second@example.org", "action_add": ""})
    path = link_in(mail.outbox[0])
    assert "second@example.org" in client.get(path).content.decode()
    client.post(path)
    assert user.emailaddress_set.get(email="second@example.org").verified


@pytest.mark.parametrize("message", ["password_reset_key", "login_code", "email_confirmation"])
def test_mails_end_with_our_name_and_greet_nobody_wrongly(message: str) -> None:
    user = make_user()
    client = Client()
    if message == "password_reset_key":
        client.post(reverse("account_reset_password"), {"email": user.email})
    elif message == "login_code":
        client.post(reverse("account_request_login_code"), {"email": user.email})
    else:
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        client.post(reverse("account_email"), {"email": "second@example.org", "action_add": ""})
    (sent,) = mail.outbox
    assert sent.body.startswith("Hello,\n")
    assert sent.body.rstrip().endswith("Mekong Alliance\nhttp://localhost:8000")
    assert "example.com" not in sent.body
    assert "\n\n\n" not in sent.body
    assert sent.subject.strip()


def test_every_field_has_a_label_and_no_placeholder() -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert "placeholder" not in page
    assert page.count('class="field-label"') == 2
