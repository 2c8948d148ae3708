"""What holds for every questionnaire and every set of answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain import scoring
from assessments.domain.instrument import Instrument, Kind, Question
from tests.support.instruments import instrument, not_applicable, question, section, sheet

LEVELS = {"none": 0.0, "some": 0.25, "most": 0.75, "all": 1.0}
weights = st.floats(0.1, 10)
worths = st.just(0.0) | st.floats(0.5, 20)


@st.composite
def questions(draw: st.DrawFn, code: str) -> Question:
    points, weight = draw(worths), draw(weights)
    critical = draw(st.sampled_from([None, ". = 'none'"]))
    return question(code, Kind.SINGLE, choices=LEVELS, points=points, weight=weight, critical=critical)


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    sections = []
    for code in draw(st.lists(st.sampled_from(["E1", "E2", "S1", "S2", "G1"]), min_size=1, unique=True)):
        own = [draw(questions(f"{code}.{n:02d}")) for n in range(1, draw(st.integers(1, 3)) + 1)]
        sections.append(section(code, *own, weight=draw(weights)))
    return instrument(*sections, weights={pillar: draw(weights) for pillar in "ESG"})


@st.composite
def answered(draw: st.DrawFn) -> tuple[Instrument, dict[str, Any]]:
    made = draw(instruments())
    answer = st.sampled_from(list(LEVELS)) | st.none() | st.just(not_applicable())
    return made, {code: draw(answer) for code in made.questions}


def overall(made: Instrument, answers: dict[str, Any]) -> float | None:
    return scoring.score(sheet(made, answers)).overall


@given(answered())
def test_every_percent_lies_between_nothing_and_all(given_: tuple[Instrument, dict[str, Any]]) -> None:
    score = scoring.score(sheet(*given_))
    parts = [*score.sections, *score.pillars.values(), *score.commitments.values()]
    for percent in [score.overall, *(part.percent for part in parts)]:
        assert percent is None or 0 <= percent <= 100


@given(answered())
def test_full_marks_everywhere_are_a_hundred(given_: tuple[Instrument, dict[str, Any]]) -> None:
    made, _ = given_
    assert overall(made, dict.fromkeys(made.questions, "all")) in (100, None)


@given(given_=answered(), data=st.data())
def test_raising_one_answer_never_lowers_the_overall(
    given_: tuple[Instrument, dict[str, Any]], data: st.DataObject
) -> None:
    made, answers = given_
    code = data.draw(st.sampled_from(sorted(made.questions)))
    levels = st.sampled_from(list(LEVELS))
    low, high = sorted((data.draw(levels), data.draw(levels)), key=LEVELS.__getitem__)
    before, after = overall(made, answers | {code: low}), overall(made, answers | {code: high})
    assert (before is None) == (after is None)
    assert before is None or after is None or after >= before


@given(given_=answered(), extra=st.data())
def test_a_question_that_does_not_count_never_changes_the_score(
    given_: tuple[Instrument, dict[str, Any]], extra: st.DataObject
) -> None:
    """Beside every question stands one that is hidden, and one that does not apply."""
    made, answers = given_
    more = []
    for part in made.sections:
        hidden = question(f"{part.code}.hidden", relevant="1 = 2", points=extra.draw(worths))
        absent = question(f"{part.code}.absent", points=extra.draw(worths))
        more.append(section(part.code, *part.questions, hidden, absent, weight=part.weight))
    fuller = instrument(*more, weights=made.pillar_weights)
    for part in made.sections:
        answers = answers | {f"{part.code}.hidden": "no", f"{part.code}.absent": not_applicable()}
    assert overall(fuller, answers) == overall(made, given_[1])


@given(answered())
def test_the_gain_of_each_question_is_what_full_marks_add(given_: tuple[Instrument, dict[str, Any]]) -> None:
    made, answers = given_
    score = scoring.score(sheet(made, answers))
    for part in score.questions:
        assert part.gain >= 0
        if part.gain:
            after = overall(made, answers | {part.code: "all"})
            assert abs((after or 0) - (score.overall or 0) - part.gain) < 1e-4


@given(answered())
def test_a_band_is_only_ever_lowered_by_a_critical_finding(given_: tuple[Instrument, dict[str, Any]]) -> None:
    score = scoring.score(sheet(*given_))
    order = ["", *given_[0].bands]
    assert order.index(score.band) <= order.index(score.band_uncapped)
    assert score.band == score.band_uncapped or score.capped_by
