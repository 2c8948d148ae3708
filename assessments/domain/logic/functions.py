"""The functions of XLSForm that need no more than their arguments; if, once, regex and today stand in evaluation.py.

Each does to the last bit what its twin in static/src/scripts/logic/evaluate.ts does; the odd + 0.0 turns -0 into 0.
"""

import math
import re
from collections.abc import Callable

from assessments.domain.logic.values import NAN, Value, to_date, to_number, to_text, truth, words

MOST_PLACES = 30


def _int(value: Value) -> float:
    number = to_number(value)
    return math.trunc(number) + 0.0 if math.isfinite(number) else number


def _floor(value: Value) -> float:
    number = to_number(value)
    return math.floor(number) + 0.0 if math.isfinite(number) else number


def _ceiling(value: Value) -> float:
    number = to_number(value)
    return math.ceil(number) + 0.0 if math.isfinite(number) else number


def _shifted(number: float, places: int) -> float:
    """Times ten to the power of `places`, on the digits that people see: 1.005 shifted by 2 is 100.5."""
    digits, _, exponent = repr(number).partition("e")
    return float(f"{digits}e{int(exponent or 0) + places}")


def _round(value: Value, places: Value = 0) -> float:
    """Halves go up: 2.5 → 3, -2.5 → -2, and round(1.005, 2) → 1.01."""
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number):
        return number
    if not abs(digits) <= MOST_PLACES:
        return NAN
    shift = math.trunc(digits)
    shifted = _shifted(number, shift)
    if not math.isfinite(shifted):
        return number
    below = math.floor(shifted)
    return _shifted(float(below + (shifted - below >= 0.5)), -shift)


def _extreme(pick: Callable[[list[float]], float]) -> Callable[..., float]:
    def extreme(*values: Value) -> float:
        numbers = [to_number(value) for value in values]
        return NAN if any(number != number for number in numbers) else pick(numbers) + 0.0

    return extreme


def _coalesce(first: Value, second: Value) -> Value:
    return second if first == "" or first != first else first


def _index(value: Value) -> int:
    """A place in a text; no text is longer than the bound."""
    number = to_number(value)
    return 0 if number != number else math.trunc(max(-1e6, min(1e6, number)))


def _substr(value: Value, start: Value, end: Value = 1e6) -> str:
    """From `start` up to `end`, counted from 0, or from the end where negative."""
    return to_text(value)[_index(start) : _index(end)]


def _substring_before(value: Value, part: Value) -> str:
    text, found = to_text(value), to_text(value).find(to_text(part))
    return text[: max(found, 0)]


def _substring_after(value: Value, part: Value) -> str:
    text, found = to_text(value), to_text(value).find(to_text(part))
    return text[found + len(to_text(part)) :] if found >= 0 else ""


def _translate(value: Value, old: Value, new: Value) -> str:
    letters = to_text(new)
    table: dict[int, str] = {}
    for place, letter in enumerate(to_text(old)):
        table.setdefault(ord(letter), letters[place : place + 1])
    return to_text(value).translate(table)


def _selected_at(value: Value, place: Value) -> str:
    chosen, at = words(value), _index(place)
    return chosen[at] if 0 <= at < len(chosen) else ""


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "abs": lambda value: abs(to_number(value)),
    "boolean": truth,
    "ceiling": _ceiling,
    "coalesce": _coalesce,
    "concat": lambda *values: "".join(map(to_text, values)),
    "contains": lambda text, part: to_text(part) in to_text(text),
    "count-selected": lambda value: len(words(value)),
    "date": to_date,
    "ends-with": lambda text, part: to_text(text).endswith(to_text(part)),
    "false": lambda: False,
    "floor": _floor,
    "int": _int,
    "max": _extreme(max),
    "min": _extreme(min),
    "normalize-space": lambda value: re.sub(r"[ \t\r\n]+", " ", to_text(value)).strip(" "),
    "not": lambda value: not truth(value),
    "number": to_number,
    "round": _round,
    "selected": lambda value, key: to_text(key).strip(" ") in words(value),
    "selected-at": _selected_at,
    "starts-with": lambda text, part: to_text(text).startswith(to_text(part)),
    "string": to_text,
    "string-length": lambda value: len(to_text(value)),
    "substr": _substr,
    "substring-after": _substring_after,
    "substring-before": _substring_before,
    "translate": _translate,
    "true": lambda: True,
}
