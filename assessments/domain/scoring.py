"""The score, and why it is what it is.

points → question → section → pillar and commitment → overall 0–100:

- a question earns `fraction` of its worth (points × weight); not applicable, hidden and unscored questions stay out
- a section's percent is what its questions earned of what they could
- a pillar's percent is the mean of its sections' percents, weighted by section weight
- the overall is the mean of the pillars' percents, weighted by pillar weight
- a commitment's percent is what its questions earned of what they could, across sections
- a critical failure caps the band, and is named; the overall itself stays what was earned
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.domain.answers import logic_value, months_filled, rows_filled
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import (
    CHOICE_KINDS,
    NUMBER_KINDS,
    Commitment,
    Instrument,
    Kind,
    Pillar,
    Question,
    Section,
)
from assessments.domain.logic import Lookup, evaluate, truth

# Sums of weights such as 0.1 and 0.2 are not exact; beyond this many decimals a percent is only their noise, which
# must not decide between two bands.
DECIMALS = 6


@dataclass(frozen=True)
class QuestionScore:
    """`reason`: full, partial, none, unanswered, not_applicable, hidden or unscored.

    `gain`: points on the overall scale (0–100) that full marks here would add.
    """

    code: str
    section: str
    commitment: str
    earned: float
    maximum: float
    fraction: float
    reason: str
    critical: bool
    gain: float


@dataclass(frozen=True)
class Part:
    """What was earned of what could be; `percent` is None where nothing applied."""

    percent: float | None
    earned: float
    maximum: float


@dataclass(frozen=True)
class SectionScore(Part):
    code: str
    pillar: str
    weight: float


@dataclass(frozen=True)
class PillarScore(Part):
    weight: float


@dataclass(frozen=True)
class Score:
    overall: float | None
    band: str
    band_uncapped: str
    capped_by: tuple[str, ...]
    pillars: Mapping[str, PillarScore]
    commitments: Mapping[str, Part]
    sections: tuple[SectionScore, ...]
    questions: tuple[QuestionScore, ...]

    def as_json(self) -> dict[str, Any]:
        """Part by part: dataclasses.asdict would copy every word of it, and take longer than the scoring."""
        return vars(self) | {
            "capped_by": list(self.capped_by),
            "pillars": {key: dict(vars(part)) for key, part in self.pillars.items()},
            "commitments": {key: dict(vars(part)) for key, part in self.commitments.items()},
            "sections": [dict(vars(section)) for section in self.sections],
            "questions": [dict(vars(question)) for question in self.questions],
        }


@dataclass(frozen=True)
class _Mark:
    fraction: float
    reason: str
    critical: bool = False

    @property
    def counts(self) -> bool:
        return self.reason not in ("not_applicable", "hidden", "unscored")


def score(sheet: Sheet) -> Score:
    instrument = sheet.instrument
    marks = {question.code: _mark(sheet, question) for question in instrument.questions.values()}
    sections = tuple(_section_score(section, marks) for section in instrument.sections)
    pillars = {pillar.value: _pillar_score(instrument, pillar, sections) for pillar in Pillar}
    overall = _weighted((part.percent, part.weight) for part in pillars.values())
    critical = tuple(code for code, mark in marks.items() if mark.critical)
    uncapped = band_of(instrument, overall)
    return Score(
        overall=overall,
        band=_capped(instrument, uncapped) if critical else uncapped,
        band_uncapped=uncapped,
        capped_by=critical,
        pillars=pillars,
        commitments={c.value: _commitment_score(instrument, c, marks) for c in Commitment},
        sections=sections,
        questions=tuple(_question_scores(instrument, marks, sections, pillars)),
    )


def band_of(instrument: Instrument, overall: float | None) -> str:
    if overall is None:
        return ""
    earned = [band for band, lowest in instrument.bands.items() if overall >= lowest]
    return earned[-1] if earned else next(iter(instrument.bands))


def _capped(instrument: Instrument, band: str) -> str:
    order = list(instrument.bands)
    return min(band, instrument.critical_cap, key=order.index) if band else band


def _mark(sheet: Sheet, question: Question) -> _Mark:
    if question.code not in sheet.asked:
        return _Mark(0, "hidden")
    stored = sheet.answer(question.code)
    if stored.is_na:
        return _Mark(0, "not_applicable")
    critical = is_critical(question, stored.value, sheet.values, sheet.today)
    if not question.worth:
        return _Mark(0, "unscored", critical)
    if not sheet.is_answered(question):
        return _Mark(0, "unanswered")
    fraction = share_earned(question, stored.value, sheet.values, sheet.today)
    return _Mark(fraction, "full" if fraction >= 1 else "partial" if fraction > 0 else "none", critical)


def is_critical(question: Question, stored: Any, values: Lookup, today: dt.date) -> bool:
    value = logic_value(question, stored)
    if question.critical is None or value == "":
        return False
    return truth(evaluate(question.critical, values, value, today))


def share_earned(question: Question, stored: Any, values: Lookup, today: dt.date) -> float:
    """The share (0–1) of its points that an answer earns. `values`: what expressions see of the other answers."""
    return min(1.0, max(0.0, _share(question, stored, values, today)))


def _share(question: Question, stored: Any, values: Lookup, today: dt.date) -> float:
    if question.score is not None:
        return _as_share(evaluate(question.score, values, logic_value(question, stored), today))
    if question.kind in CHOICE_KINDS:
        keys = stored if question.kind is Kind.MULTIPLE else [stored]
        chosen = (question.choice_by_key.get(key) for key in keys)
        return sum(choice.score or 0 for choice in chosen if choice)
    if question.kind is Kind.MONTHLY:
        return months_filled(stored) / 12
    if question.kind is Kind.TABLE:
        return rows_filled(stored, question.rows) / question.rows
    return 0.0 if question.kind in NUMBER_KINDS else 1.0


def _as_share(result: Any) -> float:
    try:
        share = float(result)
    except (TypeError, ValueError):
        return 0.0
    return share if share == share else 0.0


def _part(questions: Iterable[Question], marks: Mapping[str, _Mark]) -> Part:
    counted = [(question, marks[question.code]) for question in questions if marks[question.code].counts]
    maximum = sum(question.worth for question, _ in counted)
    earned = sum(question.worth * mark.fraction for question, mark in counted)
    return Part(round(100 * earned / maximum, DECIMALS) if maximum else None, earned, maximum)


def _section_score(section: Section, marks: Mapping[str, _Mark]) -> SectionScore:
    part = _part(section.questions, marks)
    return SectionScore(
        part.percent, part.earned, part.maximum, code=section.code, pillar=section.pillar or "", weight=section.weight
    )


def _commitment_score(instrument: Instrument, commitment: Commitment, marks: Mapping[str, _Mark]) -> Part:
    return _part((q for q in instrument.questions.values() if q.commitment == commitment), marks)


def _pillar_score(instrument: Instrument, pillar: Pillar, sections: Sequence[SectionScore]) -> PillarScore:
    own = [section for section in sections if section.pillar == pillar]
    percent = _weighted((section.percent, section.weight) for section in own)
    earned, maximum = sum(s.earned for s in own), sum(s.maximum for s in own)
    return PillarScore(percent, earned, maximum, weight=float(instrument.pillar_weights.get(pillar.value, 0)))


def _weighted(parts: Iterable[tuple[float | None, float]]) -> float | None:
    present = [(percent, weight) for percent, weight in parts if percent is not None and weight > 0]
    total = sum(weight for _, weight in present)
    return round(sum(percent * weight for percent, weight in present) / total, DECIMALS) if total else None


def _question_scores(
    instrument: Instrument,
    marks: Mapping[str, _Mark],
    sections: Sequence[SectionScore],
    pillars: Mapping[str, PillarScore],
) -> Iterable[QuestionScore]:
    by_code = {section.code: section for section in sections}
    for code, mark in marks.items():
        question, section = instrument.questions[code], by_code[instrument.section_of[code].code]
        worth = question.worth if mark.counts else 0.0
        share = _share_of_overall(section, sections, pillars) if worth else 0.0
        yield QuestionScore(
            code=code,
            section=section.code,
            commitment=question.commitment,
            earned=worth * mark.fraction,
            maximum=worth,
            fraction=mark.fraction,
            reason=mark.reason,
            critical=mark.critical,
            gain=100 * share * worth * (1 - mark.fraction) / section.maximum if worth else 0.0,
        )


def _share_of_overall(
    section: SectionScore, sections: Sequence[SectionScore], pillars: Mapping[str, PillarScore]
) -> float:
    """The part of the overall (0–1) that rests on this section, among those that apply."""
    in_pillar = sum(s.weight for s in sections if s.pillar == section.pillar and s.percent is not None)
    in_overall = sum(pillar.weight for pillar in pillars.values() if pillar.percent is not None)
    if not in_pillar or not in_overall:
        return 0.0
    return (section.weight / in_pillar) * (pillars[section.pillar].weight / in_overall)


def best_changes(questions: Iterable[Mapping[str, Any]], count: int = 3) -> list[Mapping[str, Any]]:
    """From a frozen score's questions: those whose full marks would raise the overall most; ties by order asked."""
    gaining = [question for question in questions if question["gain"] > 0]
    return sorted(gaining, key=lambda question: -question["gain"])[:count]
