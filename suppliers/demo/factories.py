"""Factories as they could stand in the three countries."""

import datetime as dt
from collections import Counter
from itertools import cycle, islice
from random import Random

from suppliers.demo import names
from suppliers.labels import Country, Sector
from suppliers.models import Factory

GARMENTS, FOOD, ELECTRONICS = Sector.GARMENTS.value, Sector.FOOD.value, Sector.ELECTRONICS.value
# What eight factories of a country make: Cambodia sews, Thailand cooks, Vietnam does everything.
SECTORS = {
    Country.CAMBODIA: (GARMENTS, GARMENTS, FOOD, GARMENTS, ELECTRONICS, GARMENTS, FOOD, GARMENTS),
    Country.THAILAND: (FOOD, ELECTRONICS, GARMENTS, FOOD, ELECTRONICS, FOOD, GARMENTS, ELECTRONICS),
    Country.VIETNAM: (ELECTRONICS, GARMENTS, FOOD, GARMENTS, ELECTRONICS, FOOD, GARMENTS, ELECTRONICS),
}
# Workers: the smallest, the usual and the largest; women among them, from and to.
WORKERS = {GARMENTS: (240, 900, 3200), FOOD: (90, 320, 1400), ELECTRONICS: (180, 700, 4200)}
WOMEN = {GARMENTS: (0.74, 0.9), FOOD: (0.48, 0.68), ELECTRONICS: (0.55, 0.76)}
# As Open Supply Hub writes its numbers: no letter that could be taken for a digit.
OS_ID_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def invent_factories(count: int, chance: Random) -> list[Factory]:
    """The countries in turn, so that each has its share whatever the count. Not stored yet."""
    countries = list(islice(cycle(Country), count))
    pairs = {country: names.company_names(country, chance) for country in Country}
    numbers: Counter[Country] = Counter()
    made: dict[str, Factory] = {}
    for country in countries:
        numbers[country] += 1
        sectors = SECTORS[country]
        sector = sectors[(numbers[country] - 1) % len(sectors)]
        factory = _factory(country, numbers[country], sector, chance)
        while not factory.name or factory.name in made:
            turn = chance.randrange(6)
            factory.name, factory.name_latin = names.company_name(next(pairs[country]), country, sector, turn)
        made[factory.name] = factory
    for factory in made.values():
        factory.fold_names()
    return list(made.values())


def _factory(country: Country, number: int, sector: str, chance: Random) -> Factory:
    site = names.site(country, chance)
    women, men, other = _headcount(sector, chance)
    return Factory(
        code=f"{country}-{number:04d}",
        country=country.value,
        province=site["province"],
        address=site["address"],
        sector=sector,
        os_id=_os_id(country, number, chance),
        women=women,
        men=men,
        other_gender=other,
    )


def _headcount(sector: str, chance: Random) -> tuple[int, int, int]:
    least, usual, most = WORKERS[sector]
    workers = round(chance.triangular(least, most, usual))
    women = round(workers * chance.uniform(*WOMEN[sector]))
    other = chance.choice((0, 0, 0, 0, 1, 2, 4))
    return women, workers - women - other, other


def _os_id(country: str, number: int, chance: Random) -> str:
    """Country, year and day of registration, and six signs; not every factory is registered."""
    day = dt.date(2019, 1, 1) + dt.timedelta(days=chance.randrange(2200))
    signs = "".join(chance.choices(OS_ID_SIGNS, k=6))
    return "" if number % 11 == 7 else f"{country}{day:%Y%j}{signs}"
