"""The Python evaluator. static/src/scripts/logic/evaluate.ts is its twin; tests/conformance/logic.json holds both together.

Values are strings, numbers and booleans, converted as XPath 1.0 does. Unanswered is "". A date is its ISO text; in
arithmetic and in < > it counts as days since 1970-01-01, as in ODK. today() is the day given by the caller.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from assessments.domain.logic.patterns import MAX_SUBJECT

Value = str | float | int | bool
Tree = list[Any]

NAN = math.nan
_NUMBER = re.compile(r"[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_EPOCH = dt.date(1970, 1, 1).toordinal()


def truth(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    return bool(value) and value == value


def to_number(value: Value) -> float:
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        return _number_of_text(value)
    return float(value)


def _number_of_text(text: str) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    if match := _DATE.fullmatch(text):
        try:
            return float(dt.date(*map(int, match.groups())).toordinal() - _EPOCH)
        except ValueError:
            return NAN
    return NAN


def to_text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    number = float(value)
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def evaluate(tree: Tree, lookup: Mapping[str, Value], current: Value | None = None, today: dt.date | None = None) -> Value:
    """`current` is what `.` stands for. A name that `lookup` lacks reads as unanswered."""
    return _Evaluation(lookup, "" if current is None else current, today or dt.date.today()).value(tree)


class _Evaluation:
    def __init__(self, lookup: Mapping[str, Value], current: Value, today: dt.date) -> None:
        self.lookup, self.current, self.today = lookup, current, today

    def value(self, tree: Tree) -> Value:
        kind = tree[0]
        if kind in ("num", "str"):
            return tree[1]  # type: ignore[no-any-return]
        if kind == "ref":
            found = self.lookup.get(tree[1])
            return "" if found is None else found
        if kind == "self":
            return self.current
        if kind == "and":
            return truth(self.value(tree[1])) and truth(self.value(tree[2]))
        if kind == "or":
            return truth(self.value(tree[1])) or truth(self.value(tree[2]))
        if kind == "neg":
            return -to_number(self.value(tree[1]))
        if kind == "call":
            return self.call(tree[1], tree[2:])
        return _BINARY[kind](self.value(tree[1]), self.value(tree[2]))

    def call(self, name: str, arguments: list[Tree]) -> Value:
        if name == "if":
            return self.value(arguments[1] if truth(self.value(arguments[0])) else arguments[2])
        if name == "today":
            return self.today.isoformat()
        if name == "once":
            return self.current if self.current != "" else self.value(arguments[0])
        return _FUNCTIONS[name](*(self.value(argument) for argument in arguments))


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    return to_number(left) == to_number(right)


def _not_equal(left: Value, right: Value) -> bool:
    return not _equal(left, right)


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    return lambda left, right: compare(to_number(left), to_number(right))


def _arithmetic(compute: Callable[[float, float], float]) -> Callable[[Value, Value], float]:
    def computed(left: Value, right: Value) -> float:
        try:
            return compute(to_number(left), to_number(right))
        except OverflowError:
            return NAN

    return computed


def _divide(left: float, right: float) -> float:
    if right == 0:
        return NAN if left == 0 or left != left else math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def _modulo(left: float, right: float) -> float:
    if right == 0 or left != left or right != right or math.isinf(left):
        return NAN
    return math.fmod(left, right)


_BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "=": _equal,
    "!=": _not_equal,
    "<": _ordered(lambda a, b: a < b),
    "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b),
    ">=": _ordered(lambda a, b: a >= b),
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "div": _arithmetic(_divide),
    "mod": _arithmetic(_modulo),
}


def _words(value: Value) -> list[str]:
    return [word for word in to_text(value).split(" ") if word]


def _round(value: Value, places: Value = 0) -> float:
    """Halves go up, as in XPath: 2.5 → 3, -2.5 → -2."""
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number) or not math.isfinite(digits):
        return number if math.isfinite(digits) else NAN
    scale = 10.0 ** max(-10, min(10, math.trunc(digits)))
    scaled = number * scale + 0.5
    return math.floor(scaled) / scale if math.isfinite(scaled) else number


def _int(value: Value) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _extreme(pick: Callable[..., float]) -> Callable[..., float]:
    def extreme(*values: Value) -> float:
        numbers = [to_number(value) for value in values]
        return NAN if any(number != number for number in numbers) else pick(numbers)

    return extreme


def _date(value: Value) -> Value:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return value if _number_of_text(value) == _number_of_text(value) else ""
    days = to_number(value)
    ordinal = math.floor(days) + _EPOCH if math.isfinite(days) else 0
    return dt.date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= dt.date.max.toordinal() else ""


def _substr(value: Value, start: Value, end: Value = math.inf) -> str:
    text = to_text(value)
    first, last = to_number(start), to_number(end)
    if first != first or last != last:
        return ""
    first_at = max(0, math.floor(first)) if math.isfinite(first) else (len(text) if first > 0 else 0)
    last_at = max(0, math.floor(last)) if math.isfinite(last) else (len(text) if last > 0 else 0)
    return text[first_at:last_at]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def _regex(value: Value, pattern: Value) -> bool:
    text = to_text(value)
    return len(text) <= MAX_SUBJECT and _compiled(to_text(pattern)).fullmatch(text) is not None


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "abs": lambda value: abs(to_number(value)),
    "boolean": truth,
    "coalesce": lambda first, second: first if to_text(first) != "" else second,
    "concat": lambda *values: "".join(map(to_text, values)),
    "contains": lambda text, part: to_text(part) in to_text(text),
    "count-selected": lambda value: len(_words(value)),
    "date": _date,
    "ends-with": lambda text, part: to_text(text).endswith(to_text(part)),
    "false": lambda: False,
    "int": _int,
    "max": _extreme(max),
    "min": _extreme(min),
    "normalize-space": lambda value: " ".join(re.split(r"[ \t\r\n]+", to_text(value).strip(" \t\r\n"))),
    "not": lambda value: not truth(value),
    "number": to_number,
    "regex": _regex,
    "round": _round,
    "selected": lambda value, key: to_text(key).strip(" ") in _words(value),
    "starts-with": lambda text, part: to_text(text).startswith(to_text(part)),
    "string": to_text,
    "string-length": lambda value: len(to_text(value)),
    "substr": _substr,
    "true": lambda: True,
}
