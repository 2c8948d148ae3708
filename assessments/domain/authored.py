"""An instrument as its authors see it: with the expressions as they wrote them and the lists that they named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assessments.domain.instrument import Instrument, Words


@dataclass(frozen=True)
class Authored:
    """`sources`: {code: {column: expression}}; `lists`: {code: name of its choice list}."""

    instrument: Instrument
    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: Mapping[str, str] = field(default_factory=dict)

    def source(self, code: str, column: str) -> str:
        return self.sources.get(code, {}).get(column, "")


@dataclass(frozen=True)
class Place:
    """Where a text stands. `code`: of the section or question, "" for the whole; `part`: choice, column or country."""

    code: str
    field: str
    part: str = ""


def texts(instrument: Instrument) -> Iterator[tuple[Place, Words]]:
    """Every text that somebody may read, in the order of the pages."""
    yield Place("", "title"), instrument.title
    for section in instrument.sections:
        yield Place(section.code, "title"), section.title
        yield Place(section.code, "description"), section.description
        for question in section.questions:
            for name in ("label", "hint", "constraint_message", "evidence_note"):
                yield Place(question.code, name), getattr(question, name)
            for choice in question.choices:
                yield Place(question.code, "choice", choice.key), choice.label
            for column in question.columns:
                yield Place(question.code, "column", column.key), column.label
            for note in question.legal_notes:
                yield Place(question.code, "legal_note", note.country), note.note
