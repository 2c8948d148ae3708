import pytest

from assessments.domain import scoring
from assessments.domain.answers import Stored
from assessments.domain.instrument import Commitment, Instrument, Kind
from assessments.domain.scoring import Score
from tests.support.instruments import instrument, not_applicable, question, section, sheet, table

MADE = instrument(
    section("E1", question("E1.01", points=3, commitment="climate"), question("E1.02", points=1, commitment="gender")),
    section("S1", question("S1.01", critical=". = 'no'"), weight=3),
    section("S2", question("S2.01", commitment="gender"), weight=1),
    section("G1", question("G1.01", relevant="${E1.01} = 'yes'")),
    weights={"E": 2, "S": 1, "G": 1},
)


def judged(answers: dict[str, object], made: Instrument = MADE, **fields: object) -> Score:
    return scoring.score(sheet(made, answers, **fields))


def reasons(score: Score) -> dict[str, str]:
    return {question.code: question.reason for question in score.questions}


def fraction(answer: object, **fields: object) -> float:
    made = instrument(section("E1", question("E1.01", **fields)))  # type: ignore[arg-type]
    return judged({"E1.01": answer}, made).questions[0].fraction


def test_points_add_up_from_question_to_overall() -> None:
    score = judged({"E1.01": "yes", "E1.02": "no", "S1.01": "yes", "S2.01": "no", "G1.01": "yes"})
    assert {part.code: part.percent for part in score.sections} == {"E1": 75, "S1": 100, "S2": 0, "G1": 100}
    assert {key: part.percent for key, part in score.pillars.items()} == {"E": 75, "S": 75, "G": 100}
    assert score.overall == pytest.approx((75 * 2 + 75 + 100) / 4)
    assert score.commitments[Commitment.CLIMATE].percent == 100
    assert score.commitments[Commitment.GENDER].percent == 0
    assert score.commitments[Commitment.ETHICS].percent is None


def test_a_questions_own_weight_counts() -> None:
    made = instrument(section("E1", question("E1.01", weight=3), question("E1.02")))
    assert judged({"E1.01": "yes", "E1.02": "no"}, made).overall == 75


def test_what_is_hidden_or_does_not_apply_stays_out() -> None:
    score = judged({"E1.01": "no", "E1.02": not_applicable(), "S1.01": "yes", "S2.01": "yes"})
    assert reasons(score)["G1.01"] == "hidden"
    assert reasons(score)["E1.02"] == "not_applicable"
    assert score.pillars["G"].percent is None
    assert score.overall == pytest.approx((0 * 2 + 100) / 3)


def test_nothing_that_counts_is_no_score_and_no_band() -> None:
    score = judged({}, instrument(section("E1", question("E1.01", points=0))))
    assert (score.overall, score.band, reasons(score)) == (None, "", {"E1.01": "unscored"})


def test_an_unanswered_question_earns_nothing_but_counts() -> None:
    score = judged({"E1.01": "yes"})
    assert reasons(score)["E1.02"] == "unanswered"
    assert score.pillars["E"].percent == 75


@pytest.mark.parametrize(
    ("overall", "band"), [(0, "beginning"), (24.9, "beginning"), (25, "developing"), (70, "advanced"), (100, "leading")]
)
def test_a_band_begins_at_its_lowest_score(overall: float, band: str) -> None:
    assert scoring.band_of(MADE, overall) == band


def test_a_score_on_the_edge_of_a_band_is_not_lost_to_rounding() -> None:
    """0.1 and 0.2 are not exact in a computer; a factory that earned 70 has 70."""
    choices = {"most": 0.7}
    parts = [question(f"E1.0{n}", Kind.SINGLE, choices=choices, weight=n / 10) for n in (1, 2, 7)]
    made = instrument(section("E1", *parts, weight=0.1), section("E2", parts[0], weight=0.2), weights={"E": 0.3})
    score = judged(dict.fromkeys(("E1.01", "E1.02", "E1.07"), "most"), made)
    assert (score.overall, score.band) == (70, "advanced")


def test_a_critical_failure_caps_the_band_and_is_named() -> None:
    score = judged({"E1.01": "yes", "E1.02": "yes", "S1.01": "no", "S2.01": "yes", "G1.01": "yes"})
    assert score.capped_by == ("S1.01",)
    assert (score.band, score.band_uncapped) == ("developing", "progressing" if score.overall < 70 else "advanced")
    assert score.overall == pytest.approx((100 * 2 + 25 + 100) / 4)


def test_a_cap_never_lifts_a_band() -> None:
    score = judged({"E1.01": "no", "E1.02": "no", "S1.01": "no", "S2.01": "no"})
    assert (score.band, score.capped_by) == ("beginning", ("S1.01",))


def test_a_question_without_points_may_still_be_critical() -> None:
    made = instrument(section("S1", question("S1.01", points=0, critical=". = 'no'"), question("S1.02")))
    score = judged({"S1.01": "no", "S1.02": "yes"}, made)
    assert (score.capped_by, score.band) == (("S1.01",), "developing")


@pytest.mark.parametrize("answer", [None, not_applicable()])
def test_what_was_not_answered_is_no_critical_finding(answer: object) -> None:
    assert judged({"S1.01": answer}).capped_by == ()


def test_each_kind_earns_in_its_way() -> None:
    assert fraction("half", kind=Kind.SINGLE, choices={"none": 0, "half": 0.5}) == 0.5
    assert fraction(["a", "b"], kind=Kind.MULTIPLE, choices={"a": 0.4, "b": 0.3, "c": 0.3}) == pytest.approx(0.7)
    assert fraction(["a", "b"], kind=Kind.MULTIPLE, choices={"a": 0.8, "b": 0.8}) == 1
    assert fraction("Much", kind=Kind.TEXT) == 1
    assert fraction("2026-01-01", kind=Kind.DATE) == 1
    assert fraction(40, kind=Kind.PERCENT, score=". div 100") == 0.4
    assert fraction(400, kind=Kind.DECIMAL, score=". div 100") == 1
    assert fraction(0, kind=Kind.DECIMAL, score="1 div .") == 1


@pytest.mark.parametrize("expression", ["0 div 0", "'many'", "-1"])
def test_an_expression_that_gives_no_share_earns_nothing(expression: str) -> None:
    assert fraction(1, kind=Kind.DECIMAL, score=expression) == 0


def test_a_table_earns_by_months() -> None:
    made = instrument(section("E1", table("E1.01", "grid")))
    score = judged({"E1.01": {"grid": [1.0] * 9 + [None] * 3}}, made)
    assert (score.questions[0].fraction, reasons(score)) == (0.75, {"E1.01": "partial"})


def test_a_file_earns_by_being_there() -> None:
    made = instrument(section("G1", question("G1.01", Kind.FILE)))
    assert judged({}, made, evidence={"G1.01": 1}).overall == 100
    assert judged({}, made).overall == 0


def test_gains_say_what_full_marks_would_add() -> None:
    answers: dict[str, object] = {"E1.01": "yes", "E1.02": "no", "S1.01": "yes", "S2.01": "no", "G1.01": "no"}
    before = judged(answers)
    for lost in ("E1.02", "S2.01", "G1.01"):
        gain = next(question.gain for question in before.questions if question.code == lost)
        after = judged(answers | {lost: "yes"}).overall
        assert after == pytest.approx((before.overall or 0) + gain)


def test_the_best_changes_come_first_and_are_three_at_most() -> None:
    score = judged({"E1.01": "no", "E1.02": "no", "S1.01": "no", "S2.01": "no"}).as_json()
    best = scoring.best_changes(score["questions"])
    assert [entry["code"] for entry in best] == ["E1.01", "S1.01", "E1.02"]
    assert scoring.best_changes([]) == []


def test_a_score_is_plain_json() -> None:
    score = judged({"E1.01": Stored("yes")}).as_json()
    assert isinstance(score["sections"], list)
    assert isinstance(score["questions"][0], dict)
    assert isinstance(score["capped_by"], list)
