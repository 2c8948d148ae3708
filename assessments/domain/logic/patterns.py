"""Regular expressions as tables that Python and the browser walk alike, one step a character.

No host engine reads a pattern: the tables mean the same everywhere, and no pattern, however wicked, can take more time
than its text is long. As in ODK a pattern must match the whole text. Understood: letters, `.`, classes, groups, `|`,
`*` `+` `?` `{n}` `{n,}` `{n,m}` (lazy ones too: they match the same texts), `^` `$`, \\t \\n \\r \\f, and in the ASCII
sense \\d \\D \\w \\W \\s \\S. Refused: look-around, references back, word boundaries, Unicode properties, inline flags.

A table is {"cuts": first code point of each range of letters, "next": for each state the state after a letter of each
range, or -1, "ends": for each state 1 if the text may end here, else 0}. State 0 is the start.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import TypedDict

from assessments.domain.logic.pattern_reader import Node, PatternRefused, Ranges, read_pattern

__all__ = ["Automaton", "PatternRefused", "automaton", "matches"]

MAX_PARTS = 2000
MAX_STATES = 600
MAX_CELLS = 20_000
MAX_WORK = 300_000


class Automaton(TypedDict):
    cuts: list[int]
    next: list[list[int]]
    ends: list[int]


def matches(table: Automaton, text: str) -> bool:
    cuts, following, state = table["cuts"], table["next"], 0
    for letter in text:
        state = following[state][bisect_right(cuts, ord(letter)) - 1]
        if state < 0:
            return False
    return table["ends"][state] == 1


@lru_cache(maxsize=256)
def automaton(pattern: str) -> Automaton:
    """Raises PatternRefused for what is not understood, and where the table would grow too large."""
    return _Tables(_Net(read_pattern(pattern))).build()


class _Net:
    """Thompson's construction: places, free moves between them (some only at the text's start or end), and letters."""

    def __init__(self, pattern: Node) -> None:
        self.moves: list[list[tuple[int, str]]] = []
        self.letters: dict[int, tuple[Ranges, int]] = {}
        self.start = self.place()
        self.end = self.weave(pattern, self.start)

    def place(self) -> int:
        if len(self.moves) >= MAX_PARTS:
            raise PatternRefused("too large")
        self.moves.append([])
        return len(self.moves) - 1

    def move(self, source: int, target: int, only_at: str = "") -> int:
        self.moves[source].append((target, only_at))
        return target

    def weave(self, node: Node, source: int) -> int:
        """Adds the node behind `source` and gives the place behind the node."""
        match node.kind:
            case "letter":
                target = self.place()
                self.letters[source] = (node.ranges, target)
                return target
            case "^" | "$":
                return self.move(source, self.place(), node.kind)
            case "sequence":
                for part in node.parts:
                    source = self.weave(part, source)
                return source
            case "choice":
                starts = [self.move(source, self.place()) for _ in node.parts]
                ends = [self.weave(part, start) for part, start in zip(node.parts, starts, strict=True)]
                return self.join(ends)
            case _:
                return self.repeat(node, source)

    def join(self, sources: Iterable[int]) -> int:
        target = self.place()
        for source in sources:
            self.move(source, target)
        return target

    def repeat(self, node: Node, source: int) -> int:
        part = node.parts[0]
        for _ in range(node.fewest):
            source = self.weave(part, self.move(source, self.place()))
        if node.most is None:
            again = self.move(source, self.place())
            self.move(self.weave(part, self.move(again, self.place())), again)
            return self.move(again, self.place())
        ends = [source]
        for _ in range(node.most - node.fewest):
            ends.append(self.weave(part, self.move(ends[-1], self.place())))
        return self.join(ends)

    def reach(self, places: Iterable[int], at: str) -> frozenset[int]:
        """All places that free moves lead to; `at`: "^", "$", both or neither."""
        seen = set(places)
        pending = list(seen)
        while pending:
            for target, only_at in self.moves[pending.pop()]:
                if target not in seen and only_at in at:
                    seen.add(target)
                    pending.append(target)
        return frozenset(seen)


class _Tables:
    """The subset construction, within bounds of size and work."""

    def __init__(self, net: _Net) -> None:
        self.net = net
        edges = {edge for ranges, _ in net.letters.values() for low, high in ranges for edge in (low, high + 1)}
        self.cuts = sorted(edges | {0})
        column = {cut: index for index, cut in enumerate(self.cuts)}
        self.columns = {
            place: [index for low, high in ranges for index in range(column[low], column[high + 1])]
            for place, (ranges, _) in net.letters.items()
        }
        self.work = 0

    def build(self) -> Automaton:
        start = (self.net.reach([self.net.start], "^"), True)
        states, pending = {start: 0}, [start]
        following, ends = [], []
        for places, is_start in pending:
            ends.append(int(self.net.end in self.net.reach(places, "^$" if is_start else "$")))
            row = [-1] * len(self.cuts)
            for index, targets in self.steps(places).items():
                state = (self.net.reach(targets, ""), False)
                if state not in states:
                    states[state] = len(states)
                    pending.append(state)
                row[index] = states[state]
            following.append(row)
            self.work += len(places) * len(self.cuts)
            if len(states) > MAX_STATES or len(states) * len(self.cuts) > MAX_CELLS or self.work > MAX_WORK:
                raise PatternRefused("too large")
        return {"cuts": self.cuts, "next": following, "ends": ends}

    def steps(self, places: frozenset[int]) -> dict[int, set[int]]:
        targets: dict[int, set[int]] = {}
        for place in places:
            for index in self.columns.get(place, ()):
                targets.setdefault(index, set()).add(self.net.letters[place][1])
        return targets
