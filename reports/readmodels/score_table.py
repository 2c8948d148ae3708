"""The frozen scores of many submissions as one table, a row each: for a report to a donor, or to reckon with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.compiled import instrument_of
from assessments.domain.instrument import Instrument
from assessments.labels import BandName, CommitmentName, PillarName
from assessments.models import Campaign, Submission
from reports.readmodels.frozen import percent_of, workers_of
from suppliers import places
from suppliers.labels import Country, Sector

Json = dict[str, Any]


@dataclass(frozen=True)
class ScoreTable:
    """Cells are texts, numbers, dates or None. Scores are percentages (0–100)."""

    heads: list[str]
    rows: list[list[Any]]


def score_table(campaign: Campaign, submissions: Iterable[Submission], language: str) -> ScoreTable:
    """In the language that is active, which is `language`."""
    instrument = instrument_of(campaign.version_id)
    return ScoreTable(
        [*_heads(), *_score_heads(instrument, language), *_ghg_heads()],
        [[*_who(one, language), *_scores(one.score, instrument), *_ghg(one.score["ghg"])] for one in submissions],
    )


def _heads() -> list[str]:
    return [
        _("Code"), _("Name in local script"), _("Name in Latin letters"), _("Country"), _("Province"), _("Sector"),
        _("Workers"), _("Women, %"), _("Submission"), _("Submitted on"), _("Overall score"), _("Band"),
        _("Critical findings"),
    ]  # fmt: skip


def _score_heads(instrument: Instrument, language: str) -> list[str]:
    sections = [f"{section.code} {section.title.in_(language)}" for section in instrument.sections]
    return [*(str(name.label) for name in (*PillarName, *CommitmentName)), *sections]


def _ghg_heads() -> list[str]:
    return [_("Scope 1, t CO2e"), _("Scope 2, t CO2e"), _("Scope 1 and 2, t CO2e per worker"), _("Energy, MWh")]


def _who(submission: Submission, language: str) -> list[Any]:
    """The factory as it was on the day of submission."""
    frozen = submission.factory_facts
    return [
        frozen["code"],
        frozen["name"],
        frozen["name_latin"],
        str(Country(frozen["country"]).label),
        places.province_name(frozen["province"], language),
        str(Sector(frozen["sector"]).label),
        *workers_of(frozen),
        submission.number,
        timezone.localdate(submission.submitted_at),
        submission.overall,
        str(BandName(submission.band).label) if submission.band else "",
        len(submission.score["capped_by"]),
    ]


def _scores(score: Json, instrument: Instrument) -> list[float | None]:
    sections = {section["code"]: section["percent"] for section in score["sections"]}
    parts = [percent_of(score["pillars"], name.value) for name in PillarName]
    parts += [percent_of(score["commitments"], name.value) for name in CommitmentName]
    return [*parts, *(sections.get(section.code) for section in instrument.sections)]


def _ghg(ghg: Json | None) -> list[float | None]:
    if ghg is None:
        return [None] * 4
    return [ghg["scope1_t"], ghg["scope2_t"], ghg["per_worker_t"], ghg["energy_mwh"]]
