"""What people of the demo world write, in their own languages."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from assessments.domain.instrument import CHOICE_KINDS, NUMBER_KINDS, Kind, Question

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Exchange:
    """A reviewer's question at an answer, and what the factory says to it."""

    asked: str
    replied: str


@dataclass(frozen=True)
class Voice:
    language: str
    texts: dict[str, Any]

    def answer(self, code: str, section: str, sector: str, chance: Random) -> str:
        """To this very question, about the section's topic, or something that fits anywhere."""
        known = self.texts["answers"]
        fitting = (known.get(place) for place in (f"{code} {sector}", code, section, ""))
        return str(chance.choice(next(texts for texts in fitting if texts)))

    def say(self, occasion: str, chance: Random) -> str:
        return str(chance.choice(self.texts[occasion]))

    def exchange(self, question: Question) -> Exchange:
        return Exchange(*self.texts["remarks"][_subject(question)])

    def file_name(self, suffix: str) -> str:
        return str(self.texts["files"][suffix])

    @property
    def odd_number(self) -> str:
        return str(self.texts["odd"])


@cache
def voice(language: str) -> Voice:
    return Voice(language, json.loads((DATA / f"{language}.json").read_text(encoding="utf-8")))


def _subject(question: Question) -> str:
    if question.kind in CHOICE_KINDS:
        return "choice"
    if question.kind in NUMBER_KINDS:
        return "number"
    return {Kind.MONTHLY: "monthly", Kind.DATE: "date", Kind.FILE: "evidence"}.get(question.kind, "text")
