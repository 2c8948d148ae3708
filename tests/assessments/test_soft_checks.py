"""Soft checks ask about what looks unusual; they hang on kinds, units and column keys, and never block."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.answers import Stored
from assessments.domain.instrument import Column, Kind, Question, Words
from assessments.domain.soft_checks import Known, SoftCheck, checks_of, soft_checks, workers_counted
from tests.support.instruments import instrument, section, sheet

LABEL = Words({"en": "x"})
amounts = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1e9, allow_nan=False))
years = st.lists(amounts, min_size=12, max_size=12)


def number(unit: str = "kg", kind: Kind = Kind.DECIMAL) -> Question:
    return Question("Q1", kind, LABEL, unit=unit)


def monthly(*columns: str, unit: str = "kWh") -> Question:
    return Question("Q2", Kind.MONTHLY, LABEL, rows=12, columns=tuple(Column(key, LABEL, unit) for key in columns))


def codes(question: Question, value: Any, **known: Any) -> list[str]:
    return [check.code for check in checks_of(question, value, Known(**known))]


def test_ten_times_last_year_is_asked_about() -> None:
    assert codes(number(), 1000, before=100) == ["much_more"]
    assert codes(number(), 10, before=100) == ["much_less"]
    assert codes(number(), 999, before=100) == []
    assert codes(number(), 1000) == []


def test_small_counts_and_shares_may_jump() -> None:
    assert codes(number("times"), 10, before=1) == []
    assert codes(number("%", Kind.PERCENT), 90, before=3) == []


def test_a_years_total_is_held_against_last_years() -> None:
    kwh = monthly("grid_kwh")
    assert codes(kwh, {"grid_kwh": [1000] * 12}, before={"grid_kwh": [100] * 12}) == ["much_more"]
    assert codes(kwh, {"grid_kwh": [10] * 12}, before={"grid_kwh": [100] * 12}) == ["much_less"]
    assert codes(kwh, {"grid_kwh": [100] + [None] * 11}, before={"grid_kwh": [100] * 12}) == []


def test_one_month_far_above_the_others_is_named() -> None:
    value = {"grid_kwh": [100, 110, 90, 1000, *[None] * 8]}
    [found] = checks_of(monthly("grid_kwh"), value, Known())
    assert (found.code, found.column) == ("month_far_from_others", "grid_kwh")
    assert found.values == {"row": 3, "value": 1000, "middle": 100}
    assert codes(monthly("grid_kwh"), {"grid_kwh": [1, 100, 1, *[None] * 9]}) == []


def test_more_women_than_workers() -> None:
    heads = monthly("headcount_women", "headcount_total", unit="persons")
    value = {"headcount_women": [50, 120, *[None] * 10], "headcount_total": [100, 100, *[None] * 10]}
    assert codes(heads, value) == ["women_above_workers"]


def test_more_people_than_work_there() -> None:
    assert codes(number("persons", Kind.INTEGER), 301, counted_workers=300) == ["more_than_workers"]
    assert codes(number("persons", Kind.INTEGER), 301, profile_workers=300) == ["more_than_workers"]
    assert codes(number("persons", Kind.INTEGER), 301) == []


def test_a_headcount_far_from_the_profile() -> None:
    heads = monthly("headcount_women", "headcount_men", unit="persons")
    value = {"headcount_women": [500] * 12, "headcount_men": [100] * 12}
    assert codes(heads, value, profile_workers=300) == ["far_from_profile"]
    assert codes(heads, value, profile_workers=590) == []
    assert codes(heads, value) == []


def test_days_and_weeks_beyond_belief() -> None:
    assert codes(number("hours_day"), 15) == ["long_day"]
    assert codes(number("hours/day"), 14) == []
    assert codes(number("hours"), 85) == ["long_week"]
    assert codes(number("hours_week"), 84) == []


def test_shares_of_one_whole() -> None:
    table = Question("Q3", Kind.TABLE, LABEL, rows=2, columns=(Column("a", LABEL, "%"), Column("b", LABEL, "%")))
    assert codes(table, {"a": [60, 50], "b": [40, 60]}) == ["shares_above_whole"]
    assert codes(table, {"a": [60, None], "b": [40, 60]}) == []


def test_only_what_is_asked_and_answered_is_checked() -> None:
    week = number("hours")
    made = instrument(section("S1", week))
    assert soft_checks(sheet(made, {"Q1": 100}), {}, 0) == [SoftCheck("Q1", "long_week", values={"value": 100})]
    assert soft_checks(sheet(made, {}), {}, 0) == []
    assert soft_checks(sheet(made, {"Q1": Stored(is_na=True, na_reason="x")}), {}, 0) == []


def test_workers_are_counted_in_the_last_full_row() -> None:
    heads = monthly("headcount_women", "headcount_men", unit="persons")
    value = {"headcount_women": [5, 6, 7, *[None] * 9], "headcount_men": [1, 2, *[None] * 10]}
    assert workers_counted(sheet(instrument(section("S1", heads)), {"Q2": value})) == 8


@given(value=years, before=years)
def test_any_table_is_checked_without_falling_over(value: list[Any], before: list[Any]) -> None:
    heads = monthly("headcount_women", "headcount_total", "grid_kwh")
    given_value = {"headcount_women": value, "grid_kwh": before}
    for check in checks_of(heads, given_value, Known({"grid_kwh": value}, 10, 10)):
        assert all(isinstance(figure, int | float) for figure in check.values.values())


@given(value=st.floats(0, 1e9), before=st.floats(0, 1e9))
def test_much_more_and_much_less_never_meet(value: float, before: float) -> None:
    found = codes(number(), value, before=before)
    assert found in ([], ["much_more"], ["much_less"])
    if found:
        mirrored = codes(number(), before, before=value)
        assert mirrored == ["much_less" if found == ["much_more"] else "much_more"]


@given(value=years)
def test_the_same_year_again_raises_nothing_about_last_year(value: list[Any]) -> None:
    found = codes(monthly("grid_kwh"), {"grid_kwh": value}, before={"grid_kwh": value})
    assert not {"much_more", "much_less"} & set(found)
