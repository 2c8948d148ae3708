"""Instruments and sheets for the rules alone: nothing is stored, texts are in English only."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Choice, Column, Instrument, Kind, Pillar, Question, Section, Words
from assessments.domain.logic import parse

TODAY = dt.date(2026, 6, 30)
BANDS = {"beginning": 0, "developing": 25, "progressing": 50, "advanced": 70, "leading": 85}
YES_NO = {"yes": 1.0, "no": 0.0}


def question(code: str, kind: Kind = Kind.YES_NO, **fields: Any) -> Question:
    """`choices` as {key: score}; expressions as their author writes them."""
    choices = fields.pop("choices", YES_NO if kind is Kind.YES_NO else {})
    known = {
        "label": Words(en=code),
        "points": 1,
        "choices": tuple(Choice(key, Words(en=key), score) for key, score in choices.items()),
    }
    for name in ("relevant", "constraint", "score", "critical"):
        if isinstance(fields.get(name), str):
            fields[name] = parse(fields[name])
    return Question(code=code, kind=kind, **known | fields)


def table(code: str, *columns: str, **fields: Any) -> Question:
    """A monthly table; a column is its key, with the emission factor of that name."""
    made = tuple(Column(key, Words(en=key), factor=key) for key in columns)
    return question(code, Kind.MONTHLY, columns=made, rows=12, **fields)


def section(code: str, *questions: Question, **fields: Any) -> Section:
    if isinstance(fields.get("relevant"), str):
        fields["relevant"] = parse(fields["relevant"])
    return Section(code, Pillar(code[0]), Words(en=code), Words(), questions, **fields)


def instrument(*sections: Section, weights: Mapping[str, float] | None = None, **fields: Any) -> Instrument:
    known = {"bands": BANDS, "critical_cap": "developing"}
    weights = weights or {"E": 1, "S": 1, "G": 1}
    return Instrument("made", "1", Words(en="Made"), sections, weights, **known | fields)


def sheet(made: Instrument, answers: Mapping[str, Any], *, sector: str = "garments", **fields: Any) -> Sheet:
    """Answers as values, or as Stored where there is more to say."""
    stored = {code: a if isinstance(a, Stored) else Stored(a) for code, a in answers.items()}
    return Sheet(made, sector, stored, **{"today": TODAY} | fields)


def not_applicable(reason: str = "We have none.") -> Stored:
    return Stored(is_na=True, na_reason=reason)
