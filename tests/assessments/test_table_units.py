"""A monthly table in the units of the bills, as a page, as a plain form and as a script sends it."""

import re
from typing import Any

import pytest

from tests.support.assessing import give, make_assessment, someone_of, submit
from tests.support.sections import address, block, manager_of, shown, value_of, versions
from tests.support.syncing import change, sync
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db

MWH = {"grid_kwh": ["1.5"] * 12, "diesel_l": ["10"], "@units": {"grid_kwh": "MWh", "diesel_l": "L"}}


def begun(**fields: Any) -> Any:
    assessment = make_assessment(make_factory(**fields))
    give(assessment, "E1.01", "yes")
    return assessment


def table_of(assessment: Any) -> str:
    return block(shown(manager_of(assessment), assessment), "E1.02")


def foot(page: str, name: str, column: str) -> str:
    found = re.search(rf'data-{name}="{column}">([^<]*)<', page)
    return found[1] if found else ""


def test_the_page_shows_what_was_typed_and_the_answer_holds_the_questionnaires_unit() -> None:
    assessment = begun()
    give(assessment, "E1.02", MWH)
    assert value_of(assessment, "E1.02")["grid_kwh"] == [1500] * 12
    page = table_of(assessment)
    assert 'name="E1.02.grid_kwh.0" value="1.5"' in page
    assert '<option value="MWh" selected>' in page
    assert foot(page, "total", "grid_kwh") == "18"
    assert foot(page, "own-total", "grid_kwh") == "= 18,000 kWh"
    assert foot(page, "own-total", "diesel_l") == ""


def test_tonnes_stand_below_the_columns_and_are_those_of_the_submission() -> None:
    assessment = begun(country="VN", province="VN-HN")
    give(assessment, "E1.02", MWH)
    page = table_of(assessment)
    assert foot(page, "tonnes", "grid_kwh") == "11.866"
    assert foot(page, "tonnes", "diesel_l") == "0.027"
    whole = re.search(r"data-table-tonnes>([^<]*)<", page)
    assert whole is not None
    assert whole[1] == "11.892"
    score = submit(assessment, E1_02=MWH).score
    assert score["ghg"]["total_t"] == 11.892


def test_the_plain_form_converts_when_it_is_saved() -> None:
    assessment = begun()
    sent = versions(assessment, "E1.02") | {"E1.02.grid_kwh.0": "2", "E1.02.grid_kwh.unit": "MWh"}
    manager_of(assessment).post(address(assessment), sent)
    assert value_of(assessment, "E1.02")["grid_kwh"][0] == 2000
    assert 'value="2"' in table_of(assessment)
    sent |= versions(assessment, "E1.02") | {"E1.02.grid_kwh.unit": "kWh"}
    manager_of(assessment).post(address(assessment), sent)
    assert value_of(assessment, "E1.02")["grid_kwh"][0] == 2
    assessment.refresh_from_db()
    assert assessment.table_units == {}


def test_only_the_unit_changed_is_remembered_too() -> None:
    assessment = begun()
    give(assessment, "E1.02", {"grid_kwh": ["1000"]})
    give(assessment, "E1.02", {"grid_kwh": ["1"], "@units": {"grid_kwh": "MWh"}})
    assert assessment.answers.get(question_code="E1.02").version == 1
    assert 'name="E1.02.grid_kwh.0" value="1"' in table_of(assessment)


def test_what_is_sent_without_a_unit_is_in_the_questionnaires() -> None:
    assessment = begun()
    give(assessment, "E1.02", MWH)
    give(assessment, "E1.02", {"grid_kwh": ["1.5"]})
    assert value_of(assessment, "E1.02")["grid_kwh"][0] == 1.5
    assert 'name="E1.02.grid_kwh.0" value="1.5"' in table_of(assessment)


def test_cells_not_understood_stay_beside_good_ones_in_their_unit() -> None:
    assessment = begun()
    give(assessment, "E1.02", MWH | {"grid_kwh": ["1.5", "about 2"]})
    page = table_of(assessment)
    assert 'name="E1.02.grid_kwh.0" value="1.5"' in page
    assert 'name="E1.02.grid_kwh.1" value="about 2"' in page


def test_a_conflict_shows_each_in_its_own_unit() -> None:
    assessment = begun()
    give(assessment, "E1.02", MWH)
    [told] = sync(assessment, change("E1.02", {"grid_kwh": ["7"], "@units": {"grid_kwh": "kWh"}}))
    assert told["state"] == "conflict"
    assert told["inputs"]["cells"]["E1.02.grid_kwh.0"] == "1.5"
    assert told["inputs"]["cells"]["E1.02.grid_kwh.unit"] == "MWh"
    assessment.refresh_from_db()
    assert assessment.table_units == {"E1.02": {"grid_kwh": "MWh"}}
    form = versions(assessment) | {"E1.02.version": "0", "E1.02.grid_kwh.0": "7", "E1.02.grid_kwh.unit": "kWh"}
    page = block(manager_of(assessment).post(address(assessment), form).content.decode(), "E1.02")
    assert 'name="E1.02.grid_kwh.0" value="7"' in page
    assert '<option value="kWh" selected>' in page


def test_the_script_is_told_totals_in_the_typed_unit() -> None:
    assessment = begun()
    [told] = sync(assessment, change("E1.02", MWH))
    assert told["totals"] == {"grid_kwh": "18", "diesel_l": "10"}


def test_after_submission_the_typed_unit_stands_in_the_head() -> None:
    assessment = begun()
    submit(assessment, E1_02=MWH)
    page = table_of(assessment)
    assert '<span class="unit">MWh</span>' in page
    assert "<select" not in page
    assert someone_of(assessment)


def test_the_page_brings_only_the_factors_of_its_columns() -> None:
    assessment = begun(country="TH", province="TH-10")
    answer = manager_of(assessment).get(address(assessment))
    assert answer.context["data"]["tables"]["E1.02"]["grid_kwh"]["kg"] == "0.4999"
    assert answer.context["data"]["tables"]["E1.02"]["grid_kwh"]["ratios"] == {"kWh": ["1", "1"], "MWh": ["1000", "1"]}
    social = manager_of(assessment).get(address(assessment, "S1")).context["data"]
    assert social["tables"] == {}
    assert len(social["dates"]) == 12
