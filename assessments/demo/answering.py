"""How a factory of a given quality answers, whatever the questionnaire asks: kind by kind, through its own rules."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from assessments.demo.quantities import figures, monthly_table
from assessments.demo.voices import voice
from assessments.domain.answers import Stored, logic_value
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import CHOICE_KINDS, NUMBER_KINDS, EvidenceNeed, Instrument, Kind, Question
from assessments.domain.logic import evaluate, truth
from assessments.domain.scoring import is_critical, share_earned
from suppliers.models import Factory

# Days before (after) the day of submission on which something happened (will end).
DAYS = (-24, -63, -118, -190, -276, -340, -520, -900, 90, 240, 410)
# Where a constraint forbids all that would be usual.
ANY_NUMBER = (*range(0, 100, 3), 100, 120, 150, 200, 365, 500, 1000, 5000, 10_000, 100_000)
NOTHING = ("none", "no_", "not_", "nothing", "never")
NOT_APPLICABLE = 0.12
CRITICAL = 0.04
# What the law asks for is met more often than what is only good; least so where little is good.
LEGAL_POINTS, LEGAL_BONUS = 4, 0.3


@dataclass
class Respondent:
    """`luck`: what decides at each question, the same every year, so that only a change of quality changes answers."""

    factory: Factory
    quality: float
    luck: dict[str, float]
    day: dt.date

    def chance(self, code: str) -> Random:
        return Random(self.luck[code])  # noqa: S311 - a demo, not a secret


class CannotAnswer(Exception):
    """No answer that this package knows of satisfies the question."""


def respond(instrument: Instrument, respondent: Respondent) -> Sheet:
    """A sheet that is ready to submit but for its evidence; only what is asked is answered."""
    answering = _Answering(instrument, respondent)
    for question in instrument.for_sector(respondent.factory.sector):
        answering.answer(question)
    sheet = answering.sheet()
    wrong = [gap for gap in sheet.gaps() if gap.reason != "evidence" and gap.question.kind is not Kind.FILE]
    for gap in wrong:
        answering.think_again(gap.question)
    return answering.sheet() if wrong else sheet


class _Answering:
    def __init__(self, instrument: Instrument, respondent: Respondent) -> None:
        self.instrument, self.who = instrument, respondent
        self.answers: dict[str, Stored] = {}
        self.values: dict[str, Any] = {}

    def sheet(self) -> Sheet:
        """Forgets what is not asked, as somebody does who never saw the question."""
        whole = Sheet(self.instrument, self.who.factory.sector, self.answers, {}, self.who.day)
        self.answers = {code: stored for code, stored in self.answers.items() if code in whole.asked}
        whole.answers = self.answers
        return whole

    def answer(self, question: Question) -> None:
        chance = self.who.chance(question.code)
        stored = self._answer(question, chance)
        if stored is not None:
            self.answers[question.code] = stored
            self.values[question.code] = logic_value(question, stored.value)

    def think_again(self, question: Question) -> None:
        """Where a later answer forbids this one: now that all the others are known."""
        self.answers.pop(question.code, None)
        self.values = dict(self.sheet().values)
        if question.required:
            self.answer(question)
            reason = self.sheet().gap(question)
            if reason not in ("", "evidence"):
                raise CannotAnswer(f"{question.code}: {reason}")

    def _answer(self, question: Question, chance: Random) -> Stored | None:
        language = self.who.factory.language
        if question.allow_na and chance.random() < NOT_APPLICABLE:
            return Stored(None, True, voice(language).say("not_applicable", chance))
        if not question.required and chance.random() > 0.55 + 0.4 * self.who.quality:
            return None
        if question.kind is Kind.FILE:
            return None
        if question.kind is Kind.TEXT:
            section = self.instrument.section_of[question.code].code
            return Stored(voice(language).answer(question.code, section, self.who.factory.sector, chance))
        if question.kind is Kind.MONTHLY:
            return Stored(monthly_table(question, self.who.factory, self.who.quality, chance))
        return Stored(self._choose(question, self._candidates(question, chance), chance))

    def _candidates(self, question: Question, chance: Random) -> Sequence[Any]:
        if question.kind is Kind.MULTIPLE:
            return _sets(question, chance)
        if question.kind in CHOICE_KINDS:
            return [choice.key for choice in question.choices]
        if question.kind in NUMBER_KINDS:
            return figures(question, self.who.factory, chance)
        return [(self.who.day + dt.timedelta(days=days)).isoformat() for days in DAYS]

    def _choose(self, question: Question, candidates: Sequence[Any], chance: Random) -> Any:
        """What may be answered, is as critical as fate wills it, and earns about what the factory's quality is."""
        possible = [c for c in candidates if self._is_possible(question, c)]
        if not possible and question.kind in NUMBER_KINDS:
            possible = [number for number in ANY_NUMBER if self._is_possible(question, number)]
        possible = possible or list(candidates)
        if question.critical is not None:
            fails = chance.random() < CRITICAL * (1 - self.who.quality)
            possible = [c for c in possible if self._fails(question, c) == fails] or possible
        if not question.worth:
            return self._fact(question, possible, chance)
        aim = self.who.quality + 0.9 * (chance.random() - 0.5)
        aim += LEGAL_BONUS * self.who.quality if question.points >= LEGAL_POINTS else 0
        earned = [share_earned(question, c, self.values, self.who.day) for c in possible]
        nearest = min(abs(share - aim) for share in earned)
        return chance.choice([c for c, share in zip(possible, earned, strict=True) if abs(share - aim) <= nearest])

    def _fact(self, question: Question, possible: Sequence[Any], chance: Random) -> Any:
        """Not scored: what is usual rather than what is extreme."""
        if question.kind is Kind.DATE:
            return chance.choice(possible[: max(1, len(possible) // 2)])
        if question.kind in NUMBER_KINDS and len(possible) > 4:
            return chance.choice(possible[1:-1])
        return chance.choice(possible)

    def _is_possible(self, question: Question, value: Any) -> bool:
        if question.constraint is None:
            return True
        return truth(evaluate(question.constraint, self.values, logic_value(question, value), self.who.day))

    def _fails(self, question: Question, value: Any) -> bool:
        return is_critical(question, value, self.values, self.who.day)


def _sets(question: Question, chance: Random) -> list[list[str]]:
    """From nothing to everything: each set has one choice more than the one before."""
    keys = [choice.key for choice in question.choices]
    nothing = [key for key in keys if key.startswith(NOTHING)]
    others = [key for key in keys if key not in nothing]
    if question.worth:
        others = [c.key for c in question.choices if c.key in others and (c.score or question.score)] or others
    order = chance.sample(others, len(others))
    sizes = range(1, len(others) + 1) if question.worth else range(1, min(3, len(others)) + 1)
    grown = [[key for key in keys if key in order[:size]] for size in sizes]
    return [*([[nothing[0]]] if nothing and question.worth else []), *grown]


def wants_evidence(question: Question, stored: Stored, respondent: Respondent) -> bool:
    """Which answers a factory backs with a file: all that must be, and some that may."""
    if stored.is_na or not (stored.is_answered or question.kind is Kind.FILE):
        return False
    willing = respondent.chance(question.code).random()
    if question.kind is Kind.FILE:
        return question.required or willing < 0.3 + 0.6 * respondent.quality
    if question.evidence is EvidenceNeed.REQUIRED:
        return True
    return question.evidence is EvidenceNeed.ASKED and willing < 0.1 + 0.4 * respondent.quality
