import pytest

from assessments.domain import ghg
from assessments.domain.ghg import Factor
from assessments.domain.instrument import Kind
from tests.support.instruments import question, table

FACTORS = (
    Factor("grid", "KH", "kWh", 2, 0.5, 3.6, 0, 2021, "Ember"),
    Factor("grid", "KH", "kWh", 2, 0.4, 3.6, 0, 2024, "Ember"),
    Factor("grid", "VN", "kWh", 2, 0.6, 3.6, 0, 2024, "MAE"),
    Factor("diesel", "", "L", 1, 2.7, 36, 0, 2023, "IPCC"),
    Factor("wood", "", "kg", 1, 0.01, 15, 1.7, 2023, "IPCC"),
)
ENERGY = table("E1.02", "grid", "diesel", "wood", "water")
YEAR = [100.0] * 12


def footprint(value: dict[str, list[float | None]], **fields: object) -> ghg.Footprint | None:
    known = {"country": "KH", "year": 2024, "headcount": 100, "factors": FACTORS}
    return ghg.footprint([(ENERGY, value)], **known | fields)  # type: ignore[arg-type]


def test_the_year_becomes_tonnes_by_scope() -> None:
    found = footprint({"grid": YEAR, "diesel": YEAR})
    assert found
    assert found.scope2_t == pytest.approx(1200 * 0.4 / 1000)
    assert found.scope1_t == pytest.approx(1200 * 2.7 / 1000)
    assert found.total_t == pytest.approx(found.scope1_t + found.scope2_t)
    assert found.per_worker_t == pytest.approx(found.total_t / 100)


def test_energy_counts_each_carrier_at_its_heat() -> None:
    found = footprint({"grid": YEAR, "diesel": YEAR})
    assert found
    assert found.energy_mwh == pytest.approx(1200 * 3.6 / 3600 + 1200 * 36 / 3600)


def test_carbon_of_wood_is_told_apart() -> None:
    found = footprint({"wood": YEAR})
    assert found
    assert (found.scope1_t, found.biogenic_t) == (pytest.approx(0.012), pytest.approx(2.04))


def test_months_without_figures_are_not_made_up() -> None:
    found = footprint({"grid": [100.0, None, 100.0] + [None] * 9})
    assert found
    assert (found.months, found.lines[0].quantity) == (2, 200)


def test_a_column_without_a_factor_counts_nowhere() -> None:
    assert footprint({"water": YEAR}) is None


def test_no_figure_is_no_footprint() -> None:
    assert footprint({"grid": [None] * 12}) is None
    assert ghg.footprint([], country="KH", year=2024, headcount=10) is None
    assert ghg.footprint([(question("A.1", Kind.TEXT), {})], country="KH", year=2024, headcount=1) is None


def test_nothing_burnt_is_a_footprint_of_nothing() -> None:
    found = footprint({"diesel": [0.0] * 12})
    assert found
    assert found.total_t == 0


def test_a_factory_that_names_no_workers_has_no_figure_per_worker() -> None:
    found = footprint({"grid": YEAR}, headcount=0)
    assert found
    assert found.per_worker_t is None


@pytest.mark.parametrize(("year", "used"), [(2026, 2024), (2024, 2024), (2023, 2021), (2021, 2021), (2015, 2021)])
def test_the_latest_factor_not_after_the_year_is_used_or_else_the_earliest(year: int, used: int) -> None:
    found = ghg.factor_for(FACTORS, "grid", "KH", year)
    assert found
    assert found.year == used


def test_the_grid_is_that_of_the_country() -> None:
    found = footprint({"grid": YEAR}, country="VN")
    assert found
    assert (found.lines[0].kg_per_unit, found.lines[0].source) == (0.6, "MAE")
    assert footprint({"grid": YEAR}, country="TH") is None


@pytest.mark.parametrize("country", ["KH", "TH", "VN"])
def test_the_shipped_factors_know_each_grid_with_year_and_source(country: str) -> None:
    found = ghg.factor_for(ghg.load_factors(), "grid_electricity", country, 2025)
    assert found
    assert 0.2 < found.kg_co2e < 1
    assert found.source


def test_every_shipped_factor_can_say_where_it_is_from() -> None:
    for factor in ghg.load_factors():
        assert factor.source, factor
        assert factor.scope in (0, 1, 2)
        assert 1990 <= factor.year <= 2030
        assert factor.kg_co2e >= 0
        assert factor.mj >= 0
