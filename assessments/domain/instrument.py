"""A questionnaire version as the rules read it: frozen, complete, without database or language of its own."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from assessments.domain.logic import in_order, names_in

Tree = list[Any]

LANGUAGES = ("en", "km", "th", "vi")


# From the lowest to the highest; a questionnaire says from which score on each is earned.
BANDS = ("beginning", "developing", "progressing", "advanced", "leading")


class Kind(StrEnum):
    YES_NO = "yes_no"
    SINGLE = "single"
    MULTIPLE = "multiple"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    TEXT = "text"
    MONTHLY = "monthly"
    TABLE = "table"
    FILE = "file"
    NOTE = "note"
    CALCULATED = "calculated"


CHOICE_KINDS = frozenset({Kind.YES_NO, Kind.SINGLE, Kind.MULTIPLE})
NUMBER_KINDS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT})
TABLE_KINDS = frozenset({Kind.MONTHLY, Kind.TABLE})
# What stands among the questions without being one: a text to read, a value that follows from others.
UNASKED_KINDS = frozenset({Kind.NOTE, Kind.CALCULATED})


PEOPLE_UNIT = "persons"
SHARE_UNIT = "%"
# What stands at a moment: month after month of it has a mean, never a sum.
LEVEL_UNITS = frozenset({PEOPLE_UNIT, SHARE_UNIT})


class Pillar(StrEnum):
    ENVIRONMENT = "E"
    SOCIAL = "S"
    GOVERNANCE = "G"


class Commitment(StrEnum):
    CLIMATE = "climate"
    WELLBEING = "wellbeing"
    GENDER = "gender"
    ETHICS = "ethics"


class EvidenceNeed(StrEnum):
    NONE = ""
    ASKED = "asked"
    REQUIRED = "required"


class Importance(StrEnum):
    """Required: nothing is submitted without it. Recommended: it can earn points. Optional: for information."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Words(dict[str, str]):
    """One text by language. English stands in for a language that has none."""

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Words":
        return cls({language: text for language, text in texts.items() if text})

    def in_(self, language: str) -> str:
        return self.get(language) or self.get("en", "")

    def __bool__(self) -> bool:
        return any(self.values())


@dataclass(frozen=True)
class Choice:
    """`columns`: what a choice_filter may ask about."""

    key: str
    label: Words
    score: float | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A column of a table; `factor` names the emission factor that its quantities are multiplied by."""

    key: str
    label: Words
    unit: str = ""
    factor: str = ""
    kind: Kind = Kind.DECIMAL

    @property
    def is_level(self) -> bool:
        return self.unit in LEVEL_UNITS


@dataclass(frozen=True)
class LegalNote:
    country: str
    note: Words
    law: Words = field(default_factory=Words)
    article: Words = field(default_factory=Words)
    year: str = ""
    source: str = ""


@dataclass(frozen=True)
class Question:
    """`rows`: of a table; `default` is offered, never filled in; `appearance`: multiline or ""."""

    code: str
    kind: Kind
    label: Words
    hint: Words = field(default_factory=Words)
    required: bool = False
    relevant: Tree | None = None
    constraint: Tree | None = None
    constraint_message: Words = field(default_factory=Words)
    choices: tuple[Choice, ...] = ()
    choice_filter: Tree | None = None
    columns: tuple[Column, ...] = ()
    rows: int = 0
    calculation: Tree | None = None
    default: str = ""
    appearance: str = ""
    unit: str = ""
    points: float = 0
    weight: float = 1
    score: Tree | None = None
    critical: Tree | None = None
    commitment: str = ""
    sectors: frozenset[str] = frozenset()
    allow_na: bool = False
    evidence: EvidenceNeed = EvidenceNeed.NONE
    evidence_note: Words = field(default_factory=Words)
    legal_notes: tuple[LegalNote, ...] = ()
    mapping: str = ""

    @cached_property
    def choice_by_key(self) -> dict[str, Choice]:
        return {choice.key: choice for choice in self.choices}

    @property
    def is_table(self) -> bool:
        return self.kind in TABLE_KINDS

    @property
    def has_means(self) -> bool:
        """Whether the table's foot shows means: all of its figures are levels."""
        return bool(self.columns) and all(column.is_level for column in self.columns if column.kind in NUMBER_KINDS)

    def foot_of(self, column: Column) -> str:
        """What stands under it: "total", "mean", or "" under a level that stands beside amounts."""
        if not column.is_level:
            return "total"
        return "mean" if self.has_means else ""

    @property
    def is_asked_for(self) -> bool:
        """Whether somebody answers it, as against notes and calculations."""
        return self.kind not in UNASKED_KINDS

    @property
    def worth(self) -> float:
        """Points after the question's own weight; 0 where nothing is scored."""
        return self.points * self.weight

    @property
    def importance(self) -> Importance:
        if self.required:
            return Importance.REQUIRED
        return Importance.RECOMMENDED if self.worth else Importance.OPTIONAL

    def legal_note_for(self, country: str) -> LegalNote | None:
        return next((note for note in self.legal_notes if note.country == country), None)


@dataclass(frozen=True)
class Section:
    """A section without a pillar has no question with points."""

    code: str
    pillar: Pillar | None
    title: Words
    description: Words
    questions: tuple[Question, ...]
    weight: float = 1
    relevant: Tree | None = None


@dataclass(frozen=True)
class Instrument:
    """`bands` maps each band to the lowest overall (0–100) that earns it, in rising order."""

    code: str
    version: str
    title: Words
    sections: tuple[Section, ...]
    pillar_weights: Mapping[str, float]
    bands: Mapping[str, float]
    critical_cap: str

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {question.code: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        return {question.code: section for section in self.sections for question in section.questions}

    @cached_property
    def waits_for(self) -> dict[str, set[str]]:
        """What must be known before a name is: whether it is shown, and what it comes to where it is calculated."""
        graph: dict[str, set[str]] = {}
        for section in self.sections:
            for question in section.questions:
                trees = [section.relevant, question.relevant, question.calculation]
                names: set[str] = set().union(*(names_in(tree) for tree in trees if tree))
                graph[question.code] = names & self.questions.keys()
        return graph

    def read_for(self, codes: Iterable[str]) -> frozenset[str]:
        """`codes`, and every name that must be known to tell what they show, offer and accept."""
        pending, found = list(codes), set[str]()
        for question in [self.questions[code] for code in pending]:
            for tree in (question.constraint, question.choice_filter):
                pending += names_in(tree) & self.questions.keys() if tree else ()
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self.waits_for[name]
        return frozenset(found)

    @cached_property
    def order(self) -> tuple[Question, ...]:
        """Every question after all that it waits for, wherever those stand."""
        return tuple(self.questions[code] for code in in_order(self.waits_for))

    def section(self, code: str) -> Section | None:
        return next((section for section in self.sections if section.code == code), None)

    def for_sector(self, sector: str) -> Iterator[Question]:
        return (q for q in self.questions.values() if not q.sectors or sector in q.sectors)
