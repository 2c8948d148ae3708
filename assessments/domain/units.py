"""Other units in which a factory may type the quantities of a table's column: what stands on its bills.

What is stored is always in the questionnaire's unit. Sources: docs/units.md. static/src/scripts/logic/units.ts reckons
in the same way; tests/conformance/units.json binds them.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.domain.instrument import Column, Kind
from assessments.domain.numbers import MAX_DECIMALS, MAX_DIGITS, NotANumber, exact, rounded

# How many of the first unit of its kind are in one of each: exact by definition.
ENERGY = {"kWh": Fraction(1), "MWh": Fraction(1000)}
VOLUME = {"L": Fraction(1), "m3": Fraction(1000), "US gal": Fraction("3.785411784")}
MASS = {"kg": Fraction(1), "tonnes": Fraction(1000)}
# Water is never sold by the gallon here; fuel in drums is.
ONLY_FUEL = frozenset({"US gal"})
# By factor, where the kind of unit alone would say too much or too little: gas is a volume, but never counted in
# litres; LPG comes by the kilogram or, from tanks, by the litre (0.54 kg).
BY_FACTOR: Mapping[str, Mapping[str, Fraction]] = {
    "natural_gas": {"m3": Fraction(1)},
    "lpg": {**MASS, "L": Fraction("0.54")},
}
CHOSEN = "@units"


def units_of(column: Column) -> dict[str, Fraction]:
    """How many of the column's own unit are in one of each; the own first. Empty where there is nothing to choose."""
    if column.kind is not Kind.DECIMAL:
        return {}
    kinds = (ENERGY, VOLUME, MASS)
    known = BY_FACTOR.get(column.factor) or next((kind for kind in kinds if column.unit in kind), {})
    if column.unit not in known:
        return {}
    fitting = [unit for unit in known if unit != column.unit and (column.factor or unit not in ONLY_FUEL)]
    ratios = {unit: known[unit] / known[column.unit] for unit in (column.unit, *fitting)}
    return ratios if len(ratios) > 1 else {}


def chosen_units(columns: tuple[Column, ...], sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent beside the cells, without the columns' own units and whatever we do not know."""
    chosen = sent.get(CHOSEN)
    if not isinstance(chosen, Mapping):
        return {}
    named = {column.key: chosen.get(column.key) for column in columns}
    return {
        column.key: str(named[column.key])
        for column in columns
        if named[column.key] in list(units_of(column)) and named[column.key] != column.unit
    }


def ratio_of(column: Column, unit: str) -> Fraction:
    return units_of(column).get(unit, Fraction(1))


def to_own(value: int | float, ratio: Fraction) -> int | float:
    """Raises NotANumber where more digits were typed than would come back."""
    if ratio == 1:
        return value
    converted = exact(value) * ratio
    places = min(MAX_DECIMALS, MAX_DIGITS - len(str(abs(int(converted)))))
    if places < 0:
        raise NotANumber("too_many_digits")
    own = rounded(converted, places)
    if from_own(own, ratio) != value:
        raise NotANumber("too_many_digits")
    return own


def from_own(value: int | float, ratio: Fraction) -> int | float:
    return value if ratio == 1 else rounded(exact(value) / ratio)
