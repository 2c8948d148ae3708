"""Quantities in the unit of the bill: what is stored, what comes back, and what a table stands for."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.answers import understand
from assessments.domain.instrument import Column, Kind, Words
from assessments.domain.numbers import NotANumber
from assessments.domain.units import from_own, ratio_of, to_own, units_of
from tests.support.conformance import cases_of
from tests.support.instruments import question

COLUMNS = [
    Column("grid", Words(en="Grid"), "kWh", "grid_electricity"),
    Column("diesel", Words(en="Diesel"), "L", "diesel"),
    Column("lpg", Words(en="LPG"), "kg", "lpg"),
    Column("water", Words(en="Water"), "m3"),
    Column("waste", Words(en="Waste"), "tonnes"),
]
PAIRS = [(column, unit) for column in COLUMNS for unit in units_of(column)]
typed = st.tuples(st.integers(0, 10**8), st.integers(0, 6)).map(lambda p: p[0] / 10 ** p[1] if p[1] else p[0])


def column(unit: str, factor: str = "", kind: Kind = Kind.DECIMAL) -> Column:
    return Column("c", Words(en="c"), unit, factor, kind)


def understood(column: Column, unit: str, *cells: str) -> Any:
    table = question("E1.02", Kind.MONTHLY, columns=(column,), rows=12)
    return understand(table, {column.key: list(cells), "@units": {column.key: unit}}, "en")


@pytest.mark.parametrize("case", cases_of("units"), ids=str)
def test_quantities_convert_as_the_file_says(case: dict[str, Any]) -> None:
    ratio = ratio_of(column(case["unit"], case["factor"]), case["chosen"])
    if case["own"] is None:
        with pytest.raises(NotANumber, match="too_many_digits"):
            to_own(case["typed"], ratio)
    else:
        assert to_own(case["typed"], ratio) == case["own"]


@given(value=typed, pair=st.sampled_from(PAIRS))
def test_what_was_typed_comes_back_to_the_last_digit_or_is_refused(value: float, pair: tuple[Column, str]) -> None:
    ratio = ratio_of(*pair)
    stored = stored_of(value, ratio)
    assert stored is None or from_own(stored, ratio) == value


def stored_of(value: float, ratio: Fraction) -> float | None:
    try:
        return to_own(value, ratio)
    except NotANumber:
        return None


def test_the_units_offered_are_those_that_bills_use() -> None:
    offered = {c.key: list(units_of(c)) for c in COLUMNS}
    assert offered == {
        "grid": ["kWh", "MWh"],
        "diesel": ["L", "m3", "US gal"],
        "lpg": ["kg", "tonnes", "L"],
        "water": ["m3", "L"],
        "waste": ["tonnes", "kg"],
    }
    for fixed in (column("m3", "natural_gas"), column("persons"), column(""), column("kWh", kind=Kind.INTEGER)):
        assert units_of(fixed) == {}


def test_factors_are_the_published_ones() -> None:
    assert ratio_of(COLUMNS[1], "US gal") == Fraction("3.785411784")
    assert ratio_of(COLUMNS[2], "L") == Fraction("0.54")
    assert ratio_of(COLUMNS[3], "L") == Fraction(1, 1000)


def test_a_column_is_stored_in_the_questionnaires_unit() -> None:
    given = understood(COLUMNS[0], "MWh", "1.5", "", "0", "x")
    assert given.value == {"grid": [1500, None, 0, *[None] * 9]}
    assert given.raw["grid"][:4] == ["1.5", "", "0", "x"]
    assert given.units == {"grid": "MWh"}


@pytest.mark.parametrize("unit", ["", "kWh", "tonnes", "litres", "__proto__", 5, None, ["MWh"], {}])
def test_units_that_do_not_fit_are_the_questionnaires(unit: Any) -> None:
    given = understood(COLUMNS[0], unit, "1.5")
    assert given.value["grid"][0] == 1.5
    assert given.units == {}


@pytest.mark.parametrize("units", ["MWh", None, 5, ["MWh"]])
def test_odd_units_upset_nobody(units: Any) -> None:
    table = question("E1.02", Kind.MONTHLY, columns=(COLUMNS[0],), rows=12)
    assert understand(table, {"grid": ["1"], "@units": units}, "en").value["grid"][0] == 1


def test_a_quantity_that_would_come_back_changed_is_refused() -> None:
    assert understood(COLUMNS[2], "L", "1.000001").problems[0].code == "too_many_digits"
    assert understood(COLUMNS[0], "MWh", "123456789012345").problems[0].code == "too_many_digits"
