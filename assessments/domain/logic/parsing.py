"""XPath 1.0 as XLSForm uses it → a small JSON tree.

A tree is a list that begins with its kind: ["num", 1], ["str", "x"], ["self"], ["ref", "E1.03"], ["neg", a],
[operator, a, b] for and, or, =, !=, <, <=, >, >=, +, -, *, div, mod, and ["call", name, arguments…].
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.exceptions import VisitError

from assessments.domain.logic.patterns import PatternRefused, portable

MAX_LENGTH = 4000
MAX_DEPTH = 60

Tree = list[Any]

GRAMMAR = r"""
    ?start: or_test
    ?or_test: and_test | or_test "or" and_test -> or_
    ?and_test: equality | and_test "and" equality -> and_
    ?equality: relation | equality EQUALITY relation -> binary
    ?relation: sum | relation RELATION sum -> binary
    ?sum: product | sum SIGN product -> binary
    ?product: unary | product (TIMES | DIV | MOD) unary -> binary
    ?unary: atom | SIGN unary -> signed
    ?atom: NUMBER -> num
         | STRING -> str
         | "." -> self
         | "${" NAME "}" -> ref
         | FUNCTION "(" [or_test ("," or_test)*] ")" -> call
         | "(" or_test ")"
    EQUALITY: "!=" | "="
    RELATION: "<=" | ">=" | "<" | ">"
    SIGN: "+" | "-"
    TIMES: "*"
    DIV.2: /div(?![\w-])/
    MOD.2: /mod(?![\w-])/
    NUMBER.2: /\d+(\.\d*)?|\.\d+/
    STRING: /"[^"]*"|'[^']*'/
    NAME: /[A-Za-z_][\w.-]*/
    FUNCTION: /[a-z][a-z0-9]*(-[a-z0-9]+)*(?=\s*\()/
    %ignore /\s+/
"""

# Name: the fewest and the most arguments.
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1),
    "boolean": (1, 1),
    "coalesce": (2, 2),
    "concat": (1, 20),
    "contains": (2, 2),
    "count-selected": (1, 1),
    "date": (1, 1),
    "ends-with": (2, 2),
    "false": (0, 0),
    "if": (3, 3),
    "int": (1, 1),
    "max": (1, 20),
    "min": (1, 20),
    "normalize-space": (1, 1),
    "not": (1, 1),
    "number": (1, 1),
    "once": (1, 1),
    "regex": (2, 2),
    "round": (1, 2),
    "selected": (2, 2),
    "starts-with": (2, 2),
    "string": (1, 1),
    "string-length": (1, 1),
    "substr": (2, 3),
    "today": (0, 0),
    "true": (0, 0),
}


class LogicError(ValueError):
    """`code`: syntax, too_long, too_deep, unknown_function, wrong_arguments, pattern. `position` counts from 0."""

    def __init__(self, code: str, position: int = 0, detail: str = "") -> None:
        super().__init__(f"{code} at {position}: {detail}")
        self.code, self.position, self.detail = code, position, detail


@v_args(inline=True)
class _TreeBuilder(Transformer[Token, Tree]):
    def num(self, token: Token) -> Tree:
        value = float(token)
        return ["num", int(value) if value.is_integer() else value]

    def str(self, token: Token) -> Tree:
        return ["str", token[1:-1]]

    def self(self) -> Tree:
        return ["self"]

    def ref(self, name: Token) -> Tree:
        return ["ref", name.value]

    def or_(self, left: Tree, right: Tree) -> Tree:
        return ["or", left, right]

    def and_(self, left: Tree, right: Tree) -> Tree:
        return ["and", left, right]

    def binary(self, left: Tree, operator: Token, right: Tree) -> Tree:
        return [operator.value, left, right]

    def signed(self, sign: Token, operand: Tree) -> Tree:
        return ["neg", operand] if sign == "-" else ["call", "number", operand]

    def call(self, name: Token, *arguments: Tree | None) -> Tree:
        given = [argument for argument in arguments if argument is not None]
        _check_call(name, given)
        return ["call", name.value, *given]


def _check_call(name: Token, arguments: list[Tree]) -> None:
    position = name.start_pos or 0
    if name.value not in FUNCTIONS:
        raise LogicError("unknown_function", position, name.value)
    fewest, most = FUNCTIONS[name.value]
    if not fewest <= len(arguments) <= most:
        raise LogicError("wrong_arguments", position, name.value)
    if name.value == "regex":
        if arguments[1][0] != "str":
            raise LogicError("pattern", position, name.value)
        try:
            arguments[1] = ["str", portable(arguments[1][1])]
        except PatternRefused as error:
            raise LogicError("pattern", position, str(error)) from None


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", maybe_placeholders=True)


def parse(source: str) -> Tree:
    """Raises LogicError for whatever it does not understand; nothing is dropped."""
    if len(source) > MAX_LENGTH:
        raise LogicError("too_long", MAX_LENGTH)
    try:
        tree: Tree = _TreeBuilder().transform(_parser().parse(source))
    except UnexpectedInput as error:
        position = max(error.pos_in_stream or 0, 0)
        raise LogicError("syntax", position, source[position : position + 20]) from None
    except VisitError as error:
        if isinstance(error.orig_exc, LogicError):
            raise error.orig_exc from None
        raise
    except RecursionError:
        raise LogicError("too_deep") from None
    if _depth(tree) > MAX_DEPTH:
        raise LogicError("too_deep")
    return tree


def _children(tree: Tree) -> list[Tree]:
    return [part for part in tree[1:] if isinstance(part, list)]


def _depth(tree: Tree) -> int:
    deepest, level = 0, [tree]
    while level:
        deepest, level = deepest + 1, [child for parent in level for child in _children(parent)]
    return deepest


def _walk(tree: Tree) -> Iterator[Tree]:
    yield tree
    for child in _children(tree):
        yield from _walk(child)


def names_in(tree: Tree) -> set[str]:
    return {part[1] for part in _walk(tree) if part[0] == "ref"}


def find_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """The first chain of names that leads back to its start, the start repeated at the end; [] when there is none."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        pending: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            path.append(start)
            pending.append((start, iter(sorted(graph[start]))))
        while pending:
            name, successors = pending[-1]
            following = next((s for s in successors if s not in done and s in graph), None)
            if following is None:
                done.add(name)
                path.pop()
                pending.pop()
            elif following in path:
                return [*path[path.index(following) :], following]
            else:
                path.append(following)
                pending.append((following, iter(sorted(graph[following]))))
    return []
