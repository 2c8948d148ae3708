"""What is asked: the browser and the server must never differ, whatever the questionnaire and the answers."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Choice, Instrument, Kind, Pillar, Question, Section, Words
from assessments.domain.logic import find_cycles, parse
from assessments.readmodels.filling import conditions_data
from tests.support.logic import BrowserLogic, plain

TODAY = dt.date(2026, 3, 31)
# Two names that every JavaScript object has already.
CODES = ["a", "b", "c", "d", "constructor", "toString", "e", "f"]
NO_WORDS = Words()

ANSWERS: dict[Kind, list[Any]] = {
    Kind.YES_NO: ["yes", "no"],
    Kind.MULTIPLE: [["x"], ["y"], ["x", "y"]],
    Kind.INTEGER: [0, 4, 5, 9],
    Kind.TEXT: ["x", "ខ្មែរ", "5"],
    Kind.DATE: ["2026-03-30", "2026-04-02"],
}
SECTORS = [frozenset[str](), frozenset[str](), frozenset({"garments"}), frozenset({"food"})]
CONDITIONS = [
    "${%s} = 'yes'",
    "${%s} != 'yes'",
    "${%s} = ''",
    "selected(${%s}, 'x')",
    "${%s} > 4",
    "not(${%s} < 5)",
    "${%s} <= today()",
    "${%s}",
    "count-selected(${%s}) = 2 or ${a} = 'no'",
    "${%s} != '' and not(${b} = 'yes')",
]
CALCULATIONS = ["${%s} + 1", "concat(${%s}, '!')", "if(${%s} = '', 0, 1)", "${%s} div 0", "${%s} + ${%s}"]


def trees(sources: list[str]) -> list[Any]:
    return [parse(source.replace("%s", code)) for source in sources for code in CODES]


CONDITION_TREES, CALCULATION_TREES = trees(CONDITIONS), trees(CALCULATIONS)


def a_condition(chance: random.Random) -> Any:
    return chance.choice(CONDITION_TREES) if chance.random() < 0.4 else None


def a_question(code: str, chance: random.Random) -> Question:
    kind = chance.choice([*ANSWERS, Kind.CALCULATED])
    return Question(
        code=code,
        kind=kind,
        label=NO_WORDS,
        relevant=a_condition(chance),
        calculation=chance.choice(CALCULATION_TREES) if kind is Kind.CALCULATED else None,
        choices=tuple(Choice(key, NO_WORDS) for key in ("x", "y")),
        sectors=chance.choice(SECTORS),
    )


def a_sheet(chance: random.Random) -> Sheet:
    made = [a_question(code, chance) for code in CODES]
    cut = chance.randint(1, len(made) - 1)
    sections = tuple(
        Section(code, Pillar.SOCIAL, NO_WORDS, NO_WORDS, tuple(part), relevant=a_condition(chance))
        for code, part in (("S1", made[:cut]), ("S2", made[cut:]))
    )
    instrument = Instrument("random", "1", NO_WORDS, sections, {"S": 1}, {"beginning": 0}, "beginning")
    given = (question for question in made if question.kind in ANSWERS and chance.random() < 0.8)
    stored = {question.code: Stored(chance.choice(ANSWERS[question.kind])) for question in given}
    return Sheet(instrument, "garments", stored, {}, TODAY)


def has_no_circle(sheet: Sheet) -> bool:
    """A questionnaire with a circle is refused when it is read."""
    return not find_cycles(sheet.instrument.waits_for)


@pytest.fixture(scope="module")
def browser_logic() -> Iterator[BrowserLogic]:
    engine = BrowserLogic("seen")
    yield engine
    engine.close()


def seen_by_server(sheet: Sheet) -> dict[str, Any]:
    return {code: plain(value) for code, value in sheet.values.items()}


def chained(length: int) -> Sheet:
    """Each question is asked where the one before was answered with yes."""
    made = [
        Question(f"q{n}", Kind.YES_NO, NO_WORDS, relevant=parse(f"${{q{n - 1}}} = 'yes'") if n else None)
        for n in range(length)
    ]
    section = Section("S1", Pillar.SOCIAL, NO_WORDS, NO_WORDS, tuple(made))
    instrument = Instrument("chain", "1", NO_WORDS, (section,), {"S": 1}, {"beginning": 0}, "beginning")
    return Sheet(instrument, "garments", {q.code: Stored("yes") for q in made}, {}, TODAY)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_browser_and_server_ask_the_same(browser_logic: BrowserLogic, seed: int) -> None:
    chance = random.Random(seed)
    batch = [sheet for sheet in (a_sheet(chance) for _ in range(60)) if has_no_circle(sheet)]
    results = browser_logic.answer([conditions_data(sheet, CODES) for sheet in batch])
    for sheet, result in zip(batch, results, strict=True):
        assert dict(result) == seen_by_server(sheet), sheet


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_page_gets_all_that_its_own_questions_need(browser_logic: BrowserLogic, seed: int) -> None:
    chance = random.Random(seed)
    batch = [sheet for sheet in (a_sheet(chance) for _ in range(60)) if has_no_circle(sheet)]
    pages = [chance.sample(CODES, chance.randint(1, 3)) for _ in batch]
    results = browser_logic.answer([conditions_data(*page) for page in zip(batch, pages, strict=True)])
    for sheet, page, result in zip(batch, pages, results, strict=True):
        expected = {code: value for code, value in seen_by_server(sheet).items() if code in page}
        assert {code: value for code, value in result if code in page} == expected, sheet


def test_a_page_gets_no_more_than_it_needs() -> None:
    assert conditions_data(chained(6), ["q2"])["order"] == ["q0", "q1", "q2"]


def test_a_page_gets_what_its_constraints_and_choices_read() -> None:
    constrained = Question("limit", Kind.INTEGER, NO_WORDS, constraint=parse(". <= ${most}"))
    filtered = Question("kind", Kind.SINGLE, NO_WORDS, choice_filter=parse("${shift} = 'night'"))
    others = [Question("most", Kind.INTEGER, NO_WORDS), Question("shift", Kind.SINGLE, NO_WORDS)]
    section = Section("S1", Pillar.SOCIAL, NO_WORDS, NO_WORDS, (constrained, filtered, *others))
    instrument = Instrument("reads", "1", NO_WORDS, (section,), {"S": 1}, {"beginning": 0}, "beginning")
    assert instrument.read_for(["limit"]) == {"limit", "most"}
    assert instrument.read_for(["kind"]) == {"kind", "shift"}


def test_a_chain_of_skips_closes_behind_a_changed_answer(browser_logic: BrowserLogic) -> None:
    sheet = chained(6)
    data = conditions_data(sheet, ["q5"])
    data["values"]["q2"] = "no"
    assert [code for code, _ in browser_logic.answer([data])[0]] == ["q0", "q1", "q2"]


def test_very_long_chains_are_no_trouble(browser_logic: BrowserLogic) -> None:
    assert len(browser_logic.answer([conditions_data(chained(5000), ["q4999"])])[0]) == 5000
