"""What companies, people and streets are called in each country."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
# Whether two words of a name are written apart, and which of a person's names comes first.
WORDS_APART = {"KH": " ", "TH": "", "VN": " "}
GIVEN_NAME_FIRST = {"KH": False, "TH": True, "VN": False}

Row = dict[str, str]


@cache
def rows(file: str) -> tuple[Row, ...]:
    with (DATA / file).open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


def _of(file: str, country: str, part: str) -> list[Row]:
    return [row for row in rows(file) if row["country"] == country and row["part"] == part]


def company_names(country: str, chance: Random) -> Iterator[tuple[Row, Row]]:
    """Pairs of words, each pair once before any comes again."""
    firsts, seconds = _of("companies.csv", country, "first"), _of("companies.csv", country, "second")
    pairs = [(first, second) for first in firsts for second in seconds]
    while True:
        yield from chance.sample(pairs, len(pairs))


def company_name(pair: tuple[Row, Row], country: str, sector: str, turn: int) -> tuple[str, str]:
    """In local script and in Latin letters; a pair that comes again is told apart by its pattern."""
    patterns = [row for row in _of("companies.csv", country, "pattern") if row["sector"] == sector]
    pattern = patterns[turn % len(patterns)]
    local = WORDS_APART[country].join(part["local"] for part in pair)
    latin = " ".join(part["latin"] for part in pair)
    return pattern["local"].format(name=local), pattern["latin"].format(name=latin)


def person_name(country: str, chance: Random) -> str:
    family = chance.choice(_of("people.csv", country, "family"))["name"]
    given = chance.choice(_of("people.csv", country, "given"))["name"]
    return f"{given} {family}" if GIVEN_NAME_FIRST[country] else f"{family} {given}"


def site(country: str, chance: Random) -> Row:
    """Where factories of the country really stand: a province and an industrial estate or road in it."""
    known = [row for row in rows("sites.csv") if row["province"].startswith(country)]
    return chance.choices(known, weights=[int(row["weight"]) for row in known])[0]
