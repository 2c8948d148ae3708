import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from suppliers.roles import Role
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def menu(client: Client, address: str = "/profile/") -> dict[str, bool]:
    return {link.label: link.active for link in client.get(address).context["navigation"]}


def test_a_visitor_reads_what_this_is_about() -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert reverse("account_login") in answer.content.decode()


def test_who_is_signed_in_goes_home() -> None:
    assert signed_in(make_user()).get("/").url == reverse("home")


def test_each_hat_has_a_first_page_of_its_own() -> None:
    factory, brand = make_factory(), make_brand()
    home = reverse("home")
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, factory)).get(home).url == f"/factories/{factory.code}/"
    assert signed_in(hold(Role.BRAND_REVIEWER, brand)).get(home).url == f"/brands/{brand.code}/"
    assert signed_in(hold(Role.PROGRAM_STAFF, country="TH")).get(home).url == "/program/"


def test_without_a_role_the_page_says_whom_to_ask() -> None:
    answer = signed_in(make_user()).get(reverse("home"))
    assert answer.status_code == 200
    assert "You have no role yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.FACTORY_CONTRIBUTOR, ["Home"]),
        (Role.FACTORY_MANAGER, ["Home", "Sharing", "People"]),
        (Role.BRAND_REVIEWER, ["Suppliers"]),
        (Role.BRAND_LEAD, ["Suppliers", "People"]),
        (Role.PROGRAM_STAFF, ["Overview", "Campaigns", "Factories", "Brands", "People", "Questionnaires"]),
    ],
)
def test_the_menu_offers_only_what_the_hat_may_open(role: Role, labels: list[str]) -> None:
    place = {"factory": make_factory, "brand": make_brand}.get(role.scope.value)
    assert list(menu(signed_in(hold(role, place() if place else None)))) == labels


def test_the_menu_marks_the_nearest_page() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.FACTORY_MANAGER, factory))
    marked = menu(client, reverse("suppliers:factory_people", args=[factory.code]))
    assert marked == {"Home": False, "Sharing": False, "People": True}


def test_somebody_without_a_role_has_no_menu() -> None:
    assert menu(signed_in(make_user())) == {}


def test_a_page_that_is_not_there_looks_like_ours() -> None:
    answer = Client().get("/nothing/here/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_refusal_says_what_to_do() -> None:
    answer = signed_in(hold(Role.BRAND_LEAD, make_brand())).get("/program/people/")
    assert answer.status_code == 403
    assert "ask the person who invited you" in answer.content.decode()


def test_the_page_for_our_own_mistakes_needs_no_request_and_no_database() -> None:
    assert "Something went wrong on our side" in render_to_string("500.html")


def test_no_page_carries_a_script_or_style_of_its_own() -> None:
    for address in ("/", reverse("account_login")):
        answer = Client().get(address)
        page = answer.content.decode()
        assert "<style" not in page
        assert 'style="' not in page
        assert "onclick" not in page
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
