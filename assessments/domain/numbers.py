"""Numbers as people type them: local digits, either separator, and a plain word where that is not clear.

Khmer, Thai and Arabic digits are read alike. A single separator followed by exactly three digits ("1,500", "1.500") is
read as the language writes it: English, Khmer, Thai: comma groups; Vietnamese: point groups. For the other separator
in that position both readings are possible, and the number is refused as ambiguous rather than guessed.
"""

import re
import unicodedata

# As CLDR writes numbers, and so as the portal shows them.
GROUP_SEPARATOR = {"en": ",", "km": ",", "th": ",", "vi": "."}
# JSON and the browser keep 15 digits exactly.
MAX_DIGITS = 15
MAX_DECIMALS = 6


class NotANumber(ValueError):
    """`code`: not_a_number, ambiguous_number or too_many_digits."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def plain_digits(text: str) -> str:
    """Digits of any script as ASCII digits; spaces of any kind removed."""
    kept = []
    for character in unicodedata.normalize("NFKC", text):
        if character.isdigit():
            kept.append(str(unicodedata.digit(character)))
        elif not character.isspace() and character not in "​⁠'_":
            kept.append("-" if character in "−–" else character)
    return "".join(kept)


def input_text(value: int | float, language: str) -> str:
    """How a number stands in its input: no groups, the language's separator, and never ambiguous to `parse_number`."""
    text = f"{value:.{MAX_DECIMALS}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
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
    if not re.fullmatch(r"[+-]?[\d.,]*\d[\d.,]*", plain):
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
