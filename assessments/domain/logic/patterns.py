"""Regular expressions that mean the same in Python and in JavaScript, and end in bounded time.

Allowed: literals, classes, `.`, anchors, groups, alternation, greedy quantifiers, and the escapes \\d \\D \\w \\W \\s (in the
ASCII sense). Refused: look-around, back-references, lazy quantifiers, and a repeated group that itself repeats.
"""

import re

MAX_PATTERN = 300
# A subject longer than this never matches: with nested repeats refused, time stays a small power of this length.
MAX_SUBJECT = 300

_SYNTAX = r"^$\.*+?()[]{}|/"
_SPACE = r" \t\n\r\f\v"
_QUANTIFIER = re.compile(r"\{(\d{1,3})(,(\d{0,3}))?\}")


class PatternRefused(ValueError):
    pass


def portable(pattern: str) -> str:
    """The pattern with `.` and `\\s` spelt out; raises PatternRefused."""
    if len(pattern) > MAX_PATTERN:
        raise PatternRefused("pattern too long")
    rewritten = _Rewriter(pattern).rewrite()
    try:
        re.compile(rewritten, re.ASCII)
    except re.error as error:
        raise PatternRefused(str(error)) from None
    return rewritten


class _Rewriter:
    def __init__(self, pattern: str) -> None:
        self.pattern, self.at, self.out = pattern, 0, []  # type: ignore[var-annotated]
        # For each open group, and lastly for the whole: does it hold an unbounded quantifier?
        self.repeats = [False]
        self.closed_repeats = False

    def rewrite(self) -> str:
        while self.at < len(self.pattern):
            self._step(self.pattern[self.at])
        if len(self.repeats) != 1:
            raise PatternRefused("group not closed")
        return "".join(self.out)

    def _emit(self, text: str, length: int = 1) -> None:
        self.out.append(text)
        self.at += length

    def _step(self, c: str) -> None:
        after_group = self.closed_repeats
        self.closed_repeats = False
        match c:
            case "\\":
                self._emit(self._escape(in_class=False), 2)
            case "[":
                self._class()
            case "(":
                self._open()
            case ")":
                self._close()
            case "*" | "+" | "?" | "{":
                self._quantify(after_group)
            case "]" | "}":
                raise PatternRefused(f"{c} must be escaped")
            case ".":
                self._emit(r"[^\n\r\u2028\u2029]")
            case _:
                self._emit("\\/" if c == "/" else c)

    def _escape(self, *, in_class: bool) -> str:
        c = self.pattern[self.at + 1 : self.at + 2]
        if c == "s":
            return _SPACE if in_class else f"[{_SPACE}]"
        if c in ("d", "D", "w", "W", "n", "t", "r") or (c and c in _SYNTAX) or (c == "-" and in_class):
            return "\\" + c
        raise PatternRefused(f"\\{c}")

    def _class(self) -> None:
        self._emit("[")
        if self.pattern[self.at : self.at + 1] == "^":
            self._emit("^")
        while (c := self.pattern[self.at : self.at + 1]) != "]":
            if not c or c == "[":
                raise PatternRefused("class not closed")
            if c == "\\":
                self._emit(self._escape(in_class=True), 2)
            else:
                self._emit("\\" + c if c in "&~|/" else c)
        self._emit("]")

    def _open(self) -> None:
        if self.pattern[self.at + 1 : self.at + 2] == "?" and self.pattern[self.at + 1 : self.at + 3] != "?:":
            raise PatternRefused("(?")
        self.repeats.append(False)
        self._emit("(?:", 3 if self.pattern[self.at + 1 : self.at + 3] == "?:" else 1)

    def _close(self) -> None:
        if len(self.repeats) == 1:
            raise PatternRefused(")")
        self.closed_repeats = self.repeats.pop()
        self.repeats[-1] = self.repeats[-1] or self.closed_repeats
        self._emit(")")

    def _quantify(self, after_group: bool) -> None:
        found = _QUANTIFIER.match(self.pattern, self.at)
        text = found.group(0) if found else self.pattern[self.at]
        if text == "{" or not self.out or self.out[-1] in ("(?:", "|", "^"):
            raise PatternRefused(text)
        if after_group and text != "?":
            raise PatternRefused("a repeated group may not repeat inside")
        if text != "?" and not (found and found.group(2) is None):
            self.repeats[-1] = True
        self._emit(text, len(text))
        if self.pattern[self.at : self.at + 1] in ("?", "+", "*", "{") and self.at < len(self.pattern):
            raise PatternRefused("quantifier after quantifier")
