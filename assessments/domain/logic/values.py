"""What a value is as text, as a number and as yes or no: XPath 1.0 with ODK's dates.

Unanswered is "". A choice is its key, several choices are their keys with spaces between. A date is its ISO text; where
a number is asked for it counts as days since 1970-01-01, so dates compare, and differ by days. Text that is neither a
number nor a date is NaN, which is equal to nothing, neither less nor more than anything, and false.
"""

import datetime as dt
import math
import re
from decimal import Decimal

Value = str | float | int | bool

NAN = math.nan
EPOCH = dt.date(1970, 1, 1).toordinal()
NUMBER = re.compile(r"[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def truth(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    return value == value and value != 0


def to_number(value: Value) -> float:
    if isinstance(value, str):
        return float(value) if NUMBER.fullmatch(value) else _days(value)
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _days(text: str) -> float:
    if not _DATE.fullmatch(text):
        return NAN
    try:
        return float(dt.date.fromisoformat(text).toordinal() - EPOCH)
    except ValueError:
        return NAN


def to_text(value: Value) -> str:
    """Numbers without exponent, whole ones without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    number = to_number(value)
    if number != number:
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def to_date(value: Value) -> str:
    """ISO text; "" where there is no such day between the years 1 and 9999."""
    if isinstance(value, str) and not NUMBER.fullmatch(value):
        return value if _days(value) == _days(value) else ""
    days = to_number(value)
    ordinal = math.trunc(days) + EPOCH if math.isfinite(days) else 0
    return dt.date.fromordinal(ordinal).isoformat() if 1 <= ordinal <= dt.date.max.toordinal() else ""


def words(value: Value) -> list[str]:
    return [word for word in to_text(value).split(" ") if word]
