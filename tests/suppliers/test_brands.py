from typing import Any

import pytest
from django.urls import reverse

from suppliers.models import Brand, SupplyLink
from suppliers.roles import Role
from tests.support.world import buys, hold, make_brand, make_factory, signed_in

pytestmark = pytest.mark.django_db

LIST = "/program/brands/"


@pytest.mark.parametrize("address", [LIST, "/program/brands/new/"])
def test_only_the_program_comes_in(address: str) -> None:
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(address).status_code == 403
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).get(address).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(address).status_code == 200


@pytest.mark.parametrize("name", ["brand_edit", "brand_suppliers"])
def test_a_stranger_gets_404_and_the_brand_itself_403(name: str) -> None:
    brand = make_brand()
    address = reverse(f"suppliers:{name}", args=[brand.code])
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).post(address).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, brand)).post(address).status_code == 403


def test_a_brand_is_added_and_its_suppliers_come_next() -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF))
    answer = client.post("/program/brands/new/", {"name": "Nordwear", "code": "nordwear"})
    assert answer.url == reverse("suppliers:brand_edit", args=["nordwear"])
    assert client.get(answer.url).status_code == 200


def test_an_odd_code_is_told_how_codes_are_written() -> None:
    answer = signed_in(hold(Role.PROGRAM_STAFF)).post("/program/brands/new/", {"name": "Nordwear", "code": "nord wear"})
    assert answer.context["form"].errors["code"] == [
        "Small letters, digits and hyphens. It appears in addresses and stays the same for ever."
    ]


def test_the_code_of_a_brand_stays() -> None:
    brand = make_brand(code="nordwear")
    client = signed_in(hold(Role.PROGRAM_STAFF))
    client.post(reverse("suppliers:brand_edit", args=["nordwear"]), {"name": "Nordwear AB", "code": "other"})
    assert Brand.objects.get(pk=brand.pk).name == "Nordwear AB"
    assert Brand.objects.get(pk=brand.pk).code == "nordwear"


def test_factories_are_found_linked_and_unlinked() -> None:
    brand, factory = make_brand(), make_factory(name_latin="Lotus Mills")
    client = signed_in(hold(Role.PROGRAM_STAFF))
    address = reverse("suppliers:brand_edit", args=[brand.code])
    assert client.get(f"{address}?q=lotus").context["found"] == [factory]
    links = reverse("suppliers:brand_suppliers", args=[brand.code])
    client.post(links, {"factory": factory.code, "action": "link"})
    client.post(links, {"factory": factory.code, "action": "link"})
    assert SupplyLink.objects.current().count() == 1
    assert client.get(f"{address}?q=lotus").context["found"] == []
    assert list(client.get(address).context["page"]) == [factory]
    client.post(links, {"factory": factory.code, "action": "unlink"})
    assert not SupplyLink.objects.current().exists()
    assert SupplyLink.objects.get().ended_on


def test_staff_of_one_country_link_factories_of_that_country_only() -> None:
    brand, factory = make_brand(), make_factory()
    client = signed_in(hold(Role.PROGRAM_STAFF, country="VN"))
    address = reverse("suppliers:brand_suppliers", args=[brand.code])
    assert client.post(address, {"factory": factory.code, "action": "link"}).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_twenty(django_assert_max_num_queries: Any) -> None:
    factory = make_factory()
    for _number in range(20):
        brand = make_brand()
        buys(brand, factory)
        hold(Role.BRAND_LEAD, brand)
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    client.get(LIST)
    with django_assert_max_num_queries(5):
        page = client.get(LIST).context["page"]
    assert {(brand.supplier_count, brand.people_count) for brand in page} == {(1, 1)}


def test_a_brand_with_many_suppliers_costs_no_more(django_assert_max_num_queries: Any) -> None:
    brand = make_brand()
    for _number in range(30):
        buys(brand, make_factory())
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    address = reverse("suppliers:brand_edit", args=[brand.code])
    client.get(address)
    with django_assert_max_num_queries(6):
        client.get(address)
