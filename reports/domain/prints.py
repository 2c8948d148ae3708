"""What a questionnaire on paper says: already in the reader's words, laid out by the template alone."""

from dataclasses import dataclass
from enum import StrEnum

from reports.domain.scorecard import Run

# Raised by one whenever the page would look different: a printed questionnaire of an earlier layout is out of date.
PRINT_VERSION = "1"


class PrintKind(StrEnum):
    """`BLANK`: to be filled in with a pen."""

    BLANK = "blank"
    FILLED = "filled"


@dataclass(frozen=True)
class PrintChoice:
    label: str
    ticked: bool = False


@dataclass(frozen=True)
class PrintColumn:
    label: str
    unit: str
    total: str = ""


@dataclass(frozen=True)
class PrintRow:
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class PrintQuestion:
    """`skipped`: the other answers say that it is not asked, so nothing is left to fill in.

    `answer` is what was written, where the question has neither choices nor a table.
    """

    code: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    skip: str = ""
    skipped: bool = False
    choices: tuple[PrintChoice, ...] = ()
    several: bool = False
    answer: Run | None = None
    lines: int = 0
    unit: str = ""
    columns: tuple[PrintColumn, ...] = ()
    rows: tuple[PrintRow, ...] = ()
    foot: str = ""
    allow_na: bool = False
    is_na: bool = False
    na_reason: Run | None = None
    wants_file: bool = False
    needs_file: bool = False
    evidence_note: str = ""
    files: tuple[str, ...] = ()
    legal_note: str = ""
    legal_source: str = ""

    @property
    def is_note(self) -> bool:
        return self.kind == "note"

    @property
    def writing_lines(self) -> range:
        return range(self.lines)

    @property
    def are_short(self) -> bool:
        """Choices that fit beside each other."""
        return sum(len(choice.label) for choice in self.choices) < 40

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > 4


@dataclass(frozen=True)
class PrintSection:
    code: str
    title: str
    description: str
    skip: str
    questions: tuple[PrintQuestion, ...]

    @property
    def count(self) -> int:
        return sum(not question.is_note for question in self.questions)


@dataclass(frozen=True)
class PrintFacts:
    """`factory` and what stands with it only for the questionnaire of an assessment."""

    kind: PrintKind
    language: str
    content: str
    title: str
    version: str
    sector: str
    country: str
    sections: tuple[PrintSection, ...]
    factory: Run | None = None
    factory_latin: Run | None = None
    place: str = ""
    campaign: str = ""
    year: int | None = None

    @property
    def is_filled(self) -> bool:
        return self.kind is PrintKind.FILLED

    @property
    def count(self) -> int:
        return sum(section.count for section in self.sections)
