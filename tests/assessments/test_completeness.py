from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import EvidenceNeed, Instrument, Kind
from tests.support.instruments import instrument, not_applicable, question, section, sheet

MADE = instrument(
    section(
        "E1",
        question("E1.01", required=True),
        question("E1.02", relevant="${E1.01} = 'yes'", required=True),
        question("E1.03", relevant="${E1.02} = 'yes'", required=True),
    ),
    section(
        "S1",
        question("S1.01", Kind.INTEGER, constraint=". <= 168", score="1"),
        question("S1.02", evidence=EvidenceNeed.REQUIRED, allow_na=True),
        question("S1.03", Kind.FILE, required=True),
        relevant="${E1.01} != ''",
    ),
    section("G1", question("G1.01", sectors=frozenset({"food"})), question("G1.02")),
)


def asked(made: Sheet) -> list[str]:
    return list(made.asked)


def gaps(made: Sheet) -> dict[str, str]:
    return {gap.question.code: gap.reason for gap in made.gaps()}


def test_a_question_is_asked_when_its_condition_holds() -> None:
    assert asked(sheet(MADE, {})) == ["E1.01", "G1.02"]
    assert asked(sheet(MADE, {"E1.01": "yes"})) == ["E1.01", "E1.02", "S1.01", "S1.02", "S1.03", "G1.02"]


def test_a_hidden_answer_reads_as_empty_so_that_a_chain_closes_behind_it() -> None:
    answers = {"E1.01": "yes", "E1.02": "yes", "E1.03": "yes"}
    assert "E1.03" in sheet(MADE, answers).asked
    assert "E1.03" not in sheet(MADE, answers | {"E1.01": "no"}).asked


def test_a_section_is_left_out_where_nothing_of_it_is_asked() -> None:
    assert [part.code for part in sheet(MADE, {}).sections()] == ["E1", "G1"]


def test_a_question_of_another_sector_is_not_asked() -> None:
    assert "G1.01" not in sheet(MADE, {}).asked
    assert "G1.01" in sheet(MADE, {}, sector="food").asked


def test_conditions_may_look_forward() -> None:
    made = instrument(section("E1", question("E1.01", relevant="${E1.02} = 'yes'"), question("E1.02")))
    assert asked(sheet(made, {"E1.02": "yes"})) == ["E1.01", "E1.02"]


def test_each_gap_says_what_is_missing() -> None:
    answers = {"E1.01": "yes", "E1.02": Stored(has_problem=True), "S1.01": 200, "S1.02": "yes"}
    assert gaps(sheet(MADE, answers)) == {
        "E1.02": "problem",
        "S1.01": "constraint",
        "S1.02": "evidence",
        "S1.03": "unanswered",
    }


def test_files_close_their_gaps() -> None:
    answers = {"E1.01": "yes", "E1.02": "no", "S1.02": "yes"}
    assert gaps(sheet(MADE, answers, evidence={"S1.02": 1, "S1.03": 2})) == {}


def test_what_does_not_apply_needs_a_reason_and_nothing_else() -> None:
    answers = {"E1.01": "no", "S1.02": not_applicable(" ")}
    assert gaps(sheet(MADE, answers, evidence={"S1.03": 1})) == {"S1.02": "na_reason"}
    answers["S1.02"] = not_applicable()
    assert gaps(sheet(MADE, answers, evidence={"S1.03": 1})) == {}


def test_a_hidden_question_is_never_a_gap() -> None:
    answers = {"E1.01": "no", "E1.02": Stored(has_problem=True), "E1.03": Stored(has_problem=True)}
    assert "E1.02" not in gaps(sheet(MADE, answers))


def test_progress_counts_what_is_asked_now() -> None:
    made = sheet(MADE, {"E1.01": "yes", "E1.02": "yes", "S1.01": 200})
    assert (made.progress().answered, made.progress().asked) == (2, 7)
    first = made.progress(MADE.section("E1"))
    assert (first.answered, first.asked, first.percent, first.is_complete) == (2, 3, 66, False)


def test_the_next_question_is_the_first_that_is_open() -> None:
    following = sheet(MADE, {"E1.01": "no", "S1.01": 200}).next_open()
    assert following
    assert following.code == "S1.01"


def test_nothing_to_answer_is_complete() -> None:
    empty: Instrument = instrument(section("E1", question("E1.01", sectors=frozenset({"food"}))))
    made = sheet(empty, {})
    assert made.gaps() == []
    assert made.progress().percent == 100
    assert made.next_open() is None


def test_expressions_know_the_day_they_are_asked_on() -> None:
    made = instrument(section("S1", question("S1.01", Kind.DATE, constraint=". <= today()", points=0)))
    assert gaps(sheet(made, {"S1.01": "2026-07-01"})) == {"S1.01": "constraint"}
    assert gaps(sheet(made, {"S1.01": "2026-06-30"})) == {}
