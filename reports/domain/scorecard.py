"""What one scorecard says: frozen facts, already in the reader's words, with numbers and dates still raw."""

from dataclasses import dataclass
from datetime import date

# Raised by one whenever the page would look different: a scorecard is kept per submission, language and version.
TEMPLATE_VERSION = "3"


@dataclass(frozen=True)
class Run:
    """Words in a known language, so that the page can mark what is foreign to it."""

    text: str
    language: str


@dataclass(frozen=True)
class Measure:
    """A percentage (0–100), and the same one in the campaign before; None where nothing could be scored."""

    percent: float | None
    before: float | None = None

    @property
    def change(self) -> float | None:
        """In points, as a reader would subtract the two figures that are printed with one decimal."""
        if self.percent is None or self.before is None:
            return None
        return round(round(self.percent, 1) - round(self.before, 1), 1)

    @property
    def drop(self) -> float | None:
        """The change without its sign, because a page sets a true minus before it."""
        return None if self.change is None else -self.change

    @property
    def length(self) -> str:
        return _length(self.percent)

    @property
    def length_before(self) -> str:
        return _length(self.before)


def _length(percent: float | None) -> str:
    """Of a bar 100 units long; in text, because a picture takes a point whatever the reader's decimal mark."""
    return f"{min(max(percent or 0.0, 0.0), 100.0):.1f}"


@dataclass(frozen=True)
class Band:
    key: str
    name: str
    start: int
    """The percentage from which the band begins."""
    end: int

    @property
    def length(self) -> str:
        return str(self.end - self.start)


@dataclass(frozen=True)
class Part:
    """A pillar, a commitment or a section of the questionnaire."""

    key: str
    name: str
    measure: Measure
    weight: float = 0.0


@dataclass(frozen=True)
class PillarSections:
    name: str
    sections: tuple[Part, ...]


@dataclass(frozen=True)
class Finding:
    """One question and what its answer did to the score."""

    code: str
    question: str
    answer: Run
    gain: float = 0.0
    """Points (0–100) that the overall score would rise by with full marks here."""


@dataclass(frozen=True)
class Change:
    """A question answered in both campaigns whose share of full marks (0–1) moved."""

    code: str
    question: str
    before: float
    now: float

    @property
    def improved(self) -> bool:
        return self.now > self.before

    @property
    def before_percent(self) -> float:
        return self.before * 100

    @property
    def now_percent(self) -> float:
        return self.now * 100


@dataclass(frozen=True)
class EnergyLine:
    name: str
    quantity: float
    unit: str
    scope: int
    kg_per_unit: float
    """kg CO2e per unit."""
    tonnes: float
    """t CO2e."""
    source: str
    factor_year: int
    share: float = 0.0
    """Percent (0–100) of all the emissions."""

    @property
    def length(self) -> str:
        return _length(self.share)


@dataclass(frozen=True)
class FactorSource:
    """Where an emission factor was published, and for which kinds of energy it was used."""

    text: str
    year: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Emissions:
    """All in t CO2e; biogenic CO2 is reported apart and is not in the total."""

    year: int
    scope1: float
    scope2: float
    total: float
    biogenic: float
    per_worker: float | None
    energy_mwh: float
    months: int
    lines: tuple[EnergyLine, ...] = ()
    total_before: float | None = None

    @property
    def change_percent(self) -> float | None:
        if not self.total_before:
            return None
        return (self.total - self.total_before) / self.total_before * 100

    @property
    def drop_percent(self) -> float | None:
        return None if self.change_percent is None else -self.change_percent

    @property
    def sources(self) -> tuple[FactorSource, ...]:
        names: dict[tuple[str, int], list[str]] = {}
        for line in self.lines:
            names.setdefault((line.source, line.factor_year), []).append(line.name)
        return tuple(FactorSource(text, year, tuple(of)) for (text, year), of in names.items())

    @property
    def scope1_length(self) -> str:
        """The rest of the bar is scope 2."""
        return _length(self.scope1 / self.total * 100 if self.total else 0)


@dataclass(frozen=True)
class Previous:
    """The submission of the campaign before."""

    campaign: str
    number: str
    overall: float | None
    band: str


@dataclass(frozen=True)
class ScorecardFacts:
    language: str
    factory: Run
    factory_latin: Run | None
    """None where the two names are the same."""
    factory_code: str
    place: str
    sector: str
    workers: int | None
    women_percent: float | None
    campaign: str
    number: str
    submitted_on: date
    instrument: str
    overall: Measure
    band: Band
    band_uncapped: Band
    bands: tuple[Band, ...]
    pillars: tuple[Part, ...]
    commitments: tuple[Part, ...]
    sections: tuple[PillarSections, ...]
    content_hash: str
    template_version: str = TEMPLATE_VERSION
    critical: tuple[Finding, ...] = ()
    strengths: tuple[Finding, ...] = ()
    gaps: tuple[Finding, ...] = ()
    emissions: Emissions | None = None
    previous: Previous | None = None
    changes: tuple[Change, ...] = ()

    @property
    def has_unscored_section(self) -> bool:
        return any(section.measure.percent is None for pillar in self.sections for section in pillar.sections)

    @property
    def capped(self) -> bool:
        return self.band.key != self.band_uncapped.key

    @property
    def improved(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.improved)

    @property
    def declined(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if not change.improved)
