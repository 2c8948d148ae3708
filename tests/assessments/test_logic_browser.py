"""The browser's engine: the conformance file, and whatever expressions Hypothesis thinks of, against Python's."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.domain.logic import evaluate, parse
from assessments.domain.logic.parsing import ARITY, MANY
from tests.support.conformance import CASES
from tests.support.logic import BrowserLogic, plain, same

TODAY = dt.date(2026, 3, 31)
PATTERNS = ["[0-9]+", "a.c", "(ab|c)*", "[ក-៹ ]+", r"\w{2,3}", r"[^a]\s?.", "👍+", ".*"]

texts = st.one_of(
    st.sampled_from(["", "yes", "led motors", "ភាសាខ្មែរ", "ภาษาไทย", "👍 a", " 12 ", "-0", "1e5", "2026-02-29", "NaN"]),
    st.text("ab 12.-ខ្👍", max_size=6),
    st.dates().map(dt.date.isoformat),
    st.integers(-(10**6), 10**6).map(str),
)
numbers = st.one_of(
    st.integers(-(10**6), 10**6),
    st.sampled_from([0, -0.0, 0.5, 2.5, 1.005, 1e-7, 1e21, 1e22, 123456789012345.6, 5e-324, 1e308]),
    st.floats(allow_nan=False, allow_infinity=False),
)
leaves = st.one_of(
    numbers.map(lambda number: ["num", number]),
    texts.map(lambda text: ["str", text]),
    st.sampled_from(["a", "b", "c", "nowhere"]).map(lambda name: ["ref", name]),
    st.just(["self"]),
    st.just(["call", "today"]),
)


def calls(parts: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[list[Any]]:
    def call(name: str) -> st.SearchStrategy[list[Any]]:
        fewest, most = ARITY[name]
        arguments = st.lists(parts, min_size=max(fewest, 1 if most else 0), max_size=min(most, fewest + 2))
        return arguments.map(lambda given: ["call", name, *given])

    return st.sampled_from(sorted(ARITY.keys() - {"regex"})).flatmap(call)


def grown(parts: st.SearchStrategy[list[Any]]) -> st.SearchStrategy[list[Any]]:
    chains = st.tuples(st.sampled_from(["and", "or", "+"]), st.lists(parts, min_size=2, max_size=4))
    pairs = st.tuples(st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "-", "*", "div", "mod"]), parts, parts)
    patterns = st.tuples(parts, st.sampled_from(PATTERNS))
    return st.one_of(
        chains.map(lambda chain: [chain[0], *chain[1]]),
        pairs.map(list),
        parts.map(lambda part: ["neg", part]),
        patterns.map(lambda pair: ["regex", pair[0], parse(f"regex('', '{pair[1]}')")[2]]),
        calls(parts),
    )


trees = st.recursive(leaves, grown, max_leaves=12)
values = st.one_of(texts, numbers, st.booleans())
cases = st.tuples(trees, st.dictionaries(st.sampled_from(["a", "b", "c"]), values), values, st.just(TODAY.isoformat()))


@pytest.fixture(scope="module")
def browser_logic() -> Iterator[BrowserLogic]:
    engine = BrowserLogic("evaluate")
    yield engine
    engine.close()


def test_the_browser_means_what_the_file_says(browser_logic: BrowserLogic) -> None:
    sent = [(parse(c["expression"]), c["values"], c.get("current", ""), c.get("today", "")) for c in CASES]
    results = browser_logic.answer(sent)
    wrong = [(c["expression"], r) for c, r in zip(CASES, results, strict=True) if not same(r, c["result"])]
    assert wrong == []


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(batch=st.lists(cases, min_size=20, max_size=40))
def test_both_engines_agree_on_whatever_is_asked(browser_logic: BrowserLogic, batch: list[Any]) -> None:
    results = browser_logic.answer(batch)
    for (tree, known, current, _), result in zip(batch, results, strict=True):
        expected = plain(evaluate(tree, known, current, TODAY))
        assert same(result, expected), (tree, known, current, result, expected)


def test_every_function_is_tried() -> None:
    """What a questionnaire may call, the browser can call."""
    assert {name for name, (_, most) in ARITY.items() if most >= MANY} == {"concat", "max", "min"}
    called = " ".join(case["expression"] for case in CASES)
    assert [name for name in ARITY if f"{name}(" not in called] == []
