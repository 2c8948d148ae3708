"""What stands out among the questions of a frozen score."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Instrument, Kind
from assessments.domain.scoring import best_changes
from reports.domain.scorecard import Change, Finding, Run
from reports.readmodels.answer_words import answer_words

Json = dict[str, Any]

STRENGTHS = 5
STRENGTHS_PER_SECTION = 2
GAPS = 5
CHANGES = 8
NOT_COUNTED = frozenset({"hidden", "not_applicable", "unscored"})


@dataclass(frozen=True)
class Reading:
    """A submission laid open for a reader. `own_language`: the factory's; nobody says in which one they write."""

    sheet: Sheet
    score: Json
    language: str
    own_language: str

    def finding(self, code: str, gain: float = 0.0) -> Finding:
        question, stored = self.sheet.instrument.questions[code], self.sheet.answer(code)
        words = answer_words(question, stored, self.language)
        in_own_words = question.kind is Kind.TEXT and stored.is_answered
        answer = Run(words, self.own_language if in_own_words else self.language)
        return Finding(code, question.label.in_(self.language), answer, gain)


def critical_findings(reading: Reading) -> tuple[Finding, ...]:
    return tuple(reading.finding(code) for code in reading.score["capped_by"])


def strengths(reading: Reading) -> tuple[Finding, ...]:
    """Full marks where they count most, not more than two from one section."""
    full = sorted((q for q in reading.score["questions"] if q["reason"] == "full"), key=lambda q: -q["maximum"])
    taken: Counter[str] = Counter()
    chosen = []
    for question in full:
        if taken[question["section"]] < STRENGTHS_PER_SECTION:
            taken[question["section"]] += 1
            chosen.append(question["code"])
    return tuple(reading.finding(code) for code in chosen[:STRENGTHS])


def gaps(reading: Reading) -> tuple[Finding, ...]:
    return tuple(reading.finding(q["code"], q["gain"]) for q in best_changes(reading.score["questions"], GAPS))


def changes_between(instrument: Instrument, before: Json, now: Json, language: str) -> tuple[Change, ...]:
    """Questions that counted in both scores, those that moved most points first; gains before losses."""
    earlier = {q["code"]: q for q in before.get("questions", ()) if q["reason"] not in NOT_COUNTED}
    moved = [
        (q, earlier[q["code"]]["fraction"])
        for q in now["questions"]
        if q["code"] in earlier and q["reason"] not in NOT_COUNTED
    ]
    moved = [(q, then) for q, then in moved if abs(q["fraction"] - then) >= 0.01]
    moved.sort(key=lambda pair: -abs(pair[0]["fraction"] - pair[1]) * pair[0]["maximum"])
    changes = [
        Change(q["code"], instrument.questions[q["code"]].label.in_(language), then, q["fraction"])
        for q, then in moved[:CHANGES]
    ]
    return tuple(sorted(changes, key=lambda change: not change.improved))
