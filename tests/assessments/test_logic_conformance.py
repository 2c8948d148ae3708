"""The Python engine against the conformance file; test_logic_browser.py does the same with the browser's."""

import datetime as dt
from typing import Any

import pytest

from assessments.domain.logic import evaluate, parse
from tests.support.conformance import CASES
from tests.support.logic import plain, same


def name(case: dict[str, Any]) -> str:
    return f"{case['expression']} ({case.get('current', '')})".encode("ascii", "backslashreplace").decode()


@pytest.mark.parametrize("case", CASES, ids=name)
def test_an_expression_means_what_the_file_says(case: dict[str, Any]) -> None:
    today = dt.date.fromisoformat(case["today"]) if "today" in case else None
    result = plain(evaluate(parse(case["expression"]), case["values"], case.get("current"), today))
    assert same(result, case["result"]), result


def test_the_file_is_rich_enough() -> None:
    assert len(CASES) >= 220
    assert len({(case["expression"], str(case.get("current"))) for case in CASES}) == len(CASES)
