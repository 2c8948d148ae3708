"""Greenhouse gases and energy from a factory's monthly tables.

Factors are rows of data/emission_factors.csv, each with country, year and source; how they were worked out is in
docs/emission-factors.md. Scope 1: fuels burnt on site; scope 2: bought electricity (location-based). CO2 from biomass
is reported apart, as the GHG Protocol asks.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assessments.domain.answers import months_filled
from assessments.domain.instrument import Column, Kind, Question
from assessments.domain.numbers import exact, rounded, total

DATA = Path(__file__).parent.parent / "data" / "emission_factors.csv"
KG_PER_TONNE = 1000
MJ_PER_MWH = 3600


@dataclass(frozen=True)
class Factor:
    """Per unit of the column: kg CO2e, MJ of energy, kg of biogenic CO2. `country` "" serves every country."""

    key: str
    country: str
    unit: str
    scope: int
    kg_co2e: float
    mj: float
    biogenic_kg: float
    year: int
    source: str


@cache
def load_factors(path: Path = DATA) -> tuple[Factor, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_factor(row) for row in csv.DictReader(file))


def _factor(row: Mapping[str, str]) -> Factor:
    return Factor(
        key=row["key"],
        country=row["country"],
        unit=row["unit"],
        scope=int(row["scope"]),
        kg_co2e=float(row["kg_co2e_per_unit"]),
        mj=float(row["mj_per_unit"]),
        biogenic_kg=float(row["biogenic_kg_per_unit"] or 0),
        year=int(row["year"]),
        source=row["source"],
    )


def factor_for(factors: Iterable[Factor], key: str, country: str, year: int) -> Factor | None:
    """The latest factor not after `year`; where all are later, the earliest, as the closest that there is."""
    fitting = [f for f in factors if f.key == key and f.country in ("", country)]
    past = [f for f in fitting if f.year <= year]
    if past:
        return max(past, key=lambda f: (f.year, f.country))
    return min(fitting, key=lambda f: f.year, default=None)


@cache
def unit_of_factor(path: Path = DATA) -> Mapping[str, str]:
    """In which unit each known factor counts."""
    return {factor.key: factor.unit for factor in load_factors(path)}


def kg_by_column(columns: Iterable[Column], country: str, year: int) -> dict[str, float]:
    """kg CO2e of one unit of each column whose gases count (scope 1 and 2)."""
    found = {column.key: factor_for(load_factors(), column.factor, country, year) for column in columns}
    return {key: factor.kg_co2e for key, factor in found.items() if factor and factor.scope in (1, 2)}


@dataclass(frozen=True)
class Line:
    """One energy carrier over the year. `t`: tonnes CO2e; `column` is the key in the questionnaire."""

    column: str
    factor: str
    quantity: float
    unit: str
    scope: int
    kg_per_unit: float
    t: float
    mwh: float
    biogenic_t: float
    source: str
    factor_year: int


@dataclass(frozen=True)
class Footprint:
    """Tonnes CO2e. `months`: how many of twelve carry figures; totals are of these months, never extrapolated."""

    year: int
    scope1_t: float
    scope2_t: float
    total_t: float
    biogenic_t: float
    per_worker_t: float | None
    energy_mwh: float
    months: int
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"lines": [asdict(line) for line in self.lines]}


def footprint(
    tables: Sequence[tuple[Question, Mapping[str, Sequence[float | None]]]],
    *,
    country: str,
    year: int,
    headcount: int,
    factors: Iterable[Factor] | None = None,
) -> Footprint | None:
    """None where no monthly table with an energy carrier has a figure."""
    known = tuple(load_factors() if factors is None else factors)
    energy = [(q, v) for q, v in tables if q.kind is Kind.MONTHLY and any(c.factor for c in q.columns)]
    lines = [line for question, value in energy for line in _lines(question, value, country, year, known)]
    if not lines:
        return None
    scope1 = total(line.t for line in lines if line.scope == 1)
    scope2 = total(line.t for line in lines if line.scope == 2)
    return Footprint(
        year=year,
        scope1_t=rounded(scope1, 3),
        scope2_t=rounded(scope2, 3),
        total_t=rounded(scope1 + scope2, 3),
        biogenic_t=rounded(total(line.biogenic_t for line in lines), 3),
        per_worker_t=rounded((scope1 + scope2) / headcount, 4) if headcount else None,
        energy_mwh=rounded(total(line.mwh for line in lines), 3),
        months=max(months_filled(value) for _, value in energy),
        lines=tuple(lines),
    )


def _lines(
    question: Question,
    value: Mapping[str, Sequence[float | None]],
    country: str,
    year: int,
    factors: Sequence[Factor],
) -> Iterable[Line]:
    for column in question.columns:
        cells = [cell for cell in value.get(column.key, ()) if cell is not None]
        factor = factor_for(factors, column.factor, country, year) if column.factor else None
        if not cells or factor is None:
            continue
        quantity = total(cells)
        yield Line(
            column=column.key,
            factor=factor.key,
            quantity=rounded(quantity),
            unit=column.unit,
            scope=factor.scope,
            kg_per_unit=factor.kg_co2e,
            t=rounded(quantity * exact(factor.kg_co2e) / KG_PER_TONNE),
            mwh=rounded(quantity * exact(factor.mj) / MJ_PER_MWH),
            biogenic_t=rounded(quantity * exact(factor.biogenic_kg) / KG_PER_TONNE),
            source=factor.source,
            factor_year=factor.year,
        )
