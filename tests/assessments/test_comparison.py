"""What changed between two versions, and whether last year's answers still fit."""

from typing import Any

import pytest

from assessments.domain.authored import Authored
from assessments.domain.comparison import Comparison, carried_over, compare
from assessments.domain.instrument import Question
from assessments.domain.xlsform import read

HEAD = ["type", "name", "label", "points", "score", "relevant", "unit", "repeat_count", "required"]
CHOICES = [["list_name", "name", "label", "score"], ["l", "a", "A", 0], ["l", "b", "B", 1]]


def version(*rows: list[Any], choices: list[list[Any]] | None = None, pillar_weights: str = "E=1") -> Authored:
    group = [{"type": "begin_group", "name": "E1", "label": "Energy"}, {"type": "end_group"}]
    head = [*HEAD, "pillar"]
    first = [group[0].get(column, "E" if column == "pillar" else "") for column in head]
    survey = [head, first, *([*row, *[""] * (len(head) - len(row))] for row in rows), ["end_group"]]
    settings = [["pillar_weights"], [pillar_weights]]
    reading = read({"survey": survey, "choices": choices or CHOICES, "settings": settings}, name="v")
    assert reading.problems == []
    assert reading.instrument
    return Authored(reading.instrument, reading.sources, reading.lists)


def changes(old: Authored, new: Authored) -> Comparison:
    return compare(old, new)


def test_the_same_version_has_no_changes() -> None:
    assert changes(version(["text", "q", "Q"]), version(["text", "q", "Q"])).is_empty


def test_questions_that_came_and_went_are_listed() -> None:
    found = changes(version(["text", "a", "A"]), version(["text", "b", "B"]))
    assert [question.code for question in found.added] == ["b"]
    assert [question.code for question in found.removed] == ["a"]
    assert found.broken == []


def test_a_question_under_another_code_lost_its_history() -> None:
    found = changes(version(["text", "a", "The same"]), version(["text", "b", "The same"]))
    assert [(broken.code, broken.reason, broken.detail) for broken in found.broken] == [("a", "renamed", "b")]


def test_changed_words_are_shown_before_and_after() -> None:
    found = changes(version(["text", "q", "Old"]), version(["text", "q", "New"]))
    assert [(change.place.code, change.language, change.before, change.after) for change in found.wording] == [
        ("q", "en", "Old", "New")
    ]


def test_changed_scoring_is_told_apart_from_changed_logic() -> None:
    new_choices = [CHOICES[0], CHOICES[1], ["l", "b", "B", 0.5]]
    found = changes(
        version(["select_one l", "q", "Q", 2]),
        version(["select_one l", "q", "Q", 3, "", "true()"], choices=new_choices, pillar_weights="E=2"),
    )
    assert {(change.code, change.what, change.before, change.after) for change in found.scoring} == {
        ("q", "points", "2", "3"),
        ("q", "score b", "1", "0.5"),
        ("", "pillar_weights", "E=1", "E=2"),
    }
    assert [(change.what, change.after) for change in found.logic] == [("relevant", "true()")]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (["text", "q", "Q"], ["integer", "q", "Q"], "kind"),
        (["decimal", "q", "Q", "", "", "", "kg"], ["decimal", "q", "Q", "", "", "", "tonnes"], "unit"),
    ],
)
def test_a_code_whose_answers_no_longer_fit_is_broken(before: list[Any], after: list[Any], reason: str) -> None:
    assert [broken.reason for broken in changes(version(before), version(after)).broken] == [reason]


def test_a_choice_that_is_gone_breaks_the_answers_that_named_it() -> None:
    old = version(["select_one l", "q", "Q"])
    new = version(["select_one l", "q", "Q"], choices=[CHOICES[0], CHOICES[2], ["l", "c", "C", 1]])
    assert [(broken.reason, broken.detail) for broken in changes(old, new).broken] == [("choices", "a")]


def question(*row: Any, choices: list[list[Any]] | None = None) -> Question:
    return version(list(row), choices=choices).instrument.questions["q"]


def test_values_are_carried_over_where_type_unit_and_choices_fit() -> None:
    text, number = question("text", "q", "Q"), question("integer", "q", "Q")
    one, many = question("select_one l", "q", "Q"), question("select_multiple l", "q", "Q")
    fewer = question("select_multiple l", "q", "Q", choices=[CHOICES[0], CHOICES[1]])
    assert carried_over(text, text, "as before") == "as before"
    assert carried_over(text, number, "5") is None
    assert carried_over(one, one, "a") == "a"
    assert carried_over(one, many, "a") == ["a"]
    assert carried_over(many, one, ["a", "b"]) is None
    assert carried_over(many, fewer, ["a", "b"]) == ["a"]
    assert carried_over(many, fewer, ["b"]) is None
    assert carried_over(one, one, None) is None


def test_of_a_table_the_columns_that_still_fit_are_carried_over() -> None:
    def table(*columns: tuple[str, str], rows: int = 12) -> Question:
        cells = [["decimal", key, key, "", "", "", unit] for key, unit in columns]
        begin = ["begin_repeat", "q", "Q", "", "", "", "", rows]
        return version(begin, *cells, ["end_repeat"]).instrument.questions["q"]

    before = table(("kwh", "kWh"), ("diesel", "L"))
    value = {"kwh": [1] * 12, "diesel": [2] * 12}
    assert carried_over(before, table(("kwh", "kWh"), ("diesel", "kg")), value) == {"kwh": [1] * 12}
    assert carried_over(before, table(("gas", "kg")), value) is None
