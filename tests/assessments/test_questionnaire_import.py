from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from assessments.compiled import instrument_of
from assessments.domain import xlsform
from assessments.domain.instrument import Kind
from assessments.domain.translations import translation_problems
from assessments.models import Choice, Question, QuestionnaireVersion
from assessments.services import questionnaires
from assessments.sheets import Sheets
from tests.support.questionnaire import publish_small, small_sheets

Problems = list[tuple[str, int, str, str]]


def put(sheets: Sheets, sheet: str, row: int, column: str, text: str) -> None:
    """`row` as a spreadsheet counts, `column` by its heading."""
    sheets[sheet][row - 1][sheets[sheet][0].index(column)] = text


def row_of(sheets: Sheets, name: str) -> int:
    column = sheets["survey"][0].index("name")
    return next(number for number, row in enumerate(sheets["survey"], 1) if row[column] == name)


def with_(name: str, column: str, text: str) -> Sheets:
    sheets = small_sheets()
    put(sheets, "survey", row_of(sheets, name), column, text)
    return sheets


def problems(sheets: Sheets) -> Problems:
    found = questionnaires.check(sheets).problems
    return [(problem.sheet, problem.row, problem.column, problem.code) for problem in found]


def test_good_sheets_become_an_instrument() -> None:
    reading = xlsform.read(small_sheets())
    assert reading.problems == []
    assert reading.instrument
    made = reading.instrument
    assert [section.code for section in made.sections] == ["E1", "S1", "G1"]
    assert [question.kind for question in made.questions.values()] == [
        Kind.YES_NO, Kind.MONTHLY, Kind.PERCENT, Kind.MULTIPLE, Kind.YES_NO, Kind.INTEGER, Kind.DATE, Kind.SINGLE,
        Kind.YES_NO, Kind.TEXT, Kind.FILE,
    ]  # fmt: skip
    assert made.questions["E1.01"].label.in_("km") == "តើអ្នកវាស់ថាមពលដែលបានប្រើដែរឬទេ?"
    assert made.questions["S1.02"].legal_notes[0].country == "KH"


def test_all_that_is_wrong_is_said_at_once_with_sheet_row_and_column() -> None:
    sheets = small_sheets()
    first, second = row_of(sheets, "E1.01"), row_of(sheets, "S1.02")
    put(sheets, "survey", first, "points", "two")
    put(sheets, "survey", first, "commitment", "peace")
    put(sheets, "survey", second, "constraint", ". <= ")
    put(sheets, "choices", 2, "score", "3")
    put(sheets, "settings", 2, "critical_cap", "worst")
    assert sorted(problems(sheets)) == sorted(
        [
            ("survey", first, "points", "not_a_number"),
            ("survey", first, "commitment", "unknown_word"),
            ("survey", second, "constraint", "logic_syntax"),
            ("choices", 2, "score", "score_above_one"),
            ("settings", 2, "critical_cap", "unknown_word"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "column", "text", "code"),
    [
        ("E1.01", "type", "select_one nowhere", "unknown_list"),
        ("E1.01", "type", "geopoint", "unknown_type"),
        ("E1.01", "name", "E1 01", "bad_name"),
        ("S1.01", "name", "E1.01", "double_name"),
        ("E1.01", "required", "perhaps", "not_yes_or_no"),
        ("E1.01", "commitment", "peace", "unknown_word"),
        ("E1.01", "sectors", "garments toys", "unknown_word"),
        ("E1.01", "evidence", "maybe", "unknown_word"),
        ("E1.01", "weight", "-1", "not_a_number"),
        ("E1.01", "relevant", "${X9.99} = 'yes'", "unknown_name"),
        ("E1.01", "relevant", "${E1.02} = 1", "name_has_no_value"),
        ("E1.01", "relevant", "foo(1)", "logic_unknown_function"),
        ("E1.02", "repeat_count", "many", "repeat_not_fixed"),
        ("grid_kwh", "type", "geopoint", "column_type"),
        ("E1.03", "score", "", "score_missing"),
        ("E1", "pillar", "X", "unknown_word"),
    ],
)
def test_each_mistake_has_its_place_and_its_name(name: str, column: str, text: str, code: str) -> None:
    sheets = with_(name, column, text)
    place = row_of(small_sheets(), name)
    assert ("survey", place, column, code) in problems(sheets)


def test_a_text_that_is_missing_in_one_language_keeps_a_version_from_being_published() -> None:
    reading = questionnaires.check(with_("E1.01", "label::Khmer (km)", ""))
    assert reading.instrument
    missing = [(p.place.code, p.place.field, p.language) for p in translation_problems(reading.instrument)]
    assert missing == [("E1.01", "label", "km")]


def test_questions_that_wait_for_each_other_are_named() -> None:
    sheets = with_("E1.01", "relevant", "${G1.01} = 'yes'")
    put(sheets, "survey", row_of(sheets, "G1.01"), "relevant", "${E1.01} = 'yes'")
    found = questionnaires.check(sheets).problems
    assert [(problem.code, problem.detail) for problem in found] == [("cycle", "E1.01 → G1.01 → E1.01")]


@pytest.mark.parametrize(
    ("column", "text"), [("bands", "low=0 high=50"), ("pillar_weights", "E=1 S=1 X=1"), ("bands", "beginning=low")]
)
def test_bands_and_pillars_are_those_that_pages_have_words_for(column: str, text: str) -> None:
    sheets = small_sheets()
    put(sheets, "settings", 2, column, text)
    assert {(sheet, row, name) for sheet, row, name, _ in problems(sheets)} >= {("settings", 2, column)}


def _lose_survey(sheets: Sheets) -> None:
    del sheets["survey"]


def _leave_open(sheets: Sheets) -> None:
    sheets["survey"].pop()


def _second_note(sheets: Sheets) -> None:
    sheets["legal_notes"].append(list(sheets["legal_notes"][1]))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(_lose_survey, "sheet_missing"), (_leave_open, "group_not_closed"), (_second_note, "double_name")],
)
def test_whole_sheets_and_groups_are_checked(spoil: Callable[[Sheets], None], code: str) -> None:
    sheets = small_sheets()
    spoil(sheets)
    assert code in [problem[3] for problem in problems(sheets)]


@pytest.mark.django_db
def test_nothing_is_stored_of_sheets_with_problems() -> None:
    with pytest.raises(questionnaires.SheetsRefused) as refused:
        questionnaires.load(with_("E1.01", "points", "two"))
    assert len(refused.value.problems) == 1
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.django_db
def test_what_is_stored_compiles_to_what_was_read() -> None:
    version = publish_small()
    assert instrument_of(version.pk) == xlsform.read(small_sheets()).instrument


@pytest.mark.django_db
def test_the_same_sheets_twice_are_the_same_version() -> None:
    first = questionnaires.load(small_sheets())
    again = questionnaires.load(small_sheets())
    assert (first.is_new, again.is_new, again.version.pk) == (True, False, first.version.pk)


@pytest.mark.django_db
def test_a_draft_is_replaced_but_a_published_version_is_not() -> None:
    questionnaires.load(small_sheets())
    changed = with_("E1.01", "points", "3")
    version = questionnaires.publish(questionnaires.load(changed).version)
    assert version.questions.get(code="E1.01").points == 3
    with pytest.raises(questionnaires.VersionIsPublished):
        questionnaires.load(small_sheets())
    assert questionnaires.load(small_sheets("2")).is_new


@pytest.mark.django_db
def test_publishing_twice_keeps_the_first_date() -> None:
    version = publish_small()
    assert questionnaires.publish(version).published_at == version.published_at


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_question SET points = 9",
        "DELETE FROM assessments_choice",
        "UPDATE assessments_section SET weight = 2",
        "DELETE FROM assessments_legalnote",
        "UPDATE assessments_column SET unit = 't'",
        "UPDATE assessments_questionnaireversion SET published_at = NULL",
        "DELETE FROM assessments_questionnaireversion",
    ],
)
def test_the_database_itself_keeps_a_published_version(statement: str) -> None:
    publish_small()
    assert refused(statement)


@pytest.mark.django_db
def test_nothing_is_added_to_a_published_version() -> None:
    question = Question.objects.filter(version=publish_small()).earliest("pk")
    with pytest.raises(DatabaseError), transaction.atomic():
        Choice.objects.create(question=question, key="new", position=9, label_en="New")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in small_sheets().items():
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.mark.django_db
def test_the_command_loads_and_publishes_a_folder(folder: Path) -> None:
    out = StringIO()
    call_command("load_questionnaire", folder, "--publish", stdout=out)
    assert out.getvalue() == "Small questionnaire 1 loaded (published)\n"
    call_command("load_questionnaire", folder, stdout=out)
    assert out.getvalue().endswith("unchanged (published)\n")


@pytest.mark.django_db
def test_the_command_only_checks_when_asked(folder: Path) -> None:
    out = StringIO()
    call_command("load_questionnaire", folder, "--check", stdout=out)
    assert out.getvalue() == "11 questions, no problem found\n"
    assert not QuestionnaireVersion.objects.exists()


@pytest.mark.django_db
def test_the_command_says_every_problem(folder: Path) -> None:
    survey = folder / "survey.csv"
    survey.write_text(survey.read_text().replace("select_one yes_no", "select_one nowhere"))
    errors = StringIO()
    with pytest.raises(CommandError, match="3 problems"):
        call_command("load_questionnaire", folder, stderr=errors)
    assert "survey row 3 type: The choice list “nowhere” does not exist or is empty." in errors.getvalue()
    with pytest.raises(CommandError, match=r"has no survey\.csv"):
        call_command("load_questionnaire", folder / "elsewhere")
