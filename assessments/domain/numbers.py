"""Numbers as people type them: local digits, either separator, and a plain word where that is not clear.

static/src/scripts/logic/numbers.ts is its twin; tests/conformance/numbers.json binds them.

Khmer, Thai, Lao, Burmese, Indian and Arabic digits are read alike. A single separator followed by exactly three digits
("1,500", "1.500") is read as the language writes it: English, Khmer, Thai: comma groups; Vietnamese: point groups. For
the other separator in that position both readings are possible, and the number is refused as ambiguous rather than
guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

# As CLDR writes numbers, and so as the portal shows them.
GROUP_SEPARATOR = {"en": ",", "km": ",", "th": ",", "vi": "."}
# JSON and the browser keep 15 digits exactly.
MAX_DIGITS = 15
MAX_DECIMALS = 6
# Each list of digits that we read begins with its zero. Named one by one: what counts as a digit must not depend on the
# age of a browser.
ZEROS = "0٠۰०০๐໐၀០"
DIGITS = {chr(ord(zero) + digit): str(digit) for zero in ZEROS for digit in range(10)}


class NotANumber(ValueError):
    """`code`: not_a_number, ambiguous_number or too_many_digits."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def plain_digits(text: str) -> str:
    """Digits of any script as ASCII digits; spaces of any kind removed."""
    kept = []
    for character in unicodedata.normalize("NFKC", text):
        if digit := DIGITS.get(character):
            kept.append(digit)
        elif not character.isspace() and character not in "​⁠'_":
            kept.append("-" if character in "−–" else character)
    return "".join(kept)


def input_text(value: int | float, language: str) -> str:
    """How a number stands in its input: no groups, the language's separator, and never ambiguous to `parse_number`."""
    # By way of the digits that Python shows: those of the float itself go on and on.
    text = f"{Decimal(str(value)):.{MAX_DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    whole, point, decimals = text.partition(".")
    if len(decimals) == 3:
        decimals += "0"
    return whole + ("," if point and GROUP_SEPARATOR.get(language) == "." else point) + decimals


def parse_number(text: str | int | float, language: str = "en") -> int | float:
    """Raises NotANumber. Whole numbers come back as int. What a script sends as a number is taken as it is."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = input_text(text, "en")
        language = "en"
    plain = plain_digits(str(text))
    if not re.fullmatch(r"[+-]?[0-9.,]*[0-9][0-9.,]*", plain):
        raise NotANumber("not_a_number")
    whole, decimals = _split(plain.lstrip("+-"), GROUP_SEPARATOR.get(language, ","))
    decimals = decimals.rstrip("0")
    if len(whole.lstrip("0")) + len(decimals) > MAX_DIGITS or len(decimals) > MAX_DECIMALS:
        raise NotANumber("too_many_digits")
    value: int | float = float(f"{whole or 0}.{decimals}") if decimals else int(whole or 0)
    return -value if plain.startswith("-") and value else value


def _split(body: str, group: str) -> tuple[str, str]:
    """(whole digits, decimal digits), or NotANumber."""
    marks = [c for c in body if c in ".,"]
    if not marks:
        return body, ""
    if len(set(marks)) == 2:
        return _both(body, decimal=marks[-1])
    mark = marks[0]
    if len(marks) > 1:
        return _grouped(body, mark), ""
    head, tail = body.split(mark)
    could_group = len(tail) == 3 and 1 <= len(head) <= 3 and head.strip("0") != ""
    if not could_group:
        return head, tail
    if mark == group:
        return head + tail, ""
    raise NotANumber("ambiguous_number")


def _both(body: str, *, decimal: str) -> tuple[str, str]:
    head, _, tail = body.rpartition(decimal)
    if decimal in head:
        raise NotANumber("not_a_number")
    return _grouped(head, "," if decimal == "." else "."), tail


def _grouped(body: str, mark: str) -> str:
    first, *rest = body.split(mark)
    if not (1 <= len(first) <= 3) or any(len(part) != 3 for part in rest):
        raise NotANumber("not_a_number")
    return first + "".join(rest)


def exact(value: int | float) -> Fraction:
    """The number that its digits say, which a float only comes close to."""
    return Fraction(str(value))


def rounded(value: Fraction, places: int = MAX_DECIMALS) -> int | float:
    """Halves go up. Whole numbers come back as int."""
    shifted: int = floor(value * 10**places + Fraction(1, 2))
    unit: int = 10**places
    return shifted // unit if shifted % unit == 0 else shifted / unit


def mean(values: Sequence[int | float]) -> Fraction:
    return total(values) / len(values)


def total(values: Iterable[int | float]) -> Fraction:
    return sum(map(exact, values), Fraction())
