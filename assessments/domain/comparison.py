"""What changed from one version of a questionnaire to the next, and which answers can be carried over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.domain.authored import Authored, Place, texts
from assessments.domain.instrument import CHOICE_KINDS, LANGUAGES, TABLE_KINDS, Instrument, Question

SCORING = ("points", "weight", "commitment")
SCORING_SOURCES = ("score", "critical")
LOGIC = ("required", "allow_na", "evidence", "unit", "rows", "default")
LOGIC_SOURCES = ("relevant", "constraint", "calculation", "choice_filter")


@dataclass(frozen=True)
class WordingChange:
    place: Place
    language: str
    before: str
    after: str


@dataclass(frozen=True)
class FactChange:
    """`what`: a column of the survey sheet, or for a choice's score `score KEY`."""

    code: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Broken:
    """A code whose old answers do not fit now. `reason`: kind, choices, columns, unit, or renamed to `detail`."""

    code: str
    reason: str
    detail: str


@dataclass
class Comparison:
    added: list[Question] = field(default_factory=list)
    removed: list[Question] = field(default_factory=list)
    wording: list[WordingChange] = field(default_factory=list)
    scoring: list[FactChange] = field(default_factory=list)
    logic: list[FactChange] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.wording or self.scoring or self.logic or self.broken)


def compare(old: Authored, new: Authored) -> Comparison:
    before, after = old.instrument.questions, new.instrument.questions
    found = Comparison(
        added=[question for code, question in after.items() if code not in before],
        removed=[question for code, question in before.items() if code not in after],
        wording=list(_wording(old.instrument, new.instrument)),
        scoring=list(_weights(old.instrument, new.instrument)),
    )
    for code in (code for code in after if code in before):
        found.scoring += _facts(old, new, code, SCORING, SCORING_SOURCES)
        found.scoring += _choice_scores(before[code], after[code])
        found.logic += _facts(old, new, code, LOGIC, LOGIC_SOURCES)
        found.logic += _sectors(before[code], after[code])
        found.broken += _broken(before[code], after[code])
    found.broken += _renamed(found)
    return found


def _wording(old: Instrument, new: Instrument) -> Iterator[WordingChange]:
    before = dict(texts(old))
    for place, words in texts(new):
        if place not in before:
            continue
        for language in LANGUAGES:
            was, now = before[place].get(language, ""), words.get(language, "")
            if was != now:
                yield WordingChange(place, language, was, now)


def _facts(
    old: Authored, new: Authored, code: str, names: tuple[str, ...], sources: tuple[str, ...]
) -> Iterator[FactChange]:
    before, after = old.instrument.questions[code], new.instrument.questions[code]
    pairs = [(name, _text(getattr(before, name)), _text(getattr(after, name))) for name in names]
    pairs += [(name, old.source(code, name), new.source(code, name)) for name in sources]
    for name, was, now in pairs:
        if was != now:
            yield FactChange(code, name, was, now)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _choice_scores(before: Question, after: Question) -> Iterator[FactChange]:
    for key, choice in after.choice_by_key.items():
        was = before.choice_by_key.get(key)
        if was is not None and was.score != choice.score:
            yield FactChange(after.code, f"score {key}", _score(was.score), _score(choice.score))


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def _sectors(before: Question, after: Question) -> Iterator[FactChange]:
    if before.sectors != after.sectors:
        yield FactChange(after.code, "sectors", " ".join(sorted(before.sectors)), " ".join(sorted(after.sectors)))


def _weights(old: Instrument, new: Instrument) -> Iterator[FactChange]:
    sections = {section.code: section for section in old.sections}
    for section in new.sections:
        was = sections.get(section.code)
        if was is not None and was.weight != section.weight:
            yield FactChange(section.code, "weight", f"{was.weight:g}", f"{section.weight:g}")
        if was is not None and was.pillar != section.pillar:
            yield FactChange(section.code, "pillar", was.pillar or "", section.pillar or "")
    for name in ("pillar_weights", "bands"):
        was_text, now_text = _pairs(getattr(old, name)), _pairs(getattr(new, name))
        if was_text != now_text:
            yield FactChange("", name, was_text, now_text)
    if old.critical_cap != new.critical_cap:
        yield FactChange("", "critical_cap", old.critical_cap, new.critical_cap)


def _pairs(pairs: Mapping[str, float]) -> str:
    return " ".join(f"{key}={value:g}" for key, value in pairs.items())


def _broken(before: Question, after: Question) -> Iterator[Broken]:
    if before.kind != after.kind and not {before.kind, after.kind} <= CHOICE_KINDS:
        yield Broken(after.code, "kind", f"{before.kind} → {after.kind}")
        return
    if lost := [choice.key for choice in before.choices if choice.key not in after.choice_by_key]:
        yield Broken(after.code, "choices", ", ".join(lost))
    columns = {column.key: column.unit for column in after.columns}
    if changed := [column.key for column in before.columns if columns.get(column.key) != column.unit]:
        yield Broken(after.code, "columns", ", ".join(changed))
    if before.unit != after.unit:
        yield Broken(after.code, "unit", f"{before.unit} → {after.unit}")


def _renamed(found: Comparison) -> Iterator[Broken]:
    """A question that went and came back under another code lost its history."""
    by_label = {question.label.in_("en"): question for question in found.added}
    for question in found.removed:
        if twin := by_label.get(question.label.in_("en")):
            yield Broken(question.code, "renamed", twin.code)


def carried_over(before: Question, after: Question, value: Any) -> Any:
    """Last year's value, or what of a table or of several choices is still a possible answer; None where nothing is."""
    if value is None or before.unit != after.unit:
        return None
    if after.kind in CHOICE_KINDS and before.kind in CHOICE_KINDS:
        return _choices_carried(after, value)
    if before.kind != after.kind:
        return None
    if after.kind in TABLE_KINDS:
        return _columns_carried(before, after, value)
    return value


def _choices_carried(after: Question, value: Any) -> Any:
    keys = value if isinstance(value, list) else [value]
    kept = [key for key in keys if key in after.choice_by_key]
    if after.kind == "multiple":
        return kept or None
    return kept[0] if len(kept) == len(keys) == 1 else None


def _columns_carried(before: Question, after: Question, value: Mapping[str, Any]) -> Any:
    was = {column.key: (column.kind, column.unit) for column in before.columns}
    fitting = {column.key for column in after.columns if was.get(column.key) == (column.kind, column.unit)}
    kept = {key: cells for key, cells in value.items() if key in fitting}
    return kept if kept and before.rows == after.rows else None
