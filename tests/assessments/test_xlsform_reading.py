"""What of XLSForm is understood, and how the rest is refused: with its row, and all at once."""

import pytest

from assessments.domain.instrument import Kind
from tests.support.xlsforms import HEAD, form, instrument, problems


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
