"""What of XLSForm is understood, and how the rest is refused: with its row, and all at once."""

from typing import Any

import pytest

from assessments.domain.instrument import Instrument, Kind
from assessments.domain.xlsform import Reading, read

Rows = list[list[Any]]
HEAD = ["type", "name", "label"]


def form(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> Reading:
    return read({"survey": [head or HEAD, *rows], **sheets}, name="form")


def instrument(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> Instrument:
    reading = form(*rows, head=head, **sheets)
    assert reading.problems == []
    assert reading.instrument
    return reading.instrument


def problems(*rows: list[Any], head: list[str] | None = None, **sheets: Rows) -> list[tuple[str, int, str, str]]:
    found = form(*rows, head=head, **sheets).problems
    return [(problem.sheet, problem.row, problem.column, problem.code) for problem in found]


def test_a_plain_public_form_becomes_one_section_under_its_title() -> None:
    made = instrument(
        ["start", "start"],
        ["text", "name", "Your name?"],
        ["integer", "age", "Your age?"],
        settings=[["form_title", "form_id"], ["A form", "a-form"]],
    )
    assert [(section.code, section.title.in_("km")) for section in made.sections] == [("start", "A form")]
    assert [question.kind for question in made.questions.values()] == [Kind.TEXT, Kind.INTEGER]
    assert (made.code, made.version) == ("a-form", "1")


def test_a_form_without_settings_is_named_after_its_file() -> None:
    assert instrument(["text", "a", "A"]).code == "form"


def test_old_spellings_of_columns_and_types_are_understood() -> None:
    made = instrument(
        ["begin group", "g", "G", ""],
        ["select one yn", "a", "A", ""],
        ["select all that apply from yn", "b", "B", "${a} = 'y'"],
        ["end group", "", "", ""],
        head=["type", "name", "label:English", "relevance"],
        choices=[["list name", "value", "label:English"], ["yn", "y", "Yes"], ["yn", "n", "No"]],
    )
    assert [question.kind for question in made.questions.values()] == [Kind.SINGLE, Kind.MULTIPLE]
    assert made.questions["b"].relevant == ["=", ["ref", "a"], ["str", "y"]]


def test_the_oldest_forms_bind_with_one_colon() -> None:
    head = ["TYPE", "Name", "Label", "bind:constraint", "bind:jr:constraintMsg", "bind:relevant", "control:appearance"]
    made = instrument(
        ["int", "a", "A", ". < 10", "less than 10", "", ""],
        ["string", "b", "B", "", "", "${a} > 1", "multiline"],
        head=head,
    )
    assert made.questions["a"].constraint_message.in_("en") == "less than 10"
    assert made.questions["b"].relevant == [">", ["ref", "a"], ["num", 1]]
    assert made.questions["b"].appearance == "multiline"


def test_texts_in_four_languages_are_told_apart_however_the_column_names_them() -> None:
    made = instrument(
        ["text", "a", "Name?", "ឈ្មោះ?", "ชื่อ", "Tên?"],
        head=["type", "name", "label::English (en)", "label::km", "label::Thai", "label::Tiếng Việt (vi)"],
    )
    assert dict(made.questions["a"].label) == {"en": "Name?", "km": "ឈ្មោះ?", "th": "ชื่อ", "vi": "Tên?"}


def test_a_language_that_the_portal_lacks_is_remarked_or_stands_in_for_english() -> None:
    head = ["type", "name", "label::English", "label::Français (fr)"]
    reading = form(["text", "a", "Name?", "Nom ?"], head=head)
    assert [(remark.column, remark.code) for remark in reading.remarks] == [
        ("label::Français (fr)", "language_ignored")
    ]
    alone = instrument(
        ["text", "a", "Nom ?"],
        head=["type", "name", "label::Français (fr)"],
        settings=[["default_language"], ["Français (fr)"]],
    )
    assert alone.questions["a"].label.in_("en") == "Nom ?"


def test_an_inner_group_is_a_heading_and_its_condition_holds_for_what_stands_in_it() -> None:
    made = instrument(
        ["integer", "x", "X", ""],
        ["begin_group", "out", "Outer", "${x} = 1"],
        ["begin_group", "in", "Inner", "${x} > 2"],
        ["text", "y", "Y", "${x} < 9"],
        ["end_group", "", "", ""],
        ["end_group", "", "", ""],
        head=[*HEAD, "relevant"],
    )
    assert made.sections[1].relevant == ["=", ["ref", "x"], ["num", 1]]
    assert made.questions["in"].kind is Kind.NOTE
    assert made.questions["y"].relevant[0] == "and"


def test_a_section_that_hangs_on_its_own_answer_waits_for_itself() -> None:
    rows = [["begin_group", "g", "G", "${x} = 1"], ["integer", "x", "X", ""], ["end_group", "", "", ""]]
    assert ("survey", 3, "relevant", "cycle") in problems(*rows, head=[*HEAD, "relevant"])


def test_a_repeat_with_a_fixed_count_is_a_table() -> None:
    made = instrument(
        ["begin_repeat", "t", "Table", "3"],
        ["text", "who", "Who", ""],
        ["date", "when", "When", ""],
        ["end_repeat", "", "", ""],
        head=[*HEAD, "repeat_count"],
    )
    table = made.questions["t"]
    assert (table.kind, table.rows, [column.kind for column in table.columns]) == (
        Kind.TABLE,
        3,
        [Kind.TEXT, Kind.DATE],
    )


def test_twelve_rows_of_numbers_are_months() -> None:
    rows = [["begin_repeat", "t", "T", 12], ["decimal", "kwh", "kWh", ""], ["end_repeat", "", "", ""]]
    assert instrument(*rows, head=[*HEAD, "repeat_count"]).questions["t"].kind is Kind.MONTHLY


@pytest.mark.parametrize("count", ["", "${n}", "0", "51", "1.5", "-1"])
def test_a_repeat_without_a_fixed_count_is_refused(count: str) -> None:
    rows = [["begin_repeat", "t", "T", count], ["text", "a", "A", ""], ["end_repeat", "", "", ""]]
    assert problems(*rows, head=[*HEAD, "repeat_count"]) == [("survey", 2, "repeat_count", "repeat_not_fixed")]


def test_calculations_and_filtered_choices_are_kept_as_trees() -> None:
    made = instrument(
        ["integer", "a", "A", "", ""],
        ["calculate", "double", "", "${a} * 2", ""],
        ["select_one city", "c", "City of ${double}?", "", "size < ${double}"],
        head=[*HEAD, "calculation", "choice_filter"],
        choices=[["list_name", "name", "label", "size"], ["city", "x", "X", 1], ["city", "y", "Y", 5]],
    )
    assert made.questions["double"].calculation == ["*", ["ref", "a"], ["num", 2]]
    assert made.questions["c"].choice_filter == ["<", ["column", "size"], ["ref", "double"]]
    assert dict(made.questions["c"].choices[1].columns) == {"size": "5"}


def test_what_the_phone_would_fill_in_is_remarked_and_left_out() -> None:
    reading = form(["deviceid", "d", ""], ["username", "u", ""], ["text", "a", "A"])
    assert [(remark.row, remark.code) for remark in reading.remarks] == [
        (2, "metadata_ignored"),
        (3, "metadata_ignored"),
    ]
    assert reading.instrument
    assert list(reading.instrument.questions) == ["a"]


def test_today_can_be_calculated_with() -> None:
    made = instrument(["today", "now", "", ""], ["date", "d", "D", ". <= ${now}"], head=[*HEAD, "constraint"])
    assert made.questions["now"].calculation == ["call", "today"]


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
