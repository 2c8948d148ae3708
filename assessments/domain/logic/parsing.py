"""XPath 1.0 as XLSForm uses it → a small JSON tree.

A tree is a list that begins with its kind: ["num", 1], ["str", "x"], ["self"], ["ref", "E1.03"], ["neg", a];
["and", a, b, …], ["or", a, b, …], ["+", a, b, …]; [operator, a, b] for =, !=, <, <=, >, >=, -, *, div, mod;
["call", name, arguments…]; ["regex", text, automaton] (see patterns.py); in a choice_filter ["column", name] for a
column of the choices sheet.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from lark import Lark, Token, Transformer, UnexpectedInput, v_args

from assessments.domain.logic.patterns import PatternRefused, automaton

MAX_LENGTH = 4000
MAX_DEPTH = 100
SHOWN = 20

Tree = list[Any]

GRAMMAR = r"""
    ?start: or_test
    ?or_test: and_test | or_test OR and_test -> chain
    ?and_test: equality | and_test AND equality -> chain
    ?equality: relation | equality EQUALITY relation -> binary
    ?relation: sum | relation RELATION sum -> binary
    ?sum: product | sum PLUS product -> chain | sum MINUS product -> binary
    ?product: unary | product (TIMES | DIV | MOD) unary -> binary
    ?unary: atom | MINUS unary -> negative
    ?atom: NUMBER -> number
         | STRING -> text
         | "." -> itself
         | "${" NAME "}" -> reference
         | BARE -> column
         | FUNCTION "(" (or_test ("," or_test)*)? ")" -> call
         | "(" or_test ")"
    OR: /or(?![\w-])/
    AND: /and(?![\w-])/
    EQUALITY: "!=" | "="
    RELATION: "<=" | ">=" | "<" | ">"
    PLUS: "+"
    MINUS: "-"
    TIMES: "*"
    DIV: /div(?![\w-])/
    MOD: /mod(?![\w-])/
    NUMBER.2: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
    STRING: /"[^"]*"|'[^']*'/
    NAME: /[^\W\d][\w.-]*/
    BARE: /[^\W\d][\w-]*(?![\w.:-]*\s*\()/
    FUNCTION: /[^\W\d][\w.:-]*(?=\s*\()/
    %ignore /\s+/
"""

# Name: the fewest and the most arguments.
MANY = 100
ARITY: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1),
    "boolean": (1, 1),
    "ceiling": (1, 1),
    "coalesce": (2, 2),
    "concat": (1, MANY),
    "contains": (2, 2),
    "count-selected": (1, 1),
    "date": (1, 1),
    "ends-with": (2, 2),
    "false": (0, 0),
    "floor": (1, 1),
    "if": (3, 3),
    "int": (1, 1),
    "max": (1, MANY),
    "min": (1, MANY),
    "normalize-space": (0, 1),
    "not": (1, 1),
    "number": (0, 1),
    "once": (1, 1),
    "regex": (2, 2),
    "round": (1, 2),
    "selected": (2, 2),
    "selected-at": (2, 2),
    "starts-with": (2, 2),
    "string": (0, 1),
    "string-length": (0, 1),
    "substr": (2, 3),
    "substring-after": (2, 2),
    "substring-before": (2, 2),
    "today": (0, 0),
    "translate": (3, 3),
    "true": (0, 0),
}
# Without an argument these speak of the question's own value.
OF_ITSELF = frozenset({"normalize-space", "number", "string", "string-length"})


class LogicError(ValueError):
    """`position` counts from 0; `code`: see SHEET_PROBLEMS in labels, where it stands behind `logic_`."""

    def __init__(self, code: str, position: int, detail: str) -> None:
        super().__init__(f"{code} at {position}: {detail}")
        self.code, self.position, self.detail = code, position, detail


def parse(source: str, *, of_choices: bool = False) -> Tree:
    """Raises LogicError for whatever it does not understand; nothing is dropped.

    `of_choices`: names without ${} may stand for columns of the choices sheet.
    """
    if len(source) > MAX_LENGTH:
        raise LogicError("too_long", MAX_LENGTH, source[MAX_LENGTH : MAX_LENGTH + SHOWN])
    try:
        grown: _Grown = _parser(of_choices).parse(source)  # type: ignore[assignment]
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        at_end = isinstance(token, Token) and token.type == "$END"
        position = len(source) if at_end else error.pos_in_stream or 0
        raise LogicError("syntax", position, source[position : position + SHOWN] or source[-SHOWN:]) from None
    return grown.tree


def names_in(tree: Tree) -> set[str]:
    return {part[1] for part in _walk(tree) if part[0] == "ref"}


def _walk(tree: Tree) -> Iterator[Tree]:
    pending = [tree]
    while pending:
        part = pending.pop()
        yield part
        pending += [child for child in part[1:] if isinstance(child, list)]


class _Grown(NamedTuple):
    tree: Tree
    depth: int


@cache
def _parser(of_choices: bool) -> Lark:
    # The tree grows while the source is read, so that no nesting, however deep, costs a recursion.
    return Lark(GRAMMAR, parser="lalr", transformer=_Builder(of_choices), lexer_callbacks={"FUNCTION": _known})


def _known(name: Token) -> Token:
    if name not in ARITY:
        raise LogicError("unknown_function", name.start_pos or 0, str(name))
    return name


def _grow(token: Token, tree: Tree, *parts: _Grown) -> _Grown:
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > MAX_DEPTH:
        raise LogicError("too_deep", token.start_pos or 0, str(token))
    return _Grown(tree, depth)


@v_args(inline=True)
class _Builder(Transformer[Token, _Grown]):
    def __init__(self, of_choices: bool) -> None:
        super().__init__()
        self.of_choices = of_choices

    def column(self, name: Token) -> _Grown:
        if not self.of_choices:
            raise LogicError("bare_name", name.start_pos or 0, str(name))
        return _Grown(["column", str(name)], 1)

    def number(self, token: Token) -> _Grown:
        value = float(token)
        if math.isinf(value):
            raise LogicError("syntax", token.start_pos or 0, token[:SHOWN])
        return _Grown(["num", int(value) if value.is_integer() else value], 1)

    def text(self, token: Token) -> _Grown:
        return _Grown(["str", token[1:-1]], 1)

    def itself(self) -> _Grown:
        return _Grown(["self"], 1)

    def reference(self, name: Token) -> _Grown:
        return _Grown(["ref", str(name)], 1)

    def chain(self, left: _Grown, operator: Token, right: _Grown) -> _Grown:
        """Equal operators side by side are one list: a long chain is not a deep one."""
        if left.tree[0] != operator:
            return self.binary(left, operator, right)
        longer = _grow(operator, [*left.tree, right.tree], right)
        return longer._replace(depth=max(left.depth, longer.depth))

    def binary(self, left: _Grown, operator: Token, right: _Grown) -> _Grown:
        return _grow(operator, [str(operator), left.tree, right.tree], left, right)

    def negative(self, sign: Token, operand: _Grown) -> _Grown:
        return _grow(sign, ["neg", operand.tree], operand)

    def call(self, name: Token, *arguments: _Grown) -> _Grown:
        fewest, most = ARITY[name]
        if not fewest <= len(arguments) <= most:
            raise LogicError("wrong_arguments", name.start_pos or 0, str(name))
        if name == "regex":
            return _grow(name, _regex(name, *arguments), *arguments)
        if not arguments and name in OF_ITSELF:
            arguments = (self.itself(),)
        return _grow(name, ["call", str(name), *(argument.tree for argument in arguments)], *arguments)


def _regex(name: Token, text: _Grown, pattern: _Grown) -> Tree:
    """The pattern must stand in the expression itself: an answer is never read as one."""
    if pattern.tree[0] != "str":
        raise LogicError("pattern", name.start_pos or 0, str(name))
    try:
        return ["regex", text.tree, automaton(pattern.tree[1])]
    except PatternRefused as refused:
        raise LogicError("pattern", name.start_pos or 0, refused.detail) from None
