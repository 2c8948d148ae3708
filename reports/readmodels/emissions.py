from typing import Any

from assessments.domain.instrument import Instrument
from assessments.labels import unit_name
from reports.domain.scorecard import Emissions, EnergyLine

Json = dict[str, Any]


def emissions_of(instrument: Instrument, ghg: Json | None, before: Json | None, language: str) -> Emissions | None:
    if ghg is None:
        return None
    names = {column.key: column.label.in_(language) for q in instrument.questions.values() for column in q.columns}
    return Emissions(
        year=ghg["year"],
        scope1=ghg["scope1_t"],
        scope2=ghg["scope2_t"],
        total=ghg["total_t"],
        biogenic=ghg["biogenic_t"],
        per_worker=ghg["per_worker_t"],
        energy_mwh=ghg["energy_mwh"],
        months=ghg["months"],
        lines=tuple(_line(line, ghg["total_t"], names) for line in ghg["lines"] if line["quantity"]),
        total_before=before["total_t"] if before and _comparable(ghg, before) else None,
    )


def _comparable(ghg: Json, before: Json) -> bool:
    """Totals are of the months reported: eleven months beside twelve would look like a saving."""
    return bool(ghg["months"] == before["months"])


def _line(line: Json, total: float, names: dict[str, str]) -> EnergyLine:
    return EnergyLine(
        name=names.get(line["column"], line["column"]),
        quantity=line["quantity"],
        unit=unit_name(line["unit"]),
        scope=line["scope"],
        kg_per_unit=line["kg_per_unit"],
        tonnes=line["t"],
        source=line["source"],
        factor_year=line["factor_year"],
        share=100 * line["t"] / total if total else 0.0,
    )
