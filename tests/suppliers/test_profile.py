import pytest
from django.test import Client
from django.urls import reverse

from suppliers.roles import Role
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def test_the_profile_asks_to_sign_in() -> None:
    assert Client().get(reverse("suppliers:profile")).url.startswith(reverse("account_login"))


def test_name_phone_and_language_are_kept() -> None:
    user = make_user()
    client = signed_in(user)
    client.post(reverse("suppliers:profile"), {"name": "Dara", "phone": "+855 12 345 678", "language": "km"})
    user.refresh_from_db()
    assert (user.name, user.phone, user.language) == ("Dara", "+855 12 345 678", "km")
    assert '<html lang="km">' in client.get(reverse("suppliers:profile")).content.decode()


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    user = make_user()
    signed_in(user).post(reverse("suppliers:profile"), {"name": "Dara", "language": "fr"})
    user.refresh_from_db()
    assert user.language == "en"


def test_the_switch_changes_the_language_of_who_is_signed_in_on_every_device() -> None:
    user = make_user()
    signed_in(user).post(reverse("set_language"), {"language": "vi", "next": "/profile/"})
    assert '<html lang="vi">' in signed_in(user).get(reverse("suppliers:profile")).content.decode()


def test_the_switch_works_for_visitors_by_cookie() -> None:
    client = Client()
    answer = client.post(reverse("set_language"), {"language": "th", "next": "/"})
    assert answer.url == "/"
    assert '<html lang="th">' in client.get("/").content.decode()


def test_the_switch_leads_nowhere_else() -> None:
    answer = Client().post(reverse("set_language"), {"language": "th", "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_hat_is_worn_until_another_is_chosen() -> None:
    user = make_user()
    factory, brand = make_factory(), make_brand()
    hold(Role.FACTORY_MANAGER, factory, user=user)
    second = hold(Role.BRAND_LEAD, brand, user=user)
    client = signed_in(user)
    assert client.get(reverse("home")).url == reverse("assessments:factory_home", args=[factory.code])
    client.post(reverse("suppliers:wear_hat"), {"hat": second.pk})
    assert client.get(reverse("home")).url == reverse("assessments:supplier_table", args=[brand.code])


@pytest.mark.parametrize("hat", ["", "x", "999999"])
def test_a_hat_that_is_not_mine_gives_404(hat: str) -> None:
    mine = hold(Role.BRAND_LEAD, make_brand())
    assert signed_in(mine).post(reverse("suppliers:wear_hat"), {"hat": hat}).status_code == 404


def test_the_hat_of_somebody_else_gives_404() -> None:
    other = hold(Role.PROGRAM_ADMIN)
    mine = hold(Role.BRAND_LEAD, make_brand())
    assert signed_in(mine).post(reverse("suppliers:wear_hat"), {"hat": other.pk}).status_code == 404
