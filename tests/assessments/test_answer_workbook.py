"""An assessment goes out as a workbook and comes back: the same, changed, odd, or hostile."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import Workbook

from assessments.domain.answer_sheets import PORTAL_SHEET
from assessments.models import Assessment
from assessments.readmodels.workbook_answers import NotOurs
from assessments.readmodels.workbook_changes import changes_page
from assessments.services import questionnaires, workbooks
from assessments.sheets import UploadRefused, read_answer_workbook, read_folder
from tests.support.answer_workbooks import differences, downloaded, row_of, staged, write
from tests.support.assessing import complete, give, make_assessment, make_campaign, someone_of, submit
from tests.support.reviewing import ask_back

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "km", "th", "vi")


def full() -> Assessment:
    """Every kind of answer, also such as cells could mistake for something else."""
    assessment = complete(make_assessment())
    table = {"grid_kwh": ["1234.5", "abc", *["0"] * 10], "diesel_l": [""] * 12}
    for code, sent in {
        "E1.02": table, "E1.03": "45.678", "E1.04": ["motors"], "S1.02": "many", "S1.03": "31/3/2026",
        "S1.04": "written", "G1.02": "=1+1\n@ខ្មែរ\x0b -5",
    }.items():  # fmt: skip
        give(assessment, code, sent)
    return assessment


def take_all(assessment: Assessment, book: Workbook) -> workbooks.Taken:
    upload = staged(assessment, book)
    return workbooks.take(
        upload=upload, assessment=assessment, codes=list(upload.answers), seen={}, by=someone_of(assessment)
    )


def value_of(assessment: Assessment, code: str) -> Any:
    return assessment.answers.get(question_code=code).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unchanged_workbook_changes_nothing(language: str) -> None:
    assessment = full()
    page = differences(assessment, downloaded(assessment, language))
    assert (page.changes, page.conflicts, page.problems, page.locked) == ([], [], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_questionnaire_comes_back_unchanged(language: str) -> None:
    folder = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"
    assessment = make_assessment(campaign=make_campaign(questionnaires.load(read_folder(folder)).version))
    instrument = questionnaires.instrument_of(assessment.campaign.version_id)
    for question in instrument.for_sector("garments"):
        if question.choices:
            keys = [choice.key for choice in question.choices]
            give(assessment, question.code, keys if question.kind == "multiple" else keys[-1])
    upload = staged(assessment, downloaded(assessment, language))
    assert len(upload.answers) > 130
    page = changes_page(upload, assessment)
    assert (page.changes, page.conflicts, page.problems) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_into_the_cells_becomes_answers(language: str) -> None:
    assessment = make_assessment()
    book = downloaded(assessment, language)
    questions = questionnaires.instrument_of(assessment.campaign.version_id).questions
    write(book, "E1.01", questions["E1.01"].choice_by_key["no"].label.in_(language))
    write(book, "E1.03", 12.5)
    write(book, "E1.04/led", "Yes")
    write(book, "E1.04/motors", "No")
    write(book, "S1.02", 48)
    write(book, "G1.02", "-5 and more")
    sheet, _row = row_of(book, "table:E1.02")
    sheet["C4"].value, sheet["D15"].value = 1000, 7.25
    taken = take_all(assessment, book)
    assert not taken.conflicts
    assert value_of(assessment, "E1.01") == "no"
    assert (value_of(assessment, "E1.03"), value_of(assessment, "S1.02")) == (12.5, 48)
    assert value_of(assessment, "E1.04") == ["led"]
    assert value_of(assessment, "G1.02") == "-5 and more"
    table = value_of(assessment, "E1.02")
    assert (table["grid_kwh"][0], table["diesel_l"][11]) == (1000, 7.25)


def test_nothing_is_changed_before_somebody_says_yes() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    write(book, "S1.02", 50)
    (change,) = differences(assessment, book).changes
    assert (change.code, change.lines[0].now, change.lines[0].then) == ("S1.02", "48 hours", "50 hours")
    assert value_of(assessment, "S1.02") == 48


def test_of_a_table_only_the_changed_cells_are_shown() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    sheet, _row = row_of(book, "table:E1.02")
    sheet["C5"].value = 2000
    (change,) = differences(assessment, book).changes
    assert [(line.where, line.now, line.then) for line in change.lines] == [
        ("February, Electricity (kWh)", "1,000", "2,000")
    ]


def test_does_not_apply_needs_its_column_and_keeps_the_reason() -> None:
    assessment = make_assessment()
    book = downloaded(assessment)
    write(book, "E1.04", "Yes", "F")
    write(book, "E1.04", "We rent the hall.", "G")
    take_all(assessment, book)
    answer = assessment.answers.get(question_code="E1.04")
    assert (answer.is_na, answer.na_reason, answer.value) == (True, "We rent the hall.", None)


def test_a_share_formatted_as_percent_means_what_it_shows() -> None:
    assessment = make_assessment()
    book = downloaded(assessment)
    write(book, "E1.03", 0.45)
    sheet, row = row_of(book, "E1.03")
    sheet[f"D{row}"].number_format = "0.0%"
    take_all(assessment, book)
    assert value_of(assessment, "E1.03") == 45


def test_bad_cells_are_named_and_not_taken_over() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    cells = {
        write(book, "S1.02", "lots"): "This is not a number",
        write(book, "E1.01", "Perhaps"): "This choice is not in the list",
        write(book, "E1.04/led", "maybe"): "neither yes nor no",
        write(book, "S1.03", "soon"): "This is not a date",
        write(book, "E1.03", -1): "Please enter 0 or more",
    }
    sheet, _row = row_of(book, "table:E1.02")
    sheet["C7"].value = "?"
    cells["E1.02!C7"] = "This is not a number"
    page = differences(assessment, book)
    told = {f"{problem.sheet}!{problem.cell}": problem.text for problem in page.problems}
    assert told.keys() == cells.keys()
    assert all(words in told[cell] for cell, words in cells.items())
    assert page.changes == []
    assert take_all(assessment, book).saved == []


def test_formulas_are_never_evaluated_and_named_by_cell() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    cell = write(book, "S1.02", "=40+10")
    page = differences(assessment, book)
    assert [f"{problem.sheet}!{problem.cell}" for problem in page.problems] == [cell]
    assert "formula" in page.problems[0].text
    assert page.changes == []


def test_texts_that_begin_like_a_formula_leave_as_texts() -> None:
    assessment = full()
    sheet, row = row_of(book := downloaded(assessment), "G1.02")
    assert sheet[f"D{row}"].data_type == "s"
    assert sheet[f"D{row}"].quotePrefix
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_sorted_rows_and_inserted_ones_do_no_harm() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    sheet, _row = row_of(book, "S1.02")
    sheet.insert_rows(3, 2)
    write(book, "S1.02", 51)
    assert [change.code for change in differences(assessment, book).changes] == ["S1.02"]


def test_what_a_colleague_changed_meanwhile_is_a_conflict_with_both_values() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    write(book, "S1.02", 50)
    give(assessment, "S1.02", "55")
    page = differences(assessment, book)
    (conflict,) = page.conflicts
    assert page.changes == []
    assert (conflict.lines[0].now, conflict.lines[0].then) == ("55 hours", "50 hours")
    assert take_all(assessment, book).conflicts == ["S1.02"]
    assert value_of(assessment, "S1.02") == 55


def test_a_colleagues_change_to_what_the_workbook_left_alone_is_no_difference() -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    give(assessment, "S1.02", "55")
    give(assessment, "G1.02", "new")
    assert differences(assessment, book).count == 0
    assert take_all(assessment, book).conflicts == []
    assert (value_of(assessment, "S1.02"), value_of(assessment, "G1.02")) == (55, "new")


def test_after_a_return_only_re_opened_answers_can_be_taken_over() -> None:
    submission = submit(make_assessment())
    ask_back(submission, "S1.02", "Please check.")
    assessment = submission.assessment
    book = downloaded(assessment)
    sheet, row = row_of(book, "S1.02")
    assert not sheet[f"D{row}"].protection.locked
    other, closed = row_of(book, "G1.02")
    assert other[f"D{closed}"].protection.locked
    write(book, "S1.02", 47)
    write(book, "G1.02", "closed")
    page = differences(assessment, book)
    assert ([change.code for change in page.changes], page.locked) == (["S1.02"], ["G1.02"])
    taken = take_all(assessment, book)
    assert "S1.02" in taken.saved
    assert "G1.02" in taken.locked


def test_another_assessments_workbook_is_refused() -> None:
    assessment, other = make_assessment(), make_assessment()
    with pytest.raises(NotOurs) as refused:
        staged(assessment, downloaded(other))
    assert refused.value.code == "other_assessment"


def test_a_foreign_workbook_and_one_of_another_version_are_refused() -> None:
    assessment = make_assessment()
    with pytest.raises(NotOurs) as refused:
        staged(assessment, Workbook())
    assert refused.value.code == "foreign"
    book = downloaded(assessment)
    book[PORTAL_SHEET]["B4"].value = "0"
    with pytest.raises(NotOurs) as refused:
        staged(assessment, book)
    assert refused.value.code == "other_version"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.xlsm", b"x", "macros"), ("a.csv", b"x", "wrong_type"), ("a.xlsx", b"", "empty"), ("a.xlsx", b"x", "broken")],
)
def test_what_is_no_workbook_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        read_answer_workbook(name, content)
    assert refused.value.code == code


def test_only_inputs_are_unlocked_and_each_has_a_rule() -> None:
    book = downloaded(make_assessment())
    checked = {
        f"{sheet.title}!{cell}"
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in sheet[area.coord if ":" in area.coord else f"{area.coord}:{area.coord}"]
        for cell in (one.coordinate for one in row)
    }
    unlocked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    reasons = {name for name in unlocked if name.split("!")[1].startswith("G")}
    assert unlocked - reasons <= checked
    assert book[PORTAL_SHEET].sheet_state == "hidden"


def test_it_holds_only_the_questions_of_the_sector() -> None:
    assessment = make_assessment()
    assessment.factory.sector = "food"
    assessment.factory.save()
    with pytest.raises(LookupError):
        row_of(downloaded(assessment), "S1.04")
