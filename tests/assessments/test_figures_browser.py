"""Numbers, dates, units, sums and greenhouse gases: the browser and the server never differ in a digit."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain.answers import understand
from assessments.domain.ghg import footprint, kg_by_column
from assessments.domain.instrument import Column, Kind, Words
from assessments.domain.numbers import MAX_DECIMALS, NotANumber, input_text, parse_number, plain_digits
from assessments.domain.units import units_of
from assessments.readmodels.figures import date_patterns
from assessments.readmodels.table_block import Reckoning, browser_table, heads_of, tonnes_text
from assessments.words import foot_label
from suppliers import localization
from tests.support.conformance import cases_of
from tests.support.instruments import question
from tests.support.logic import BrowserLogic

LANGUAGES = ["en", "km", "th", "vi"]
NUMBER_CASES = cases_of("numbers")
BROAD = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

letters = st.text("0123456789.,,..-+% 'x៥៨๓๙٣−\u200b\u00a0\x1c\ufeff１²/", max_size=12)
languages = st.sampled_from(LANGUAGES)
stored = st.one_of(
    st.integers(0, 10**12),
    st.tuples(st.integers(0, 10**9 - 1), st.integers(0, 10**MAX_DECIMALS - 1)).map(
        lambda p: float(f"{p[0]}.{p[1]:06d}")
    ),
)
typed = st.one_of(letters, st.text(max_size=8), stored.map(lambda value: input_text(value, "en")))
dates = st.one_of(
    st.dates().map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    st.dates().map(lambda day: f"{day.day}.{day.month}.{day.year + 543}"),
    st.tuples(st.integers(0, 33), st.integers(0, 14), st.integers(0, 9999)).map(lambda p: "/".join(map(str, p))),
    st.text("0123456789/.-៥๓ ", max_size=11),
    st.dates().map(dt.date.isoformat),
)
ENERGY = question(
    "E1.02",
    Kind.MONTHLY,
    rows=12,
    columns=(
        Column("grid", Words(en="Grid"), "kWh", "grid_electricity"),
        Column("solar", Words(en="Solar"), "kWh", "solar"),
        Column("diesel", Words(en="Diesel"), "L", "diesel"),
        Column("lpg", Words(en="LPG"), "kg", "lpg"),
        Column("gas", Words(en="Gas"), "m3", "natural_gas"),
        Column("biomass", Words(en="Biomass"), "kg", "biomass"),
        Column("people", Words(en="People"), "persons", kind=Kind.INTEGER),
    ),
)


@pytest.fixture(scope="module")
def numbers() -> Iterator[BrowserLogic]:
    engine = BrowserLogic("numbers")
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def units() -> Iterator[BrowserLogic]:
    engine = BrowserLogic("units")
    yield engine
    engine.close()


def read(typed: str, language: str) -> dict[str, Any]:
    try:
        return {"value": parse_number(typed, language), "problem": ""}
    except NotANumber as error:
        return {"value": "", "problem": error.code}


def understood(kind: Kind, typed: str, language: str) -> dict[str, Any]:
    given = understand(question("q", kind), typed, language)
    return {
        "value": "" if given.value is None else given.value,
        "problem": given.problems[0].code if given.problems else "",
    }


@pytest.mark.parametrize("case", NUMBER_CASES, ids=lambda case: ascii((case["typed"], case["language"])))
def test_python_reads_numbers_as_the_file_says(case: dict[str, Any]) -> None:
    expected = {"value": case.get("value", ""), "problem": case.get("problem", "")}
    assert read(case["typed"], case["language"]) == expected


def test_the_browser_reads_numbers_as_the_file_says(numbers: BrowserLogic) -> None:
    results = numbers.answer([("parseNumber", case["typed"], case["language"]) for case in NUMBER_CASES])
    expected = [{"value": case.get("value", ""), "problem": case.get("problem", "")} for case in NUMBER_CASES]
    assert results == expected


@BROAD
@given(batch=st.lists(st.tuples(typed, languages, st.sampled_from(["integer", "decimal", "percent"])), min_size=30))
def test_both_understand_whatever_is_typed_alike(numbers: BrowserLogic, batch: list[Any]) -> None:
    results = numbers.answer([("understandNumber", kind, text, language) for text, language, kind in batch])
    for (text, language, kind), result in zip(batch, results, strict=True):
        assert result == understood(Kind(kind), text, language), ascii((text, language, kind))


@BROAD
@given(batch=st.lists(dates, min_size=30))
def test_both_understand_dates_alike(numbers: BrowserLogic, batch: list[str]) -> None:
    results = numbers.answer([("understandDate", text) for text in batch])
    for text, result in zip(batch, results, strict=True):
        assert result == understood(Kind.DATE, text, "en"), ascii(text)


@BROAD
@given(batch=st.lists(st.tuples(stored, languages), min_size=30))
def test_both_write_numbers_alike(numbers: BrowserLogic, batch: list[Any]) -> None:
    shown = numbers.answer([("numberText", value, language) for value, language in batch])
    inputs = numbers.answer([("inputText", value, language) for value, language in batch])
    assert shown == [localization.number(value, language) for value, language in batch]
    assert [plain_digits(text) for text in inputs] == [input_text(value, language) for value, language in batch]


@BROAD
@given(batch=st.lists(st.tuples(st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1)), languages), min_size=30))
def test_both_write_dates_alike(numbers: BrowserLogic, batch: list[Any]) -> None:
    patterns = {language: date_patterns(language) for language in LANGUAGES}
    results = numbers.answer([("dateText", day.isoformat(), patterns[lang], lang) for day, lang in batch])
    assert results == [localization.date(day, language) for day, language in batch]


def test_the_browser_converts_as_the_file_says(units: BrowserLogic) -> None:
    cases = cases_of("units")
    sent = []
    for case in cases:
        column = Column("c", Words(en="c"), case["unit"], case["factor"])
        sent.append(("understandCell", browser_column(column), case["chosen"], input_text(case["typed"], "en"), "en"))
    expected = [
        {"value": "", "problem": "too_many_digits"} if case["own"] is None else {"value": case["own"], "problem": ""}
        for case in cases
    ]
    assert units.answer(sent) == expected


def browser_column(column: Column, kg: float | None = None) -> dict[str, Any]:
    table = question("q", Kind.MONTHLY, columns=(column,), rows=12)
    return dict(browser_table(table, Reckoning({}, {} if kg is None else {column.key: kg}), "en")[column.key])


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], str, str, int]:
    sent: dict[str, Any] = {column.key: draw(st.lists(typed, max_size=12)) for column in ENERGY.columns}
    sent["@units"] = {c.key: draw(st.sampled_from([*units_of(c), "nothing"])) for c in ENERGY.columns}
    return sent, draw(languages), draw(st.sampled_from(["KH", "TH", "VN"])), draw(st.integers(2019, 2027))


@BROAD
@given(batch=st.lists(tables(), min_size=4, max_size=8))
def test_sums_and_tonnes_are_the_servers(units: BrowserLogic, batch: list[Any]) -> None:
    for sent, language, country, year in batch:
        given = understand(ENERGY, sent, language)
        reckoning = Reckoning(given.units, kg_by_column(ENERGY.columns, country, year))
        columns = browser_table(ENERGY, reckoning, language)
        chosen = sent["@units"]
        results = units.answer([("sumsOf", columns[k], chosen[k], sent[k], language) for k in columns])
        numbers = {k: r for k, r in zip(columns, results, strict=True) if r}
        assert {k: shown(r["typed"], language) for k, r in numbers.items()} == {
            head.key: head.total for head in heads_of(ENERGY, given.value, reckoning, language) if head.total
        }
        tonnes = {k: r["tonnes"] for k, r in numbers.items() if "tonnes" in r}
        total = units.answer([("sum", list(tonnes.values()))])[0]
        made = footprint([(ENERGY, given.value or {})], country=country, year=year, headcount=0)
        assert {line.column: line.t for line in made.lines if line.scope} == tonnes if made else tonnes == {}
        if made and tonnes:
            assert units.answer([("places", total, 3)])[0] == made.total_t
            assert shown(made.total_t, language) == tonnes_text(ENERGY, given.value, reckoning, language)


def shown(value: float, language: str) -> str:
    return localization.number(value, language)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("1\n2\n3\n", [["1"], ["2"], ["3"]]),
        ("1\r\n\r\n3", [["1"], [""], ["3"]]),
        ("kWh\n1,200\n1,300", [["1,200"], ["1,300"]]),
        ("Month\tGrid\tSolar\nJan\t1\t2\nFeb\t3\t", [["1", "2"], ["3", ""]]),
        ('"Electricity\n(kWh)"\n5', [["5"]]),
        ("n/a\n5", [["n/a"], ["5"]]),
        ("\n5", [[""], ["5"]]),
        ("5\nmany\n6", [["5"], ["many"], ["6"]]),
        ("ខែ\tគីឡូវ៉ាត់ម៉ោង\nមករា\t១២០០", [["១២០០"]]),
        ("one\ntwo", [["one"], ["two"]]),
    ],
)
def test_what_comes_from_a_spreadsheet_is_taken_apart(text: str, cells: list[list[str]]) -> None:
    engine = BrowserLogic("clipboard")
    assert engine.answer([(text, "en")]) == [cells]
    engine.close()


HEADS = question(
    "S1.01",
    Kind.MONTHLY,
    columns=tuple(Column(f"headcount_{who}", Words(en=who), "persons", kind=Kind.INTEGER) for who in ("women", "men")),
    rows=12,
)
people = st.lists(st.one_of(st.just(""), st.integers(0, 9999).map(str)), min_size=12, max_size=12)


@BROAD
@given(women=people, men=people)
def test_people_have_a_mean_and_never_a_sum(units: BrowserLogic, women: list[str], men: list[str]) -> None:
    sent = {"headcount_women": women, "headcount_men": men}
    value, reckoning = understand(HEADS, sent, "en").value, Reckoning()
    columns = browser_table(HEADS, reckoning, "en")
    results = units.answer([("sumsOf", columns[key], "", sent[key], "en") for key in columns])
    for key, result, head in zip(columns, results, heads_of(HEADS, value, reckoning, "en"), strict=True):
        counted = [int(cell) for cell in sent[key] if cell]
        assert head.total == (shown(result["typed"], "en") if result else "")
        if counted:
            assert min(counted) - 1 <= result["typed"] <= max(counted) + 1
    assert foot_label(HEADS) == "Average"
    assert foot_label(ENERGY) == "Total"
