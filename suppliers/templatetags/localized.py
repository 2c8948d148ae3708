import datetime as dt

from django import template
from django.utils.translation import get_language

from suppliers import localization, places
from suppliers.labels import Language

register = template.Library()


def _language() -> str:
    return (get_language() or "en")[:2]


@register.filter
def language_name(code: str) -> str:
    """In the language itself: who is lost in a page's language finds only their own."""
    return str(Language(code).label)


@register.filter
def local_number(value: float | None, decimals: int | None = None) -> str:
    return "" if value is None or value == "" else localization.number(value, _language(), decimals=decimals)


@register.filter
def local_percent(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else localization.percent(value, _language(), decimals=decimals)


@register.filter
def local_date(value: dt.date | None, style: str = "long") -> str:
    return "" if value is None else localization.date(value, _language(), style=style)


@register.filter
def local_datetime(value: dt.datetime | None, style: str = "medium") -> str:
    return "" if value is None else localization.moment(value, _language(), style=style)


@register.filter
def local_year(value: int) -> str:
    return localization.year(value, _language())


@register.filter
def local_size(value: int) -> str:
    return localization.file_size(value, _language())


@register.filter
def in_language(words: dict[str, str]) -> str:
    """One text by language, in the reader's; English stands in where it is missing."""
    return words.get(_language()) or words.get("en", "")


@register.filter
def province_name(code: str) -> str:
    return places.province_name(code, _language())


@register.filter
def local_hours(minutes: int) -> str:
    """Minutes as hours, to the half: 90 is 1.5."""
    return localization.number(minutes / 60, _language())
