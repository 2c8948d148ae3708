"""A table on a section page: its cells as they were typed, the units to choose from, and what the columns come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.domain.answers import cell_problem
from assessments.domain.ghg import KG_PER_TONNE
from assessments.domain.instrument import Column, Kind, Question
from assessments.domain.numbers import exact, input_text, rounded, total
from assessments.domain.units import from_own, ratio_of, units_of
from assessments.labels import ANSWER_PROBLEMS, unit_name
from assessments.words import Table, column_totals, number_text, row_labels
from suppliers import localization

SHOWN_PLACES = 3


@dataclass
class Cell:
    """`shown`: a number where it is only read, in groups."""

    name: str
    column: str
    text: str
    problem: str = ""
    inputmode: str = "decimal"
    shown: str = ""


@dataclass
class TableRow:
    key: str
    label: str
    cells: list[Cell]


@dataclass
class UnitChoice:
    unit: str
    label: str
    chosen: bool


@dataclass
class ColumnHead:
    """`total` in the unit that is typed in; `own_total` the same in the questionnaire's, where that is another."""

    key: str
    label: str
    unit: str
    total: str = ""
    own_total: str = ""
    tonnes: str = ""
    units: list[UnitChoice] = field(default_factory=list)


@dataclass(frozen=True)
class Reckoning:
    """`units` typed in, by column; `kg` CO2e of one of the questionnaire's units, by column."""

    units: Mapping[str, str] = field(default_factory=dict)
    kg: Mapping[str, float] = field(default_factory=dict)


def heads_of(question: Question, value: Table | None, reckoning: Reckoning, language: str) -> list[ColumnHead]:
    totals, tonnes = column_totals(question, value), tonnes_of(question, value, reckoning)
    return [
        _head(column, totals[column.key], tonnes.get(column.key), reckoning.units.get(column.key, ""), language)
        for column in question.columns
    ]


def _head(column: Column, own: float | None, tonnes: float | None, chosen: str, language: str) -> ColumnHead:
    head = ColumnHead(column.key, column.label.in_(language), unit_name(column.unit))
    head.units = [UnitChoice(unit, unit_name(unit), unit == (chosen or column.unit)) for unit in units_of(column)]
    if own is not None:
        head.total = localization.number(from_own(own, ratio_of(column, chosen)), language)
        head.own_total = number_text(rounded(exact(own), SHOWN_PLACES), column.unit, language) if chosen else ""
    if tonnes is not None:
        head.tonnes = localization.number(rounded(exact(tonnes), SHOWN_PLACES), language)
    return head


def tonnes_of(question: Question, value: Table | None, reckoning: Reckoning) -> dict[str, float]:
    """As the footprint of a submission has them (see assessments/domain/ghg.py)."""
    given = {key: [cell for cell in (value or {}).get(key, []) if cell is not None] for key in reckoning.kg}
    return {
        key: rounded(total(cells) * exact(reckoning.kg[key]) / KG_PER_TONNE) for key, cells in given.items() if cells
    }


def tonnes_text(question: Question, value: Table | None, reckoning: Reckoning, language: str) -> str:
    """Of the whole table; "" where no column emits anything."""
    tonnes = tonnes_of(question, value, reckoning)
    return localization.number(rounded(total(tonnes.values()), SHOWN_PLACES), language) if tonnes else ""


def rows_of(
    question: Question, value: Table | None, raw: Any, units: Mapping[str, str], language: str
) -> list[TableRow]:
    return [
        TableRow(
            str(number),
            label,
            [_cell(question, c, number, value, raw, units.get(c.key, ""), language) for c in question.columns],
        )
        for number, label in enumerate(row_labels(question, language))
    ]


def _cell(
    question: Question, column: Column, row: int, value: Table | None, raw: Any, unit: str, language: str
) -> Cell:
    key, none = column.key, [None] * question.rows
    name = f"{question.code}.{key}.{row}"
    understood = (value or {}).get(key, none)[row]
    if isinstance(understood, str):
        return Cell(name, key, understood, inputmode=_keyboard(column))
    if understood is not None:
        typed = from_own(understood, ratio_of(column, unit))
        shown = localization.number(typed, language)
        return Cell(name, key, input_text(typed, language), inputmode=_keyboard(column), shown=shown)
    text = ((raw or {}).get(key) or none)[row] or ""
    problem = cell_problem(column, text, language, unit) or "not_a_number" if text else ""
    return Cell(name, key, text, str(ANSWER_PROBLEMS[problem]) if problem else "", _keyboard(column))


def _keyboard(column: Column) -> str:
    """Which keys a phone offers; a date is typed with slashes."""
    return {Kind.INTEGER: "numeric", Kind.DECIMAL: "decimal"}.get(column.kind, "text")


def browser_table(question: Question, reckoning: Reckoning, language: str) -> dict[str, Any]:
    """What the page's script reckons with. Fractions, because not every ratio is a decimal number."""
    return {
        column.key: {
            "kind": column.kind.value,
            "unit": column.unit,
            "name": unit_name(column.unit),
            "ratios": {unit: [str(r.numerator), str(r.denominator)] for unit, r in units_of(column).items()},
            "foot": question.foot_of(column),
            "kg": input_text(reckoning.kg[column.key], "en") if column.key in reckoning.kg else "",
        }
        for column in question.columns
    }
