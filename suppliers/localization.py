"""Numbers, dates, sort order and search folding as each language writes them, by ICU (CLDR).

Thai dates are in the Buddhist era. ICU objects are costly to make and not safe to share between threads, so each
thread keeps its own.
"""

import datetime as dt
import threading
import unicodedata
from functools import wraps
from zoneinfo import ZoneInfo

import icu

LOCALES = {"en": "en_GB", "km": "km_KH@hours=h23", "th": "th_TH@calendar=buddhist", "vi": "vi_VN"}
# All three countries keep UTC+7 all year.
ZONE = "Asia/Bangkok"

_local = threading.local()


def _per_thread(make):
    @wraps(make)
    def made(*key):
        store = _local.__dict__.setdefault(make.__name__, {})
        if key not in store:
            store[key] = make(*key)
        return store[key]

    return made


def locale_of(language: str | None) -> icu.Locale:
    return icu.Locale(LOCALES.get((language or "en")[:2], LOCALES["en"]))


@_per_thread
def _number_format(language: str, minimum: int, maximum: int):
    digits = icu.NumberFormat.createInstance(locale_of(language))
    digits.setMinimumFractionDigits(minimum)
    digits.setMaximumFractionDigits(maximum)
    digits.setRoundingMode(icu.DecimalFormat.kRoundHalfUp)
    return digits


def number(value: float | int, language: str, *, decimals: int | None = None) -> str:
    """`decimals` fixes the places after the separator; without it up to six, as many as the number has."""
    low, high = (0, 6) if decimals is None else (decimals, decimals)
    return _number_format(language, low, high).format(float(value) if not isinstance(value, int) else value)


def file_size(value: int, language: str) -> str:
    """In the two units that people know from their phones."""
    kilobytes = max(1, round(value / 1024))
    if kilobytes < 1024:
        return f"{number(kilobytes, language)} KB"
    return f"{number(round(value / 1024**2, 1), language)} MB"


@_per_thread
def _percent_format(language: str, decimals: int):
    percents = icu.NumberFormat.createPercentInstance(locale_of(language))
    percents.setMinimumFractionDigits(0)
    percents.setMaximumFractionDigits(decimals)
    percents.setRoundingMode(icu.DecimalFormat.kRoundHalfUp)
    return percents


def percent(value: float, language: str, *, decimals: int = 0) -> str:
    """`value` on the scale 0–100."""
    return _percent_format(language, decimals).format(value / 100)


# Where CLDR writes what nobody there would: "23 thg 11, 2026". Without and with the time.
_PATTERNS = {"vi": ("d/M/y", "HH:mm, d/M/y")}


@_per_thread
def _date_format(language: str, style: int, with_time: bool):
    time_style = icu.DateFormat.kShort if with_time else icu.DateFormat.kNone
    if language in _PATTERNS:
        made = icu.SimpleDateFormat(_PATTERNS[language][with_time], locale_of(language))
    else:
        made = icu.DateFormat.createDateTimeInstance(style, time_style, locale_of(language))
    made.setTimeZone(icu.TimeZone.createTimeZone(ZONE))
    return made


_STYLES = {"short": icu.DateFormat.kShort, "medium": icu.DateFormat.kMedium, "long": icu.DateFormat.kLong}


def date(value: dt.date | dt.datetime, language: str, *, style: str = "long") -> str:
    moment = value
    if not isinstance(value, dt.datetime):
        moment = dt.datetime.combine(value, dt.time(12), tzinfo=ZoneInfo(ZONE))
    return _date_format(language, _STYLES[style], False).format(moment.timestamp())


def moment(value: dt.datetime, language: str, *, style: str = "medium") -> str:
    return _date_format(language, _STYLES[style], True).format(value.timestamp())


def year(value: int, language: str) -> str:
    return str(value + 543) if language == "th" else str(value)


@_per_thread
def _months(language: str, wide: bool) -> list[str]:
    symbols = icu.DateFormatSymbols(locale_of(language))
    width = icu.DateFormatSymbols.WIDE if wide else icu.DateFormatSymbols.ABBREVIATED
    return list(symbols.getMonths(icu.DateFormatSymbols.STANDALONE, width))[:12]


def months(language: str, *, wide: bool = True) -> list[str]:
    return _months(language, wide)


@_per_thread
def _collator(language: str):
    return icu.Collator.createInstance(locale_of(language))


def sort_key(text: str, language: str) -> bytes:
    """Bytes that order as a dictionary of `language` would; stored in a column, so the database can sort."""
    return _collator(language).getSortKey(text)


def fold(text: str) -> str:
    """For search: no case, no accents, đ as d; Khmer and Thai signs stay, because there they are letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    kept = (c for c in decomposed if not ("̀" <= c <= "ͯ"))
    return " ".join("".join(kept).split())
