"""Which questions a factory is asked, and what is still missing before it can submit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assessments.domain.answers import Stored, logic_value
from assessments.domain.instrument import EvidenceNeed, Instrument, Question, Section
from assessments.domain.logic import evaluate, truth

NOT_ANSWERED = Stored()


@dataclass(frozen=True)
class Gap:
    """`reason`: unanswered, problem, constraint, evidence or na_reason."""

    question: Question
    section: Section
    reason: str


@dataclass(frozen=True)
class Progress:
    answered: int
    asked: int

    @property
    def percent(self) -> int:
        return 100 * self.answered // self.asked if self.asked else 100

    @property
    def is_complete(self) -> bool:
        return self.answered == self.asked


@dataclass
class Sheet:
    """One factory's answers laid over the instrument: what is asked, answered and missing.

    Hidden answers are kept in `answers`, but expressions see them as empty, so that a chain of skips closes behind a
    changed answer. `evidence` counts the files per question. `today` is what `today()` means in expressions.
    """

    instrument: Instrument
    sector: str
    answers: Mapping[str, Stored]
    evidence: Mapping[str, int] = field(default_factory=dict)
    today: dt.date = field(default_factory=dt.date.today)

    def answer(self, code: str) -> Stored:
        return self.answers.get(code, NOT_ANSWERED)

    @cached_property
    def asked(self) -> dict[str, Question]:
        """The questions that are shown, in order. References look back or forward: each is settled at most once."""
        settled: dict[str, bool] = {}
        return {q.code: q for q in self.instrument.questions.values() if self._is_asked(q, settled)}

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What expressions see: the values of asked questions."""
        return {code: logic_value(question, self.answer(code).value) for code, question in self.asked.items()}

    def _is_asked(self, question: Question, settled: dict[str, bool]) -> bool:
        if question.code not in settled:
            settled[question.code] = False  # import refuses cycles; this only ends a recursion that cannot be
            settled[question.code] = self._decide(question, settled)
        return settled[question.code]

    def _decide(self, question: Question, settled: dict[str, bool]) -> bool:
        if question.sectors and self.sector not in question.sectors:
            return False
        conditions = (self.instrument.section_of[question.code].relevant, question.relevant)
        lookup = _Seen(self, settled)
        return all(truth(evaluate(tree, lookup, None, self.today)) for tree in conditions if tree is not None)

    def breaks_constraint(self, question: Question) -> bool:
        value = logic_value(question, self.answer(question.code).value)
        if question.constraint is None or value == "":
            return False
        return not truth(evaluate(question.constraint, self.values, value, self.today))

    def is_answered(self, question: Question) -> bool:
        stored = self.answer(question.code)
        if stored.is_na:
            return True
        return stored.is_answered or (question.kind == "file" and self.evidence.get(question.code, 0) > 0)

    def gap(self, question: Question) -> str:
        """The first reason that keeps this question from being submitted, or ""."""
        stored = self.answer(question.code)
        if stored.is_na:
            return "" if stored.na_reason.strip() else "na_reason"
        if stored.has_problem:
            return "problem"
        if not self.is_answered(question):
            return "unanswered" if question.required else ""
        if self.breaks_constraint(question):
            return "constraint"
        needs_file = question.evidence is EvidenceNeed.REQUIRED and not self.evidence.get(question.code)
        return "evidence" if needs_file else ""

    def gaps(self) -> list[Gap]:
        """[] means ready to submit."""
        section_of = self.instrument.section_of
        found = ((question, self.gap(question)) for question in self.asked.values())
        return [Gap(question, section_of[question.code], reason) for question, reason in found if reason]

    def progress(self, section: Section | None = None) -> Progress:
        codes = self.asked if section is None else [q.code for q in section.questions if q.code in self.asked]
        questions = [self.asked[code] for code in codes]
        return Progress(sum(self.is_answered(q) and not self.gap(q) for q in questions), len(questions))

    def sections(self) -> list[Section]:
        """The sections that have at least one question asked."""
        return [s for s in self.instrument.sections if any(q.code in self.asked for q in s.questions)]

    def next_open(self) -> Question | None:
        return next((q for q in self.asked.values() if self.gap(q) or not self.is_answered(q)), None)


class _Seen(Mapping[str, Any]):
    """Values while `asked` is being settled: a name that is itself hidden reads as empty."""

    def __init__(self, sheet: Sheet, settled: dict[str, bool]) -> None:
        self.sheet, self.settled = sheet, settled

    def __getitem__(self, code: str) -> Any:
        question = self.sheet.instrument.questions[code]
        if not self.sheet._is_asked(question, self.settled):
            return ""
        return logic_value(question, self.sheet.answer(code).value)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.sheet.instrument.questions)

    def __len__(self) -> int:
        return len(self.sheet.instrument.questions)
