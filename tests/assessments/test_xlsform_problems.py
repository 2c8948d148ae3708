"""What of XLSForm is refused: with its sheet, row and column, and all at once."""

import pytest

from assessments.domain.xlsform import read
from tests.support.xlsforms import HEAD, Rows, form, instrument, problems


@pytest.mark.parametrize(
    ("rows", "head", "expected"),
    [
        ([["geopoint", "g", "Where?"]], HEAD, ("type", "unknown_type")),
        ([["audio", "g", "Say"]], HEAD, ("type", "unknown_type")),
        ([["select_one nowhere", "g", "?"]], HEAD, ("type", "unknown_list")),
        ([["text", "has space", "?"]], HEAD, ("name", "bad_name")),
        ([["text", "", "?"]], HEAD, ("name", "bad_name")),
        ([["text", "a" * 65, "?"]], HEAD, ("name", "text_too_long")),
        ([["text", "a", ""]], HEAD, ("label", "text_missing")),
        ([["", "a", "A"]], HEAD, ("type", "type_missing")),
        ([["begin_group", "g", "G"]], HEAD, ("type", "group_not_closed")),
        ([["end_group", "", ""]], HEAD, ("type", "group_out_of_place")),
        ([["end_repeat", "", ""]], HEAD, ("type", "group_out_of_place")),
        ([["calculate", "c", ""]], HEAD, ("calculation", "calculation_missing")),
        ([["text", "a", "A", "1 + 1"]], [*HEAD, "calculation"], ("calculation", "calculation_out_of_place")),
        ([["text", "a", "A", "x = 1"]], [*HEAD, "choice_filter"], ("choice_filter", "choice_filter_out_of_place")),
        ([["note", "a", "A", ". = 1"]], [*HEAD, "constraint"], ("constraint", "constraint_out_of_place")),
        ([["text", "a", "A", "${b} = 1"]], [*HEAD, "relevant"], ("relevant", "unknown_name")),
        ([["text", "a", "A", "b = 1"]], [*HEAD, "relevant"], ("relevant", "logic_bare_name")),
        ([["text", "a", "A", "pulldata('x')"]], [*HEAD, "relevant"], ("relevant", "logic_unknown_function")),
        ([["text", "a", "A", "(1"]], [*HEAD, "relevant"], ("relevant", "logic_syntax")),
        ([["text", "a", "A", "regex(., '(?=x)')"]], [*HEAD, "constraint"], ("constraint", "logic_pattern")),
        ([["text", "a", "Hello ${b}"]], HEAD, ("label", "unknown_name")),
        ([["text", "a", "A", "maybe"]], [*HEAD, "required"], ("required", "not_yes_or_no")),
        ([["integer", "a", "A", "today()"]], [*HEAD, "default"], ("default", "default_not_fixed")),
        ([["integer", "a", "A", "many"]], [*HEAD, "default"], ("default", "default_does_not_fit")),
        ([["text", "a", "A", "x.jpg"]], [*HEAD, "media::image"], ("media::image", "column_refused")),
        ([["text", "a", "A", "${b}"]], [*HEAD, "trigger"], ("trigger", "column_refused")),
        ([["text", "a", "A", "yes"]], [*HEAD, "read_only"], ("read_only", "column_refused")),
        ([["text", "a", "A", "search('x')"]], [*HEAD, "appearance"], ("appearance", "appearance_refused")),
        ([["integer", "a", "A", "2"]], [*HEAD, "points"], ("score", "score_missing")),
        ([["note", "a", "A", "2"]], [*HEAD, "points"], ("points", "points_without_answer")),
        ([["integer", "a", "A", "many"]], [*HEAD, "points"], ("points", "not_a_number")),
        ([["text", "a", "A", "steel"]], [*HEAD, "sectors"], ("sectors", "unknown_word")),
        ([["text", "a", "A", "money"]], [*HEAD, "commitment"], ("commitment", "unknown_word")),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_is_not_understood_is_named_with_its_row_and_column(
    rows: Rows, head: list[str], expected: tuple[str, str]
) -> None:
    assert ("survey", 2, *expected) in problems(*rows, head=head)


def test_select_with_or_other_is_refused_with_the_way_out() -> None:
    choices = [["list_name", "name", "label"], ["l", "a", "A"]]
    assert problems(["select_one l or_other", "q", "Q"], choices=choices) == [("survey", 2, "type", "or_other")]


def test_a_table_has_no_single_value() -> None:
    rows = [["begin_repeat", "t", "T", "2", ""], ["text", "i", "I", "", ""], ["end_repeat", "", "", "", ""]]
    asking = ["text", "b", "B", "", "${t} = 'x'"]
    found = problems(*rows, asking, head=[*HEAD, "repeat_count", "relevant"])
    assert found == [("survey", 5, "relevant", "name_has_no_value")]


def test_names_that_stand_twice_or_in_a_table_are_refused() -> None:
    head = [*HEAD, "repeat_count", "relevant"]
    rows = [
        ["begin_repeat", "t", "T", "2", ""],
        ["text", "inside", "I", "", ""],
        ["end_repeat", "", "", "", ""],
        ["text", "a", "A", "", "${inside} = 'x'"],
        ["text", "b", "B", "", ""],
        ["text", "b", "again", "", ""],
    ]
    assert problems(*rows, head=head) == [
        ("survey", 5, "relevant", "name_in_table"),
        ("survey", 7, "name", "double_name"),
    ]


def test_every_problem_is_found_at_once_in_the_order_of_the_sheets() -> None:
    found = problems(
        ["frob", "a", "A"],
        ["text", "b b", ""],
        choices=[["list_name", "name", "label"], ["l", "x", "X"], ["l", "x", "Y"]],
        settings=[["form_id", "bands"], ["a b c", "beginning=low"]],
    )
    assert [sheet for sheet, *_ in found] == [
        "survey",
        "survey",
        "survey",
        "choices",
        "settings",
        "settings",
        "settings",
    ]


def test_columns_that_are_not_read_are_remarked_once() -> None:
    reading = form(["text", "a", "A", "x"], ["text", "b", "B", "y"], head=[*HEAD, "translator's notes"])
    assert [(remark.row, remark.code) for remark in reading.remarks] == [(1, "column_ignored")]


def test_letters_that_no_page_can_hold_are_dropped_and_those_between_khmer_words_are_not() -> None:
    assert instrument(["text", "a", "ក\u200bខ\x00\x07"]).questions["a"].label.in_("en") == "ក\u200bខ"


def test_a_section_with_points_needs_a_pillar() -> None:
    rows = [["begin_group", "g", "G", ""], ["text", "a", "A", "1"], ["end_group", "", "", ""]]
    assert problems(*rows, head=[*HEAD, "points"]) == [("survey", 2, "pillar", "pillar_missing")]


def test_a_choice_filter_may_name_only_columns_of_its_list() -> None:
    choices = [["list_name", "name", "label", "size"], ["l", "a", "A", 1]]
    rows = [["select_one l", "q", "Q", "colour = 'red'"]]
    found = problems(*rows, head=[*HEAD, "choice_filter"], choices=choices)
    assert found == [("survey", 2, "choice_filter", "unknown_choice_column")]


@pytest.mark.parametrize(
    "sheets", [{}, {"survey": []}, {"survey": [[]]}, {"survey": [["type", "name"]]}, {"survey": [[None]]}]
)
def test_an_empty_form_says_that_its_sheet_is_missing(sheets: dict[str, Rows]) -> None:
    assert [problem.code for problem in read(sheets).problems] == ["sheet_missing"]


def test_a_column_names_a_known_emission_factor_and_its_unit() -> None:
    reading = form(
        ["begin_repeat", "t", "T", "12", "", ""],
        ["decimal", "right", "Right", "", "L", "diesel"],
        ["decimal", "unknown", "Unknown", "", "L", "kerosene"],
        ["decimal", "other_unit", "Other", "", "m3", "diesel"],
        ["decimal", "no_unit", "None", "", "", "lpg"],
        ["end_repeat", "", "", "", "", ""],
        head=["type", "name", "label", "repeat_count", "unit", "factor"],
    )
    assert [(p.row, p.column, p.code, p.detail) for p in reading.problems] == [
        (4, "factor", "unknown_factor", "kerosene"),
        (5, "unit", "unit_of_factor", "diesel: L"),
        (6, "unit", "unit_of_factor", "lpg: kg"),
    ]
