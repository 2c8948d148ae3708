"""A frozen score in words: what earned, what lost, and what would help most."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.compiled import instrument_of
from assessments.domain.instrument import Column, Instrument
from assessments.domain.scoring import best_changes
from assessments.labels import SCORE_REASONS, BandName, CommitmentName, PillarName, unit_name
from assessments.models import Submission
from assessments.readmodels.anchors import anchor_of
from assessments.words import reading_language, value_text

RAISES_A_SECTION = 2


@dataclass
class Bar:
    code: str
    label: str
    percent: float | None
    before: float | None = None

    @property
    def rise(self) -> int:
        """Whole points won, 0 where none: as people would work it out from the two figures that they see."""
        return max(self._steps(), 0)

    @property
    def fall(self) -> int:
        return max(-self._steps(), 0)

    def _steps(self) -> int:
        if self.percent is None or self.before is None:
            return 0
        return math.floor(self.percent + 0.5) - math.floor(self.before + 0.5)


@dataclass
class QuestionLine:
    code: str
    label: str
    answer: str
    earned: float
    maximum: float
    reason: str
    reason_text: str
    critical: bool
    gain: float


@dataclass
class SectionResult:
    bar: Bar
    pillar: str
    lines: list[QuestionLine]

    @property
    def scored(self) -> list[QuestionLine]:
        return [line for line in self.lines if line.reason not in ("hidden", "unscored")]


@dataclass
class EnergyLine:
    label: str
    quantity: float
    unit: str
    scope: int
    kg_per_unit: float
    t: float
    source: str
    factor_year: int


@dataclass
class ResultPage:
    submission: Submission
    overall: float | None
    band: str
    band_name: str
    is_capped: bool
    band_uncapped_name: str
    critical: list[QuestionLine]
    pillars: list[Bar]
    commitments: list[Bar]
    sections: list[SectionResult]
    best: list[QuestionLine]
    ghg: Mapping[str, Any] | None
    energy: list[EnergyLine]
    previous: Submission | None


def result_page(submission: Submission) -> ResultPage:
    score, language = submission.score, reading_language()
    instrument = instrument_of(submission.version_id)
    previous = last_year(submission)
    before = previous.score if previous else None
    lines = {entry["code"]: _line(instrument, submission, entry, language) for entry in score["questions"]}
    return ResultPage(
        submission=submission,
        overall=score["overall"],
        band=score["band"],
        band_name=band_name(score["band"]),
        is_capped=score["band"] != score["band_uncapped"],
        band_uncapped_name=band_name(score["band_uncapped"]),
        critical=[lines[code] for code in score["capped_by"]],
        pillars=[Bar(p.value, str(p.label), *_two(score, before, "pillars", p.value)) for p in PillarName],
        commitments=[Bar(c.value, str(c.label), *_two(score, before, "commitments", c.value)) for c in CommitmentName],
        sections=_sections(instrument, score, before, lines, language),
        best=[lines[entry["code"]] for entry in best_changes(score["questions"])],
        ghg=score["ghg"],
        energy=_energy(instrument, score["ghg"], language),
        previous=previous,
    )


@dataclass
class Raise:
    """A question at which full marks would add `gain` points to the overall score."""

    code: str
    label: str
    section: str
    anchor: str
    reason_text: str
    gain: float


@dataclass
class SectionPreview:
    bar: Bar
    raises: list[Raise]


@dataclass
class ScorePreview:
    overall: float | None
    band: str
    band_name: str
    pillars: list[Bar]
    sections: list[SectionPreview]


def score_preview(score: Mapping[str, Any], version_id: int) -> ScorePreview:
    instrument, language = instrument_of(version_id), reading_language()
    pillars = [Bar(p.value, str(p.label), *_two(score, None, "pillars", p.value)) for p in PillarName]
    sections = []
    for part in score["sections"]:
        section = instrument.section(part["code"])
        if section is None or part["percent"] is None:
            continue
        inside = [entry for entry in score["questions"] if entry["section"] == section.code]
        raises = [_raise(instrument, entry, language) for entry in best_changes(inside, RAISES_A_SECTION)]
        sections.append(SectionPreview(Bar(section.code, section.title.in_(language), part["percent"]), raises))
    return ScorePreview(score["overall"], score["band"], band_name(score["band"]), pillars, sections)


def _raise(instrument: Instrument, entry: Mapping[str, Any], language: str) -> Raise:
    code = entry["code"]
    return Raise(
        code=code,
        label=instrument.questions[code].label.in_(language),
        section=entry["section"],
        anchor=anchor_of(code),
        reason_text=str(SCORE_REASONS[entry["reason"]]),
        gain=entry["gain"],
    )


def band_name(band: str) -> str:
    return str(BandName(band).label) if band else ""


def last_year(submission: Submission) -> Submission | None:
    """The latest submission of the factory's latest earlier reporting year."""
    earlier = Submission.objects.filter(
        assessment__factory=submission.assessment.factory_id,
        assessment__campaign__reporting_year__lt=submission.assessment.campaign.reporting_year,
    )
    return earlier.with_places().order_by("-assessment__campaign__reporting_year", "-number").first()


def _two(score: Mapping[str, Any], before: Mapping[str, Any] | None, part: str, key: str) -> tuple[Any, Any]:
    return score[part][key]["percent"], (before or {}).get(part, {}).get(key, {}).get("percent")


def _line(instrument: Instrument, submission: Submission, entry: Mapping[str, Any], language: str) -> QuestionLine:
    question = instrument.questions[entry["code"]]
    given = submission.answers.get(entry["code"], {})
    answer = given.get("na_reason") if given.get("is_na") else value_text(question, given.get("value"), language)
    return QuestionLine(
        code=entry["code"],
        label=question.label.in_(language),
        answer=answer or "",
        earned=entry["earned"],
        maximum=entry["maximum"],
        reason=entry["reason"],
        reason_text=str(SCORE_REASONS[entry["reason"]]),
        critical=entry["critical"],
        gain=entry["gain"],
    )


def _sections(
    instrument: Instrument,
    score: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    lines: Mapping[str, QuestionLine],
    language: str,
) -> list[SectionResult]:
    earlier = {section["code"]: section["percent"] for section in (before or {}).get("sections", ())}
    titles = {section.code: section for section in instrument.sections}
    results = []
    for part in score["sections"]:
        section = titles[part["code"]]
        bar = Bar(part["code"], section.title.in_(language), part["percent"], earlier.get(part["code"]))
        results.append(SectionResult(bar, part["pillar"], [lines[q.code] for q in section.questions]))
    return results


def _energy(instrument: Instrument, ghg: Mapping[str, Any] | None, language: str) -> list[EnergyLine]:
    columns: dict[str, Column] = {c.key: c for q in instrument.questions.values() for c in q.columns}
    return [
        EnergyLine(
            label=columns[line["column"]].label.in_(language) if line["column"] in columns else line["column"],
            quantity=line["quantity"],
            unit=unit_name(line["unit"]),
            scope=line["scope"],
            kg_per_unit=line["kg_per_unit"],
            t=line["t"],
            source=line["source"],
            factor_year=line["factor_year"],
        )
        for line in (ghg or {}).get("lines", ())
    ]
