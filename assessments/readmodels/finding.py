"""Search inside a questionnaire, in the reader's language and by code."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assessments.compiled import KEPT_VERSIONS
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import LANGUAGES, Instrument, Question
from assessments.models import Assessment
from assessments.readmodels.anchors import anchor_of
from assessments.sheet import sheet_of
from assessments.words import reading_language, with_answers
from suppliers.localization import fold

MOST_HITS = 50


@dataclass
class Hit:
    """`state`: answered, open or problem."""

    code: str
    label: str
    section: str
    section_title: str
    anchor: str
    state: str


@dataclass
class SearchPage:
    text: str
    hits: list[Hit]
    count: int


def search_page(assessment: Assessment, text: str) -> SearchPage:
    """Among the questions that are asked now; every word must be there."""
    words, language = fold(text.replace("\0", "")).split(), reading_language()
    if not words:
        return SearchPage(text, [], 0)
    sheet = sheet_of(assessment)
    folded = folded_texts(sheet.instrument, language)
    found = [question for code, question in sheet.asked.items() if all(word in folded[code] for word in words)]
    # Who types a code wants that question before those that merely speak of it.
    found.sort(key=lambda question: not fold(question.code).startswith(words[0]))
    found = _as_typed(found, text, sheet.instrument, language) or found
    return SearchPage(text, [_hit(question, sheet, language) for question in found[:MOST_HITS]], len(found))


def _as_typed(found: list[Question], text: str, instrument: Instrument, language: str) -> list[Question]:
    """Who types marks means them: "lương" is no "lượng". Who types none gets both."""
    typed = _plain(text)
    if typed == fold(text):
        return found
    return [q for q in found if all(word in _plain(_line(q, instrument, language)) for word in typed.split())]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def folded_texts(instrument: Instrument, language: str) -> dict[str, str]:
    """Of every question: code, section, text, hint and choices, as one folded line."""
    return _folded(_Kept(instrument), language)


class _Kept:
    """Keeps the instrument out of the key, so that nothing walks through its thousands of parts to hash it."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.instrument is self.instrument

    def __hash__(self) -> int:
        return id(self.instrument)


@lru_cache(maxsize=KEPT_VERSIONS * len(LANGUAGES))
def _folded(kept: _Kept, language: str) -> dict[str, str]:
    instrument = kept.instrument
    return {q.code: fold(_line(q, instrument, language)) for q in instrument.questions.values()}


def _line(question: Question, instrument: Instrument, language: str) -> str:
    section = instrument.section_of[question.code]
    parts = [question.label, question.hint, section.title, *(c.label for c in (*question.choices, *question.columns))]
    return " ".join([question.code, *(part.in_(language) for part in parts)])


def _hit(question: Question, sheet: Sheet, language: str) -> Hit:
    section, gap = sheet.instrument.section_of[question.code], sheet.gap(question)
    state = "answered" if not sheet.is_open(question) else "open" if gap in ("", "unanswered") else "problem"
    return Hit(
        code=question.code,
        label=with_answers(question.label.in_(language), sheet, language),
        section=section.code,
        section_title=section.title.in_(language),
        anchor=anchor_of(question.code),
        state=state,
    )


def next_open(assessment: Assessment, after: str, within: frozenset[str] | None) -> tuple[str, str] | None:
    """Section and code of the next question with something left to do. `within`: only these may change now."""
    sheet = sheet_of(assessment)
    if within is not None:
        codes = [code for code in sheet.instrument.questions if code in within]
        later = codes[codes.index(after) + 1 :] if after in codes else codes
        code = (later or codes or [""])[0]
    else:
        question = sheet.next_open(after)
        code = question.code if question else ""
    return (sheet.instrument.section_of[code].code, code) if code else None
