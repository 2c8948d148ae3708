"""Figures as large as a factory's size, trade and country make them."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from assessments.domain.answers import MONTHS
from assessments.domain.instrument import Column, Kind, Question
from suppliers.models import Factory

Number = int | float

# Whole numbers that people give, for units that do not grow with the factory.
USUAL: dict[str, tuple[int, ...]] = {
    "hours": (0, 1, 2, 4, 6, 8, 12, 16, 24, 40, 44, 48, 52, 54, 56, 58, 60, 62, 66, 72),
    "days": (0, 1, 2, 3, 5, 7, 10, 12, 14, 15, 18, 21, 30, 60, 90, 98, 120, 180),
    "months": (1, 2, 3, 6, 9, 12, 18, 24),
    "years_old": (1, 2, 3, 5, 8, 10, 15, 16, 17, 18, 19),
    "times": (0, 1, 2, 3, 4, 6, 12, 24),
    "": (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40),
}
# A year's amount for each worker, for units that do.
FOR_EACH_WORKER = {"tonnes": 0.22, "L": 24, "m3": 38, "kWh": 1400, "kg": 9, "USD": 55}
# A month's amount for each worker, by kind of energy: garments, food, electronics; and how many factories use it.
MONTHLY: dict[str, tuple[dict[str, float], float]] = {
    "grid_electricity": ({"garments": 88, "food": 265, "electronics": 215}, 1.0),
    "solar": ({"garments": 9, "food": 24, "electronics": 26}, 0.3),
    "diesel": ({"garments": 1.1, "food": 2.6, "electronics": 0.7}, 0.85),
    "petrol": ({"garments": 0.3, "food": 0.5, "electronics": 0.3}, 0.35),
    "fuel_oil": ({"garments": 1.6, "food": 4.5, "electronics": 0.4}, 0.06),
    "lpg": ({"garments": 0.9, "food": 5.2, "electronics": 0.6}, 0.5),
    "natural_gas": ({"garments": 3.0, "food": 11.0, "electronics": 2.0}, 0.1),
    "coal": ({"garments": 14.0, "food": 26.0, "electronics": 2.0}, 0.08),
    "biomass": ({"garments": 42.0, "food": 75.0, "electronics": 4.0}, 0.3),
}
# Of a column that is no energy, by its unit.
MONTHLY_OTHER = {"m3": 3.2, "kg": 4.0, "tonnes": 0.02, "L": 2.0, "kWh": 60.0, "hours": 208.0, "persons": 1.0}
CARELESS = 0.12
# January to December: the hot season needs cooling, and at New Year's holidays the machines stand still.
SEASONS = {
    "KH": (0.95, 0.96, 1.08, 0.9, 1.1, 1.07, 1.03, 1.02, 0.97, 0.98, 0.96, 0.93),
    "TH": (0.94, 0.96, 1.09, 0.92, 1.11, 1.06, 1.03, 1.02, 1.0, 0.99, 0.96, 0.91),
    "VN": (0.93, 0.78, 0.98, 1.02, 1.1, 1.13, 1.14, 1.1, 1.03, 0.99, 0.95, 0.94),
}


@dataclass(frozen=True)
class Known:
    """What is usual at a question or column that we know by name."""

    country: str
    sector: str
    of: str
    least: float
    most: float
    users: float

    def range_for(self, factory: Factory) -> tuple[float, float]:
        size = {
            "": 1,
            "workers": factory.headcount,
            "women": factory.women,
            "men": factory.men,
            "women_percent": 100 * factory.women / factory.headcount,
        }[self.of]
        return self.least * size, self.most * size


@cache
def known_figures() -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    with (Path(__file__).parent / "data" / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = Known(
                row["country"], row["sector"], row["of"], float(row["least"]), float(row["most"]),
                float(row["users"] or 1),
            )  # fmt: skip
            found.setdefault(row["name"], []).append(known)
    return found


def known_for(name: str, factory: Factory) -> Known | None:
    fitting = (
        known
        for known in known_figures().get(name, ())
        if known.country in ("", factory.country) and known.sector in ("", factory.sector)
    )
    return next(fitting, None)


def figures(question: Question, factory: Factory, chance: Random) -> list[Number]:
    """Some numbers that this factory could answer with, from small to large."""
    decimals = 1 if question.kind is Kind.DECIMAL else None
    if known := known_for(question.code, factory):
        least, most = known.range_for(factory)
        return sorted({_rounded(least + (most - least) * (n + chance.random()) / 9, decimals) for n in range(9)})
    if question.kind is Kind.PERCENT:
        return sorted({0, 100, 90 + chance.randrange(10), *(chance.randrange(5, 95) for _ in range(6))})
    if question.unit == "persons":
        workers = factory.headcount
        parts = (0.002, 0.01, 0.04, 0.12, 0.3, 0.5)
        return sorted({0, 1, 2, workers, *(round(workers * part * chance.uniform(0.8, 1.0)) for part in parts)})
    if per_worker := FOR_EACH_WORKER.get(question.unit):
        yearly = factory.headcount * per_worker
        amounts = [yearly * chance.uniform(0.6, 1.4) * size for size in (0.05, 0.3, 1, 2.5)]
        return [0, *(_rounded(amount, decimals) for amount in amounts)]
    usual = USUAL.get(question.unit, USUAL[""])
    return sorted(chance.sample(usual, min(8, len(usual))))


def _rounded(amount: float, decimals: int | None) -> Number:
    """As people write it: large figures without a fraction."""
    return round(amount, decimals) if decimals and amount < 100 else round(amount)


def monthly_table(
    question: Question, factory: Factory, quality: float, chance: Random
) -> dict[str, list[Number | None]]:
    """Twelve months of what the factory uses; what it does not use stays empty, and the weakest lose their bills."""
    table: dict[str, list[Number | None]] = {}
    kept = MONTHS if quality > CARELESS else chance.randrange(5, 9)
    for column in question.columns:
        amount, is_used = _month(column, factory, quality, chance)
        if is_used or not table:
            cells = [_cell(column, amount, factory, month, chance) for month in range(kept)]
            table[column.key] = [*cells, *[None] * (MONTHS - kept)]
    return table


def _month(column: Column, factory: Factory, quality: float, chance: Random) -> tuple[float, bool]:
    """A usual month's amount, and whether this factory has any; good factories need less for the same work."""
    spread, thrift = chance.uniform(0, 1), 1.15 - 0.3 * quality
    if known := known_for(column.key, factory):
        least, most = known.range_for(factory)
        return least + (most - least) * spread, chance.random() < known.users
    size = factory.headcount * (0.75 + 0.55 * spread) * thrift
    if column.factor not in MONTHLY:
        return size * MONTHLY_OTHER.get(column.unit, 1.0), True
    amounts, users = MONTHLY[column.factor]
    if column.factor == "natural_gas" and factory.country == "KH":
        users = 0.0
    if column.factor == "solar":
        users *= 2 * quality
    return size * amounts[factory.sector], chance.random() < users


def _cell(column: Column, usual: float, factory: Factory, month: int, chance: Random) -> Number:
    if column.unit == "persons":
        return round(usual * chance.uniform(0.98, 1.0))
    amount = usual * SEASONS[factory.country][month] * chance.uniform(0.96, 1.04)
    return _rounded(amount, 1)
