"""From an authored instrument back to XLSForm sheets; reading them gives the same instrument."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments.domain.authored import Authored
from assessments.domain.instrument import Kind, Question, Section, Words
from assessments.domain.xlsform.headings import LANGUAGE_HEADERS

TYPES = {
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.PERCENT: "decimal",
    Kind.DATE: "date",
    Kind.TEXT: "text",
    Kind.FILE: "file",
    Kind.NOTE: "note",
    Kind.CALCULATED: "calculate",
    Kind.MONTHLY: "begin_repeat",
    Kind.TABLE: "begin_repeat",
}
TEXTS = ("label", "hint", "constraint_message", "evidence_note")
SURVEY = (
    "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
    "choice_filter", "default", "appearance", "repeat_count", "unit", "points", "weight", "score", "critical",
    "pillar", "commitment", "sectors", "allow_na", "evidence", "evidence_note", "factor", "mapping",
)  # fmt: skip

Sheets = dict[str, list[list[str]]]
Row = dict[str, Any]


def write(authored: Authored) -> Sheets:
    return {
        "survey": _sheet(SURVEY, TEXTS, list(_survey(authored))),
        "choices": _choices(authored),
        "settings": [list(column) for column in zip(*_settings(authored), strict=True)],
        "legal_notes": _legal_notes(authored),
    }


def _in_languages(column: str) -> list[str]:
    return [f"{column}::{name}" for name in LANGUAGE_HEADERS.values()]


def _texts(words: Words | None) -> list[str]:
    return [words.get(language, "") if words else "" for language in LANGUAGE_HEADERS]


def _sheet(columns: tuple[str, ...], texts: tuple[str, ...], rows: list[Row]) -> list[list[str]]:
    header: list[str] = []
    for column in columns:
        header += _in_languages(column) if column in texts else [column]
    table = [header]
    for row in rows:
        cells: list[str] = []
        for column in columns:
            cells += _texts(row.get(column)) if column in texts else [row.get(column, "")]
        table.append(cells)
    return table


def _survey(authored: Authored) -> Iterator[Row]:
    for section in authored.instrument.sections:
        yield _group(authored, section)
        for question in section.questions:
            yield _question(authored, question)
            if question.rows:
                yield from _columns(question)
                yield {"type": "end_repeat"}
        yield {"type": "end_group"}


def _group(authored: Authored, section: Section) -> Row:
    return {
        "type": "begin_group",
        "name": section.code,
        "label": section.title,
        "hint": section.description,
        "relevant": authored.source(section.code, "relevant"),
        "pillar": section.pillar or "",
        "weight": _unless(section.weight, 1),
    }


def _question(authored: Authored, question: Question) -> Row:
    sources = authored.sources.get(question.code, {})
    return {
        "type": _type(authored, question),
        "name": question.code,
        "required": _yes(question.required),
        "default": question.default,
        "appearance": question.appearance,
        "repeat_count": str(question.rows or ""),
        "unit": question.unit,
        "points": _unless(question.points, 0),
        "weight": _unless(question.weight, 1),
        "commitment": question.commitment,
        "sectors": " ".join(sorted(question.sectors)),
        "allow_na": _yes(question.allow_na),
        "evidence": question.evidence.value,
        "mapping": question.mapping,
        **{name: getattr(question, name) for name in TEXTS},
        **sources,
    }


def _type(authored: Authored, question: Question) -> str:
    if question.choices:
        word = "select_multiple" if question.kind is Kind.MULTIPLE else "select_one"
        return f"{word} {authored.lists.get(question.code) or question.code}"
    return TYPES[question.kind]


def _columns(question: Question) -> Iterator[Row]:
    for column in question.columns:
        facts = {"name": column.key, "label": column.label, "unit": column.unit, "factor": column.factor}
        yield {"type": TYPES[column.kind], **facts}


def _choices(authored: Authored) -> list[list[str]]:
    """Each list once, however many questions use it."""
    rows: dict[tuple[str, str], Row] = {}
    extra: dict[str, None] = {}
    for question in authored.instrument.questions.values():
        for choice in question.choices:
            name = authored.lists.get(question.code) or question.code
            score = "" if choice.score is None else f"{choice.score:g}"
            row = {"list_name": name, "name": choice.key, "label": choice.label, "score": score, **choice.columns}
            rows.setdefault((name, choice.key), row)
            extra |= dict.fromkeys(choice.columns)
    by_list = sorted(rows.items(), key=lambda item: list(dict.fromkeys(key[0] for key in rows)).index(item[0][0]))
    return _sheet(("list_name", "name", "label", "score", *extra), ("label",), [row for _, row in by_list])


def _legal_notes(authored: Authored) -> list[list[str]]:
    rows: list[Row] = [
        {
            "question": question.code, "country": note.country, "note": note.note, "law": note.law,
            "article": note.article, "year": note.year, "source": note.source,
        }
        for question in authored.instrument.questions.values()
        for note in question.legal_notes
    ]  # fmt: skip
    return _sheet(("question", "country", "note", "law", "article", "year", "source"), ("note", "law", "article"), rows)


def _settings(authored: Authored) -> Iterator[tuple[str, str]]:
    instrument = authored.instrument
    # Plain columns: other readers of XLSForm know a form's title in one language only.
    yield "form_title", instrument.title.get("en", "")
    yield from ((f"form_title_{code}", instrument.title.get(code, "")) for code in LANGUAGE_HEADERS if code != "en")
    yield "form_id", instrument.code
    yield "version", instrument.version
    yield "default_language", LANGUAGE_HEADERS["en"]
    yield "pillar_weights", _pairs(instrument.pillar_weights)
    yield "bands", _pairs(instrument.bands)
    yield "critical_cap", instrument.critical_cap


def _pairs(pairs: Mapping[str, float]) -> str:
    return " ".join(f"{key}={value:g}" for key, value in pairs.items())


def _unless(value: float, usual: float) -> str:
    return "" if value == usual else f"{value:.12g}"


def _yes(value: bool) -> str:
    return "yes" if value else ""
