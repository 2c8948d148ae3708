import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.answers import Given, logic_value, months_filled, understand
from assessments.domain.instrument import Kind
from tests.support.instruments import question, table

YES_NO = question("A.1")
SEVERAL = question("A.2", Kind.MULTIPLE, choices={"led": 0.5, "motors": 0.5})
WHOLE = question("A.3", Kind.INTEGER)
NUMBER = question("A.4", Kind.DECIMAL)
SHARE = question("A.5", Kind.PERCENT)
DATE = question("A.6", Kind.DATE)
TEXT = question("A.7", Kind.TEXT)
MONTHS = table("A.8", "grid", "diesel")
FILE = question("A.9", Kind.FILE)
EVERY_KIND = [YES_NO, SEVERAL, WHOLE, NUMBER, SHARE, DATE, TEXT, MONTHS, FILE]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(["grid", "x", ""]), part, max_size=3),
    max_leaves=8,
)


def assert_storable(given: Given) -> None:
    for part in (given.value, given.raw):
        text = json.dumps(part, ensure_ascii=False)
        assert "\\u0000" not in text
        assert text.encode()


def codes(given: Given) -> list[str]:
    return [problem.code for problem in given.problems]


@given(asked=st.sampled_from(EVERY_KIND), sent=anything, language=st.sampled_from(["en", "km", "th", "vi"]))
def test_whatever_is_sent_is_kept_or_explained(asked: Any, sent: Any, language: str) -> None:
    found = understand(asked, sent, language)
    assert bool(found.problems) == (found.raw is not None)
    assert_storable(found)


@pytest.mark.parametrize("sent", ["12\x00", "\ud800", ["\x00"]])
@pytest.mark.parametrize("asked", [YES_NO, SEVERAL, WHOLE, DATE, TEXT])
def test_characters_that_no_database_keeps_are_left_out(asked: Any, sent: Any) -> None:
    found = understand(asked, sent)
    assert_storable(found)


def test_a_choice_is_kept_by_its_key() -> None:
    assert understand(YES_NO, " yes ") == Given("yes")
    assert codes(understand(YES_NO, "perhaps")) == ["unknown_choice"]
    assert understand(YES_NO, "perhaps").raw == "perhaps"


def test_several_choices_keep_the_order_of_the_question() -> None:
    assert understand(SEVERAL, ["motors", "led"]) == Given(["led", "motors"])
    assert understand(SEVERAL, "motors led") == Given(["led", "motors"])
    assert understand(SEVERAL, []).is_empty


def test_a_choice_that_left_the_list_is_kept_beside_the_good_ones() -> None:
    found = understand(SEVERAL, ["led", "gone"])
    assert (found.value, found.raw, codes(found)) == (["led"], ["led", "gone"], ["unknown_choice"])


@pytest.mark.parametrize(
    ("asked", "sent", "problem"),
    [
        (WHOLE, "12.5", "not_whole"),
        (WHOLE, "-1", "negative"),
        (NUMBER, "-0.5", "negative"),
        (SHARE, "100.5", "not_a_percent"),
        (NUMBER, "many", "not_a_number"),
        (WHOLE, True, "not_a_number"),
        (DATE, "31/02/2026", "not_a_date"),
        (DATE, "yesterday", "not_a_date"),
        (TEXT, "x" * 4001, "text_too_long"),
    ],
)
def test_what_does_not_fit_is_kept_as_typed(asked: Any, sent: Any, problem: str) -> None:
    found = understand(asked, sent)
    assert (found.value, found.raw, codes(found)) == (None, str(sent), [problem])


def test_a_percentage_may_carry_its_sign() -> None:
    assert understand(SHARE, "45 %").value == 45
    assert understand(SHARE, "45,5%", "vi").value == 45.5


@pytest.mark.parametrize("typed", ["31/3/2026", "31.03.2026", "31-3-2026", "2026-03-31", "31/3/2569", "៣១/៣/២០២៦"])
def test_a_date_is_read_in_the_ways_of_the_region(typed: str) -> None:
    assert understand(DATE, typed) == Given("2026-03-31")


def test_the_leap_day_of_a_buddhist_year_is_a_date() -> None:
    assert understand(DATE, "29/2/2567") == Given("2024-02-29")


def test_nothing_sent_is_nothing_answered() -> None:
    for asked in EVERY_KIND:
        for sent in (None, "", "  "):
            assert understand(asked, sent).is_empty
    assert understand(MONTHS, {}).is_empty


def test_a_table_uses_its_good_cells_while_others_are_odd() -> None:
    found = understand(MONTHS, {"grid": ["1,000", "many", "-5"], "diesel": []})
    assert found.value == {"grid": [1000, None, None] + [None] * 9}
    assert [(problem.code, problem.where) for problem in found.problems] == [
        ("not_a_number", ("grid", 1)),
        ("negative", ("grid", 2)),
    ]
    assert found.raw["grid"][:3] == ["1,000", "many", "-5"]


def test_a_table_has_twelve_months_however_many_are_sent() -> None:
    assert understand(MONTHS, {"grid": [1] * 20}).value == {"grid": [1] * 12}
    assert understand(MONTHS, {"elsewhere": [1]}).is_empty


def test_a_month_counts_when_any_column_has_a_figure() -> None:
    table_ = {"grid": [1, None] + [None] * 10, "diesel": [None, 0] + [None] * 10}
    assert months_filled(table_) == 2
    assert months_filled(None) == 0


def test_expressions_see_keys_and_numbers() -> None:
    assert logic_value(SEVERAL, ["led", "motors"]) == "led motors"
    assert logic_value(WHOLE, 3) == 3
    assert logic_value(MONTHS, {"grid": [1]}) == ""
    assert logic_value(YES_NO, None) == ""
