"""A regular expression as it is written → a tree of nodes; see patterns.py for what is understood."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MAX_PATTERN = 300
MAX_NESTING = 20
LAST_LETTER = 0x10FFFF

Ranges = tuple[tuple[int, int], ...]

_REPEAT = re.compile(r"\{([0-9]{1,3})(,([0-9]{1,3})?)?\}")
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


class PatternRefused(ValueError):
    """`detail`: the part of the pattern that is not understood, or "too large"."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True)
class Node:
    """`kind`: letter, ^, $, sequence, choice, or repeat."""

    kind: str
    parts: "tuple[Node, ...]" = ()
    ranges: Ranges = ()
    fewest: int = 0
    most: int | None = None


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    result: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(high, result[-1][1]))
        else:
            result.append((low, high))
    return tuple(result)


def others(ranges: Ranges) -> Ranges:
    """All letters but these."""
    edges = [-1, *(edge for pair in ranges for edge in pair), LAST_LETTER + 1]
    gaps = [(edges[i] + 1, edges[i + 1] - 1) for i in range(0, len(edges), 2)]
    return tuple(gap for gap in gaps if gap[0] <= gap[1])


def of_letters(text: str) -> Ranges:
    return merged((ord(letter), ord(letter)) for letter in text)


_DIGITS: Ranges = ((0x30, 0x39),)
_WORD = merged([*_DIGITS, (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)])
_SPACE = of_letters(" \t\n\v\f\r")
_SETS = {
    "d": _DIGITS,
    "D": others(_DIGITS),
    "w": _WORD,
    "W": others(_WORD),
    "s": _SPACE,
    "S": others(_SPACE),
}
_ANY = others(of_letters("\n\r\u2028\u2029"))


def read_pattern(pattern: str) -> Node:
    if len(pattern) > MAX_PATTERN:
        raise PatternRefused("too large")
    return _Reader(pattern).whole()


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.nesting = 0

    def whole(self) -> Node:
        node = self.choice()
        if self.at < len(self.pattern):
            raise self.refused()
        return node

    @property
    def here(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def took(self, text: str) -> bool:
        found = self.pattern.startswith(text, self.at)
        self.at += len(text) if found else 0
        return found

    def refused(self, since: int | None = None) -> PatternRefused:
        start = self.at if since is None else since
        return PatternRefused(self.pattern[start : max(self.at, start) + 8] or self.pattern[-8:])

    def choice(self) -> Node:
        parts = [self.sequence()]
        while self.took("|"):
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else Node("choice", tuple(parts))

    def sequence(self) -> Node:
        parts = []
        while self.here not in ("", "|", ")"):
            parts.append(self.repeated(self.single()))
        return Node("sequence", tuple(parts))

    def single(self) -> Node:
        letter = self.here
        if letter == "(":
            return self.group()
        if letter == "[":
            return Node("letter", ranges=self.letter_class())
        if letter in tuple("*+?{"):
            raise self.refused()
        if letter == "\\":
            return Node("letter", ranges=self.escape())
        self.at += 1
        if letter in ("^", "$"):
            return Node(letter)
        return Node("letter", ranges=_ANY if letter == "." else of_letters(letter))

    def group(self) -> Node:
        start = self.at
        self.at += 1
        if self.here == "?" and not self.took("?:"):
            raise self.refused(start)
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise PatternRefused("too large")
        node = self.choice()
        if not self.took(")"):
            raise self.refused(start)
        self.nesting -= 1
        return node

    def repeated(self, node: Node) -> Node:
        start = self.at
        bounds = self.bounds()
        if bounds is None:
            return node
        self.took("?")
        if node.kind in ("^", "$") or self.here in tuple("*+?{"):
            raise self.refused(start)
        return Node("repeat", (node,), fewest=bounds[0], most=bounds[1])

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.took(sign):
                return bounds
        if self.here != "{":
            return None
        found = _REPEAT.match(self.pattern, self.at)
        if not found:
            raise self.refused()
        fewest = int(found[1])
        most = int(found[3]) if found[3] else None if found[2] else fewest
        if most is not None and most < fewest:
            raise self.refused()
        self.at = found.end()
        return fewest, most

    def escape(self) -> Ranges:
        start = self.at
        letter = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if letter in _SETS:
            return _SETS[letter]
        if letter in _CONTROL:
            return of_letters(_CONTROL[letter])
        if not letter or letter.isalnum() or not letter.isascii():
            self.at = start + 1
            raise self.refused(start)
        return of_letters(letter)

    def letter_class(self) -> Ranges:
        start = self.at
        self.at += 1
        is_negated = self.took("^")
        ranges: list[tuple[int, int]] = []
        while self.here != "]":
            ranges += self.class_part(start)
        self.at += 1
        if not ranges:
            raise self.refused(start)
        return others(merged(ranges)) if is_negated else merged(ranges)

    def class_part(self, start: int) -> Ranges:
        low = self.class_letter(start)
        if self.here != "-" or self.pattern[self.at + 1 : self.at + 2] in ("", "]"):
            return low
        self.at += 1
        high = self.class_letter(start)
        # A range runs between two single letters.
        if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1] or low > high:
            raise self.refused(start)
        return ((low[0][0], high[0][1]),)

    def class_letter(self, start: int) -> Ranges:
        if self.here in ("", "[") or self.pattern.startswith("&&", self.at):
            raise self.refused(start)
        if self.here == "\\":
            return self.escape()
        self.at += 1
        return of_letters(self.pattern[self.at - 1])
