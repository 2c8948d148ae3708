"""Provinces by ISO 3166-2 code, with names in local script and in English.

Source and history of the codes: docs/sources.md. Vietnam's list is the one in force since 1 July 2025; the names of
the provinces merged then are kept as aliases, so that an old address still finds its place.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "provinces.csv"
LANGUAGE = {"KH": "km", "TH": "th", "VN": "vi"}


@dataclass(frozen=True)
class Province:
    code: str
    country: str
    kind: str
    name_en: str
    name_local: str
    aliases: tuple[str, ...]

    def name_in(self, language: str) -> str:
        return self.name_local if LANGUAGE[self.country] == language else self.name_en


@cache
def provinces() -> dict[str, Province]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: _province(row) for row in csv.DictReader(file)}


def _province(row: dict[str, str]) -> Province:
    aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
    return Province(row["code"], row["country"], row["kind"], row["name_en"], row["name_local"], aliases)


def provinces_of(country: str) -> list[Province]:
    return [province for province in provinces().values() if province.country == country]


def province_name(code: str, language: str) -> str:
    """The name to show; the code itself where a record carries one that is no longer in the list."""
    province = provinces().get(code)
    return province.name_in(language) if province else code
