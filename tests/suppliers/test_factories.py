from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from suppliers.models import Factory
from suppliers.roles import Role
from tests.support.world import buys, hold, make_brand, make_factory, signed_in

pytestmark = pytest.mark.django_db

LIST = "/program/factories/"


def fields(**changes: str) -> dict[str, str]:
    return {
        "code": "VN-0007",
        "name": "Công ty Điện tử Sông Hồng",
        "name_latin": "Song Hong Electronics",
        "country": "VN",
        "province": "VN-HN",
        "sector": "electronics",
        "women": "420",
        "men": "180",
        "other_gender": "0",
    } | changes


def shown(client: Any, query: str = "") -> list[str]:
    return [factory.code for factory in client.get(f"{LIST}?{query}").context["page"]]


@pytest.mark.parametrize("address", [LIST, "/program/factories/new/"])
def test_only_the_program_comes_in(address: str) -> None:
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(address).status_code == 403
    assert signed_in(hold(Role.BRAND_LEAD, make_brand())).get(address).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(address).status_code == 200


def test_staff_of_one_country_see_its_factories_only() -> None:
    make_factory(code="KH-9001")
    make_factory(code="TH-9001", country="TH", province="TH-10", name="โรงงานสยาม", name_latin="Siam Works")
    assert shown(signed_in(hold(Role.PROGRAM_STAFF, country="TH"))) == ["TH-9001"]


@pytest.mark.parametrize("query", ["q=song+hong", "q=sông+HỒNG", "q=vn-0007", "country=VN", "sector=electronics"])
def test_a_factory_is_found_without_its_accents_and_by_its_place(query: str) -> None:
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    make_factory(code="KH-9001")
    client.post("/program/factories/new/", fields())
    assert shown(client, query) == ["VN-0007"]


def test_an_old_bookmark_with_nonsense_shows_the_whole_list() -> None:
    make_factory(code="KH-9001")
    assert shown(signed_in(hold(Role.PROGRAM_ADMIN)), "country=XX&order=up&page=99") == ["KH-9001"]


def test_the_list_follows_the_dictionary_of_the_reader() -> None:
    make_factory(code="A", name="ខ", name_latin="Alpha")
    make_factory(code="B", name="ក", name_latin="Beta")
    admin = hold(Role.PROGRAM_ADMIN)
    assert shown(signed_in(admin)) == ["A", "B"]
    assert shown(signed_in(admin), "order=-name") == ["B", "A"]
    admin.user.language = "km"
    admin.user.save()
    assert shown(signed_in(admin)) == ["B", "A"]


def test_the_list_costs_the_same_for_one_and_for_twenty(django_assert_max_num_queries: Any) -> None:
    brand = make_brand()
    for _number in range(20):
        factory = make_factory()
        buys(brand, factory)
        hold(Role.FACTORY_MANAGER, factory)
    client = signed_in(hold(Role.PROGRAM_ADMIN))
    client.get(LIST)
    with django_assert_max_num_queries(5):
        page = client.get(LIST).context["page"]
    assert {(factory.brand_count, factory.people_count) for factory in page} == {(1, 1)}


def test_a_factory_is_added_and_its_manager_comes_next() -> None:
    answer = signed_in(hold(Role.PROGRAM_STAFF)).post("/program/factories/new/", fields())
    assert answer.url == reverse("suppliers:factory_people", args=["VN-0007"])
    factory = Factory.objects.get(code="VN-0007")
    assert factory.headcount == 600
    assert "song hong" in factory.search_text


def test_an_odd_code_is_told_how_codes_are_written() -> None:
    answer = signed_in(hold(Role.PROGRAM_STAFF)).post("/program/factories/new/", fields(code="VN 7"))
    told = "Letters, digits and hyphens, for example KH-0042. It stays the same for ever."
    assert answer.context["form"].errors["code"] == [told]


def test_a_province_must_lie_in_its_country() -> None:
    answer = signed_in(hold(Role.PROGRAM_STAFF)).post("/program/factories/new/", fields(province="KH-12"))
    assert "province" in answer.context["form"].errors


def test_staff_of_one_country_add_factories_there_only() -> None:
    answer = signed_in(hold(Role.PROGRAM_STAFF, country="KH")).post("/program/factories/new/", fields())
    assert "country" in answer.context["form"].errors


def test_a_code_is_used_once() -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF))
    client.post("/program/factories/new/", fields())
    answer = client.post("/program/factories/new/", fields())
    assert answer.context["form"].errors["code"] == ["Another factory has this code already."]


def test_a_manager_keeps_the_factory_up_to_date_but_not_what_identifies_it() -> None:
    factory = make_factory()
    client = signed_in(hold(Role.FACTORY_MANAGER, factory))
    address = reverse("suppliers:factory_edit", args=[factory.code])
    changed = {"name": factory.name, "name_latin": "Mekong New", "province": "KH-12", "sector": "food", "code": "X"}
    client.post(address, changed | {"women": "9", "men": "1", "other_gender": "0"})
    code = factory.code
    factory.refresh_from_db()
    assert (factory.name_latin, factory.headcount) == ("Mekong New", 10)
    assert (factory.code, factory.sector, factory.country) == (code, "garments", "KH")


def test_a_stranger_gets_404_and_a_contributor_403() -> None:
    factory = make_factory()
    address = reverse("suppliers:factory_edit", args=[factory.code])
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(address).status_code == 404
    assert signed_in(hold(Role.FACTORY_CONTRIBUTOR, factory)).get(address).status_code == 403
    brand = make_brand()
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address).status_code == 404
    buys(brand, factory)
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address).status_code == 403


@pytest.mark.parametrize("language", ["en", "km", "th", "vi"])
def test_the_form_offers_every_province_of_the_three_countries(language: str) -> None:
    admin = hold(Role.PROGRAM_ADMIN)
    admin.user.language = language
    admin.user.save()
    page = signed_in(admin).get("/program/factories/new/").content.decode()
    assert page.count('<option value="KH-') == 25
    assert page.count('<option value="TH-') >= 77
    with translation.override(language):
        assert f'<html lang="{language}">' in page


def test_a_factorys_manager_chooses_among_the_provinces_of_its_country() -> None:
    factory = make_factory()
    page = signed_in(hold(Role.FACTORY_MANAGER, factory)).get(f"/factories/{factory.code}/edit/").content.decode()
    assert page.count('<option value="KH-') == 25
    assert '<option value="TH-' not in page
