"""From a frozen submission to what its scorecard says. The same submission and language always give the same facts."""

from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext

from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Instrument
from assessments.labels import BandName, CommitmentName, PillarName
from assessments.models import Submission
from assessments.sheet import sheet_of_submission
from reports.domain.scorecard import Band, Measure, Part, PillarSections, Previous, Run, ScorecardFacts
from reports.readmodels.emissions import emissions_of
from reports.readmodels.findings import Reading, changes_between, critical_findings, gaps, strengths
from reports.readmodels.frozen import percent_of, workers_of
from suppliers import places
from suppliers.labels import LANGUAGE_OF_COUNTRY, Country, Sector

Json = dict[str, Any]


def facts_for(submission: Submission, language: str) -> ScorecardFacts:
    """`submission`: best loaded with its places, as `with_places` does."""
    with translation.override(language):
        return _facts(submission, previous_of(submission), sheet_of_submission(submission), language)


def previous_of(submission: Submission) -> Submission | None:
    """The factory's last word in the reporting year before, as it stood when this submission was made.

    Without its answers: only scores are compared.
    """
    assessment = submission.assessment
    return (
        Submission.objects.select_related("assessment__campaign")
        .defer("answers", "evidence", "factory_facts")
        .filter(
            assessment__factory=assessment.factory_id,
            assessment__campaign__reporting_year__lt=assessment.campaign.reporting_year,
            submitted_at__lt=submission.submitted_at,
        )
        .order_by("-assessment__campaign__reporting_year", "-number")
        .first()
    )


def _facts(submission: Submission, previous: Submission | None, sheet: Sheet, language: str) -> ScorecardFacts:
    score, instrument = submission.score, sheet.instrument
    before: Json = previous.score if previous else {}
    bands, about = _bands(instrument), _factory(submission)
    reading = Reading(sheet, score, language, about["factory"].language)
    return ScorecardFacts(
        **about,
        language=language,
        campaign=submission.assessment.campaign.name,
        number=_number(submission),
        submitted_on=timezone.localdate(submission.submitted_at),
        instrument=gettext("%(title)s, version %(version)s")
        % {"title": instrument.title.in_(language), "version": instrument.version},
        overall=Measure(score["overall"], before.get("overall")),
        band=_band(bands, score["band"]),
        band_uncapped=_band(bands, score["band_uncapped"]),
        bands=bands,
        pillars=_pillars(score, before),
        commitments=_commitments(score, before),
        sections=_sections(instrument, score, before, language),
        content_hash=submission.content_hash,
        critical=critical_findings(reading),
        strengths=strengths(reading),
        gaps=gaps(reading),
        emissions=emissions_of(instrument, score["ghg"], before.get("ghg"), language),
        previous=_previous(previous),
        changes=changes_between(instrument, before, score, language),
    )


def _number(submission: Submission) -> str:
    return f"{submission.assessment.code}-{submission.number}"


def _factory(submission: Submission) -> Json:
    """As it was on the day of submission: a later move or hire changes no scorecard."""
    frozen = submission.factory_facts
    country = Country(frozen["country"])
    workers, women_percent = workers_of(frozen)
    same = frozen["name"] == frozen["name_latin"]
    return {
        "factory": Run(frozen["name"], LANGUAGE_OF_COUNTRY[country]),
        "factory_latin": None if same else Run(frozen["name_latin"], "en"),
        "factory_code": frozen["code"],
        "place": gettext("%(province)s, %(country)s")
        % {"province": places.province_name(frozen["province"], translation.get_language()), "country": country.label},
        "sector": str(Sector(frozen["sector"]).label),
        "workers": workers,
        "women_percent": women_percent,
    }


def _bands(instrument: Instrument) -> tuple[Band, ...]:
    starts = list(instrument.bands.items())
    ends = [start for _, start in starts[1:]] + [100]
    return tuple(
        Band(key, str(BandName(key).label), int(start), int(end))
        for (key, start), end in zip(starts, ends, strict=True)
    )


def _band(bands: tuple[Band, ...], key: str) -> Band:
    return next((band for band in bands if band.key == key), Band("none", gettext("Not scored"), 0, 0))


def _measure(score: Json, before: Json, kind: str, key: str) -> Measure:
    return Measure(percent_of(score[kind], key), percent_of(before.get(kind, {}), key))


def _pillars(score: Json, before: Json) -> tuple[Part, ...]:
    """In our order: a stored object has none of its own."""
    total = sum(pillar["weight"] for pillar in score["pillars"].values()) or 1
    return tuple(
        Part(
            name.value,
            str(name.label),
            _measure(score, before, "pillars", name.value),
            100 * score["pillars"][name.value]["weight"] / total,
        )
        for name in PillarName
        if name.value in score["pillars"]
    )


def _commitments(score: Json, before: Json) -> tuple[Part, ...]:
    return tuple(
        Part(
            name.value,
            str(name.label),
            _measure(score, before, "commitments", name.value),
        )
        for name in CommitmentName
        if name.value in score["commitments"]
    )


def _sections(instrument: Instrument, score: Json, before: Json, language: str) -> tuple[PillarSections, ...]:
    percents = {section["code"]: section["percent"] for section in before.get("sections", ())}
    titles = {section.code: section.title.in_(language) for section in instrument.sections}
    return tuple(
        PillarSections(
            str(pillar.label),
            tuple(
                Part(
                    section["code"],
                    titles[section["code"]],
                    Measure(section["percent"], percents.get(section["code"])),
                    section["weight"],
                )
                for section in score["sections"]
                if section["pillar"] == pillar
            ),
        )
        for pillar in PillarName
    )


def _previous(previous: Submission | None) -> Previous | None:
    if previous is None:
        return None
    band = str(BandName(previous.band).label) if previous.band else gettext("Not scored")
    return Previous(previous.assessment.campaign.name, _number(previous), previous.overall, band)
