"""Which questions a factory is asked, and what is still missing before it can submit."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from assessments.domain.answers import Stored, logic_value
from assessments.domain.instrument import Choice, EvidenceNeed, Importance, Instrument, Kind, Question, Section, Tree
from assessments.domain.logic import Value, evaluate, truth

NOT_ANSWERED = Stored()
# Gaps that somebody left behind, as against what is simply still to come.
PROBLEMS = frozenset({"problem", "constraint", "na_reason"})


class SectionState(StrEnum):
    NOT_BEGUN = "not_begun"
    IN_PART = "in_part"
    DONE = "done"
    HAS_PROBLEMS = "has_problems"
    WAITS_FOR_CHOICE = "waits_for_choice"


@dataclass(frozen=True)
class Gap:
    """`reason`: unanswered, problem, constraint, choice, evidence or na_reason."""

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
    _gaps: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def answer(self, code: str) -> Stored:
        return self.answers.get(code, NOT_ANSWERED)

    @cached_property
    def _seen(self) -> dict[str, Value]:
        """The values of what is shown, as expressions see them; each is settled after all that it waits for."""
        values: dict[str, Value] = {}
        sections: dict[str, bool] = {}
        section_of = self.instrument.section_of
        for question in self.instrument.order:
            section = section_of[question.code]
            if section.code not in sections:
                sections[section.code] = self._holds(section.relevant, values)
            if sections[section.code] and self._fits(question) and self._holds(question.relevant, values):
                values[question.code] = self._value(question, values)
        return values

    def _fits(self, question: Question) -> bool:
        return not question.sectors or self.sector in question.sectors

    def _holds(self, tree: Tree | None, values: Mapping[str, Value]) -> bool:
        return tree is None or truth(evaluate(tree, values, None, self.today))

    def _value(self, question: Question, values: Mapping[str, Value]) -> Value:
        if question.calculation is not None:
            return evaluate(question.calculation, values, None, self.today)
        return logic_value(question, self.answer(question.code).value)

    @cached_property
    def shown(self) -> dict[str, Question]:
        """What stands on the pages: the questions asked, and the notes between them."""
        seen = self._seen
        return {q.code: q for q in self.instrument.questions.values() if q.code in seen and q.kind != Kind.CALCULATED}

    @cached_property
    def asked(self) -> dict[str, Question]:
        return {code: question for code, question in self.shown.items() if question.is_asked_for}

    @property
    def values(self) -> Mapping[str, Value]:
        """What expressions see; what is hidden is not there, and reads as empty."""
        return self._seen

    def choices_of(self, question: Question) -> tuple[Choice, ...]:
        """Those that the question's filter lets through now."""
        tree = question.choice_filter
        if tree is None:
            return question.choices
        return tuple(c for c in question.choices if self._lets_through(tree, question, c))

    def _lets_through(self, tree: Tree, question: Question, choice: Choice) -> bool:
        value = logic_value(question, self.answer(question.code).value)
        columns = {"name": choice.key, **choice.columns}
        return truth(evaluate(tree, self.values, value, self.today, columns))

    def has_filtered_choice(self, question: Question) -> bool:
        """Whether a chosen one does not fit the other answers any more."""
        if question.choice_filter is None:
            return False
        value = self.answer(question.code).value
        chosen = value if isinstance(value, list) else [value] if value else []
        return not set(chosen) <= {choice.key for choice in self.choices_of(question)}

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
        if question.code not in self._gaps:
            self._gaps[question.code] = self._find_gap(question)
        return self._gaps[question.code]

    def _find_gap(self, question: Question) -> str:
        stored = self.answer(question.code)
        if stored.is_na:
            return "" if stored.na_reason.strip() else "na_reason"
        if stored.has_problem:
            return "problem"
        if not self.is_answered(question):
            return "unanswered" if question.required else ""
        if self.breaks_constraint(question):
            return "constraint"
        if self.has_filtered_choice(question):
            return "choice"
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

    def is_open(self, question: Question) -> bool:
        """Whether anything is left to do at it, be it required or not."""
        return bool(self.gap(question)) or not self.is_answered(question)

    def next_open(self, after: str = "") -> Question | None:
        """In the order asked, beginning behind `after`, and from the top again when the end is reached."""
        codes = list(self.asked)
        start = codes.index(after) + 1 if after in self.asked else 0
        return next((self.asked[c] for c in codes[start:] + codes[:start] if self.is_open(self.asked[c])), None)

    def section_state(self, section: Section) -> SectionState:
        questions = [question for question in section.questions if question.code in self.asked]
        gaps = {self.gap(question) for question in questions}
        if "choice" in gaps:
            return SectionState.WAITS_FOR_CHOICE
        if gaps & PROBLEMS:
            return SectionState.HAS_PROBLEMS
        if not any(self.is_open(question) for question in questions):
            return SectionState.DONE
        begun = any(self.is_answered(q) or self.answer(q.code).has_problem for q in questions)
        return SectionState.IN_PART if begun else SectionState.NOT_BEGUN

    def progress_by_importance(self, section: Section | None = None) -> dict[Importance, Progress]:
        """Only the kinds that are asked at all."""
        questions = self.asked.values() if section is None else section.questions
        grouped: dict[Importance, list[Question]] = {importance: [] for importance in Importance}
        for question in questions:
            if question.code in self.asked:
                grouped[question.importance].append(question)
        return {
            importance: Progress(sum(not self.is_open(question) for question in group), len(group))
            for importance, group in grouped.items()
            if group
        }
