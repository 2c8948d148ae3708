"""Reading expressions: what is understood, and what is refused with the reason and the place."""

import time
from contextlib import suppress

import pytest

from assessments.domain.logic import LogicError, evaluate, find_cycles, in_order, names_in, parse
from assessments.domain.logic.parsing import ARITY, MAX_DEPTH, MAX_LENGTH
from assessments.domain.logic.patterns import automaton, matches


def refused(source: str) -> LogicError:
    with pytest.raises(LogicError) as caught:
        parse(source)
    return caught.value


def test_operators_bind_as_in_xpath() -> None:
    assert parse("1 or 2 and 3") == ["or", ["num", 1], ["and", ["num", 2], ["num", 3]]]
    assert parse("1 + 2 * 3 = 7") == ["=", ["+", ["num", 1], ["*", ["num", 2], ["num", 3]]], ["num", 7]]
    assert parse("-1 - 2") == ["-", ["neg", ["num", 1]], ["num", 2]]
    assert parse("8 div 4 mod 3") == ["mod", ["div", ["num", 8], ["num", 4]], ["num", 3]]


def test_equal_operators_side_by_side_are_one_list() -> None:
    assert parse("1 and 2 and 3") == ["and", ["num", 1], ["num", 2], ["num", 3]]
    assert parse("1 + 2 + 3") == ["+", ["num", 1], ["num", 2], ["num", 3]]


def test_names_may_hold_points_and_letters_with_marks() -> None:
    assert parse("${E1.03}") == ["ref", "E1.03"]
    assert parse("${điện-2}") == ["ref", "điện-2"]
    assert names_in(parse("${a} = 1 and selected(${b}, 'x') or ${a} > ${c.d}")) == {"a", "b", "c.d"}


def test_words_that_begin_like_operators_are_names() -> None:
    assert parse("${order} = 'and' or ${divide} = 'or'") == [
        "or",
        ["=", ["ref", "order"], ["str", "and"]],
        ["=", ["ref", "divide"], ["str", "or"]],
    ]


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("", 0),
        ("1 +", 3),
        ("(1", 2),
        ("1)", 1),
        ("1 2", 2),
        ("= 1", 0),
        ("${a} = = 1", 7),
        ("${a", 3),
        ("'open", 0),
        ("1 & 2", 2),
        ("$a", 0),
        ("not(1", 5),
        ("if(1,,2)", 5),
        ("1 and", 5),
        ("1e5", 1),
    ],
)
def test_a_mistake_is_found_where_it_is(source: str, position: int) -> None:
    error = refused(source)
    assert error.code == "syntax"
    assert error.position == position


def test_a_name_without_its_braces_is_told_apart_from_a_mistake() -> None:
    error = refused("1 + a = 1")
    assert (error.code, error.position, error.detail) == ("bare_name", 4, "a")


def test_the_error_shows_the_text_from_the_mistake_on() -> None:
    assert refused("${a} = = 'and so on, and on and on'").detail == "= 'and so on, and on"


def test_unknown_functions_are_named() -> None:
    error = refused("1 + pulldata('x')")
    assert (error.code, error.position, error.detail) == ("unknown_function", 4, "pulldata")


@pytest.mark.parametrize("source", ["not()", "not(1, 2)", "if(1, 2)", "selected(1)", "today(1)", "round(1, 2, 3)"])
def test_wrong_numbers_of_arguments_are_refused(source: str) -> None:
    assert refused(source).code == "wrong_arguments"


def test_every_function_takes_as_few_and_as_many_arguments_as_it_says() -> None:
    for name, (fewest, most) in ARITY.items():
        if name == "regex":
            continue
        for count in {fewest, min(most, fewest + 3)}:
            tree = parse(f"{name}({', '.join(['1'] * count)})")
            assert tree[:2] == ["call", name]


def test_too_long_is_refused_before_it_is_read() -> None:
    assert refused("1 + " * MAX_LENGTH).code == "too_long"


def test_a_long_chain_is_not_a_deep_one() -> None:
    assert len(parse(" or ".join(["1"] * 700))) == 701


@pytest.mark.parametrize("source", ["-" * 500 + "1", "not(" * 300 + "1" + ")" * 300, "1 - 1 " + "- 1 " * 300])
def test_too_deep_is_refused_without_a_crash(source: str) -> None:
    assert refused(source).code == "too_deep"


def test_brackets_alone_cost_no_depth() -> None:
    assert parse("(" * 1500 + "1" + ")" * 1500) == ["num", 1]


def test_just_deep_enough_is_evaluated() -> None:
    assert evaluate(parse("-" * (MAX_DEPTH - 1) + "1"), {}) == -1


def test_a_pattern_must_stand_in_the_expression() -> None:
    assert refused("regex('a', ${pattern})").code == "pattern"


@pytest.mark.parametrize(
    "pattern",
    ["(", "a)", "[a", "[]", "a{2,1}", "*a", "a**", "(?=a)", "(?i)a", "\\1", "\\bа", "\\p{L}", "[z-a]", "[\\d-z]", "\\"],
)
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    assert refused(f"regex('a', '{pattern}')").code == "pattern"


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|aa)+", "(a*)*", "(a|a?)+", "(.*a){12}", "(a?){30}a{30}", "([a-z]+)*", "(a+)+$", "^(([a-z])+.)+[A-Z]"],
)
def test_no_pattern_takes_longer_than_its_text(pattern: str) -> None:
    """What keeps a backtracking engine busy for years is answered, or refused, at once."""
    start = time.perf_counter()
    with suppress(LogicError):
        evaluate(parse(f"regex(., '{pattern}')"), {}, "a" * 3000 + "!")
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "pattern", ["(a|b)*a" + "(a|b)" * 40, "(" * 25 + "a" + ")" * 25, "a" * 400, "((a{99}){99}){99}"]
)
def test_patterns_whose_table_would_be_too_large_are_refused_quickly(pattern: str) -> None:
    start = time.perf_counter()
    error = refused(f"regex('a', '{pattern}')")
    assert (error.code, error.detail) == ("pattern", "too large")
    assert time.perf_counter() - start < 2


def test_a_table_says_for_each_letter_where_it_leads() -> None:
    table = automaton("ខ+")
    assert matches(table, "ខខ")
    assert not matches(table, "")
    assert not matches(table, "ខa")


def test_names_settle_after_those_they_hang_on() -> None:
    graph: dict[str, set[str]] = {"c": {"b"}, "b": {"a"}, "a": set()}
    assert in_order(graph) == ["a", "b", "c"]
    assert find_cycles(graph) == []


def test_a_circle_of_conditions_is_shown_as_one() -> None:
    assert find_cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c", "a"]]
    assert find_cycles({"a": {"a"}}) == [["a", "a"]]


def test_long_chains_of_names_are_no_trouble() -> None:
    graph = {f"q{n}": {f"q{n + 1}"} for n in range(5000)} | {"q5000": set()}
    assert in_order(graph)[0] == "q5000"


def test_a_name_without_its_braces_is_told_apart() -> None:
    assert refused("a = 1").code == "bare_name"
