"""The Python evaluator. static/src/scripts/logic/evaluate.ts is its twin; tests/conformance/logic.json binds them."""

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from assessments.domain.logic.functions import FUNCTIONS
from assessments.domain.logic.patterns import matches
from assessments.domain.logic.values import NAN, Value, to_number, to_text, truth

Tree = list[Any]
NO_COLUMNS: Mapping[str, str] = {}


class Lookup(Protocol):
    """Answers by name, as a dict gives them; None is unanswered."""

    def get(self, name: str, /) -> Value | None: ...


class _Scope(NamedTuple):
    lookup: Lookup
    current: Value
    today: dt.date | None
    columns: Mapping[str, str]


def evaluate(
    tree: Tree,
    lookup: Lookup,
    current: Value | None = None,
    today: dt.date | None = None,
    columns: Mapping[str, str] = NO_COLUMNS,
) -> Value:
    """`current` is what `.` stands for; `today` may be left out where the tree has no today(); `columns` are those of
    the choice that a choice_filter asks about.

    A name that `lookup` lacks reads as unanswered.
    """
    return _value(tree, _Scope(lookup, "" if current is None else current, today, columns))


def _value(tree: Tree, scope: _Scope) -> Value:
    return _KINDS[tree[0]](tree, scope)


def _ref(tree: Tree, scope: _Scope) -> Value:
    found = scope.lookup.get(tree[1])
    return "" if found is None else found


def _and(tree: Tree, scope: _Scope) -> bool:
    return all(truth(_value(part, scope)) for part in tree[1:])


def _or(tree: Tree, scope: _Scope) -> bool:
    return any(truth(_value(part, scope)) for part in tree[1:])


def _sum(tree: Tree, scope: _Scope) -> float:
    total = to_number(_value(tree[1], scope))
    for part in tree[2:]:
        total += to_number(_value(part, scope))
    return total


def _call(tree: Tree, scope: _Scope) -> Value:
    name = tree[1]
    if special := _SPECIAL.get(name):
        return special(tree, scope)
    return FUNCTIONS[name](*[_value(argument, scope) for argument in tree[2:]])


def _if(tree: Tree, scope: _Scope) -> Value:
    return _value(tree[3] if truth(_value(tree[2], scope)) else tree[4], scope)


def _once(tree: Tree, scope: _Scope) -> Value:
    return scope.current if scope.current != "" else _value(tree[2], scope)


def _today(_tree: Tree, scope: _Scope) -> str:
    if scope.today is None:
        raise ValueError("this tree asks what day it is")
    return scope.today.isoformat()


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    return to_number(left) == to_number(right)


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    return math.copysign(math.inf, left) * math.copysign(1, right) if left and left == left else NAN


def _modulo(left: float, right: float) -> float:
    """What is left has the sign of `left`."""
    return math.fmod(left, right) if right and math.isfinite(left) else NAN


def _of_values(compute: Callable[[Value, Value], Value]) -> "_Kind":
    return lambda tree, scope: compute(_value(tree[1], scope), _value(tree[2], scope))


def _of_numbers(compute: Callable[[float, float], Value]) -> "_Kind":
    return lambda tree, scope: compute(to_number(_value(tree[1], scope)), to_number(_value(tree[2], scope)))


_Kind = Callable[[Tree, _Scope], Value]

_SPECIAL: dict[str, _Kind] = {"if": _if, "once": _once, "today": _today}

_KINDS: dict[str, _Kind] = {
    "num": lambda tree, _scope: tree[1],
    "str": lambda tree, _scope: tree[1],
    "ref": _ref,
    "self": lambda _tree, scope: scope.current,
    "column": lambda tree, scope: scope.columns.get(tree[1], ""),
    "and": _and,
    "or": _or,
    "=": _of_values(_equal),
    "!=": _of_values(lambda left, right: not _equal(left, right)),
    "<": _of_numbers(lambda left, right: left < right),
    "<=": _of_numbers(lambda left, right: left <= right),
    ">": _of_numbers(lambda left, right: left > right),
    ">=": _of_numbers(lambda left, right: left >= right),
    "+": _sum,
    "-": _of_numbers(lambda left, right: left - right),
    "*": _of_numbers(lambda left, right: left * right),
    "div": _of_numbers(_divide),
    "mod": _of_numbers(_modulo),
    "neg": lambda tree, scope: -to_number(_value(tree[1], scope)),
    "regex": lambda tree, scope: matches(tree[2], to_text(_value(tree[1], scope))),
    "call": _call,
}
