"""Scorecard facts written by hand in the four languages: long names, every part filled, nothing from a database."""

from datetime import date

from reports.domain.scorecard import (
    Band,
    Change,
    Emissions,
    EnergyLine,
    Finding,
    Measure,
    Part,
    PillarSections,
    Previous,
    Run,
    ScorecardFacts,
)
from tests.reports.samples import en, km, th, vi
from tests.reports.samples.words import Words

WORDS: dict[str, Words] = {"en": en.WORDS, "km": km.WORDS, "th": th.WORDS, "vi": vi.WORDS}
CONTENT_HASH = "9f2c4e51b07a8d3365f1aa0c7be2d94810c6f7735e2b91d4a8803f6cde17b529"
_STARTS = {"beginning": 0, "developing": 25, "progressing": 50, "advanced": 70, "leading": 85}
_SCORES = {
    "E1": (71.4, 58.2), "E2": (64.0, 60.5), "E3": (48.8, 52.1), "E4": (82.5, 70.0),
    "S1": (91.0, 88.4), "S2": (66.7, 61.3), "S3": (38.5, 47.9), "S4": (57.2, 57.2), "S5": (74.1, 55.0),
    "G1": (80.0, 76.6), "G2": (69.3, 64.8), "G3": (41.6, 33.3), "G4": (None, None),
}  # fmt: skip


def sample_facts(language: str) -> ScorecardFacts:
    words = WORDS[language]
    bands = _bands(words)
    return ScorecardFacts(
        language=language,
        factory=Run(words.factory, words.factory_language),
        factory_latin=Run(words.factory_latin, "en") if words.factory_latin else None,
        factory_code="KH-0007",
        place=words.place,
        sector=words.sector,
        workers=1248,
        women_percent=81.4,
        campaign=words.campaign,
        number="2026-KH-0007-2",
        submitted_on=date(2026, 3, 31),
        instrument=words.instrument,
        overall=Measure(63.4, 58.9),
        band=bands[1],
        band_uncapped=bands[2],
        bands=bands,
        pillars=(
            Part("E", words.pillars["E"], Measure(66.7, 60.2), 35),
            Part("S", words.pillars["S"], Measure(62.9, 61.0), 40),
            Part("G", words.pillars["G"], Measure(59.8, 54.3), 25),
        ),
        commitments=tuple(
            Part(key, name, Measure(*scores))
            for (key, name), scores in zip(
                words.commitments.items(), ((68.2, 57.0), (61.5, 63.1), (74.1, 55.0), (72.4, 70.9)), strict=True
            )
        ),
        sections=tuple(
            PillarSections(
                words.pillars[pillar],
                tuple(
                    Part(code, words.sections[code], Measure(*_SCORES[code]), 1)
                    for code in _SCORES
                    if code[0] == pillar
                ),
            )
            for pillar in "ESG"
        ),
        content_hash=CONTENT_HASH,
        critical=(_finding("S3.02", words.critical, language),),
        strengths=tuple(
            _finding(code, pair, language)
            for code, pair in zip(("S1.01", "E4.02", "G1.03"), words.strengths, strict=True)
        ),
        gaps=tuple(
            _finding(code, pair, language, gain)
            for code, pair, gain in zip(("S3.02", "G3.01", "E3.04"), words.gaps, (3.14, 2.05, 1.4), strict=True)
        ),
        emissions=_emissions(words),
        previous=Previous(words.previous_campaign, "2025-KH-0007-1", 58.9, bands[2].name),
        changes=(
            Change("E1.07", words.changes[0], 0.25, 1.0),
            Change("S5.03", words.changes[1], 0.0, 0.5),
            Change("S3.05", words.changes[2], 1.0, 0.5),
        ),
    )


def _finding(code: str, pair: tuple[str, str], language: str, gain: float = 0.0) -> Finding:
    question, answer = pair
    return Finding(code, question, Run(answer, language), gain)


def _bands(words: Words) -> tuple[Band, ...]:
    ends = [*list(_STARTS.values())[1:], 100]
    return tuple(
        Band(key, words.bands[key], start, end) for (key, start), end in zip(_STARTS.items(), ends, strict=True)
    )


def _emissions(words: Words) -> Emissions:
    grid, diesel, wood = words.energy
    return Emissions(
        year=2025,
        scope1=214.6,
        scope2=1108.3,
        total=1322.9,
        biogenic=402.8,
        per_worker=1.06,
        energy_mwh=3846.2,
        months=11,
        total_before=1467.4,
        lines=(
            EnergyLine(
                grid, 2_310_400, "kWh", 2, 0.4797, 1108.3, "Department of Climate Change, grid factor", 2023, 83.8
            ),
            EnergyLine(diesel, 78_950, "L", 1, 2.6765, 211.3, "IPCC 2006 Guidelines, vol. 2, table 1.4", 2006, 16.0),
            EnergyLine(wood, 230_000, "kg", 1, 0.0143, 3.3, "IPCC 2006 Guidelines, vol. 2, table 1.4", 2006, 0.2),
        ),
    )
