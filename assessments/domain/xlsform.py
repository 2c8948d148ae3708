"""From XLSForm sheets to an Instrument: every problem found at once, each with its sheet, row and column.

The sheets are lists of rows as read from CSV or a workbook, header first. Our own columns beside the standard ones are
described in docs/questionnaire.md. Nothing here touches a file or the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessments.domain.instrument import (
    LANGUAGES,
    NUMBER_KINDS,
    Choice,
    Column,
    Commitment,
    EvidenceNeed,
    Instrument,
    Kind,
    LegalNote,
    Pillar,
    Question,
    Section,
    Tree,
    Words,
)
from assessments.domain.logic import LogicError, find_cycle, names_in, parse

LANGUAGE_HEADERS = {"en": "English (en)", "km": "Khmer (km)", "th": "Thai (th)", "vi": "Vietnamese (vi)"}
SECTORS = frozenset({"garments", "food", "electronics"})
YES_NO_KEYS = frozenset({"yes", "no"})
PLAIN_KINDS = {
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "text": Kind.TEXT,
    "file": Kind.FILE,
    "image": Kind.FILE,
}
EXPRESSIONS = ("relevant", "constraint", "score", "critical")


@dataclass(frozen=True)
class SheetProblem:
    """`row` counts as a spreadsheet does: the header is row 1. `code` is what labels turn into a sentence."""

    sheet: str
    row: int
    column: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Row:
    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def words(self, column: str) -> Words:
        return Words({code: self[f"{column}::{name}"] for code, name in LANGUAGE_HEADERS.items()})


@dataclass
class Reading:
    """What came out: the instrument if there is no problem, and the expressions as their author wrote them."""

    instrument: Instrument | None = None
    problems: list[SheetProblem] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)


def rows_of(sheet: str, table: Sequence[Sequence[Any]]) -> list[Row]:
    """Rows with at least one cell filled, by column name. Surrounding space never means anything."""
    if not table:
        return []
    header = [str(cell or "").strip() for cell in table[0]]
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        texts = {name: str(cell if cell is not None else "").strip() for name, cell in zip(header, cells) if name}
        if any(texts.values()):
            rows.append(Row(sheet, number, texts))
    return rows


def read(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Reading:
    """`sheets`: survey, choices and settings, and ours: legal_notes."""
    return _Reader(sheets).read()


class _Reader:
    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self.rows = {name: rows_of(name, sheets.get(name, ())) for name in ("survey", "choices", "settings", "legal_notes")}
        self.reading = Reading()
        self.row_of: dict[str, Row] = {}

    def problem(self, row: Row, column: str, code: str, detail: str = "") -> None:
        self.reading.problems.append(SheetProblem(row.sheet, row.number, column, code, detail))

    def read(self) -> Reading:
        for name in ("survey", "settings"):
            if not self.rows[name]:
                self.reading.problems.append(SheetProblem(name, 1, "", "sheet_missing"))
        if self.reading.problems:
            return self.reading
        self.choices = self._choices()
        self.notes = self._legal_notes()
        instrument = self._instrument(self._sections())
        self._check_references(instrument)
        self.reading.problems.sort(key=lambda p: (p.sheet != "survey", p.sheet, p.row))
        if not self.reading.problems:
            self.reading.instrument = instrument
        return self.reading

    # -- the cells ----------------------------------------------------------------------------------------------

    def words(self, row: Row, column: str, *, needed: bool) -> Words:
        words = row.words(column)
        if needed or words:
            for language in LANGUAGES:
                if not words.get(language):
                    self.problem(row, f"{column}::{LANGUAGE_HEADERS[language]}", "text_missing")
        return words

    def number(self, row: Row, column: str, default: float) -> float:
        text = row[column]
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e6:
            self.problem(row, column, "not_a_number", text)
            return default
        return value

    def yes(self, row: Row, column: str) -> bool:
        text = row[column].lower()
        if text not in ("", "yes", "no", "true", "false"):
            self.problem(row, column, "not_yes_or_no", text)
        return text in ("yes", "true")

    def one_of(self, row: Row, column: str, allowed: Iterable[str], default: str = "") -> str:
        text = row[column] or default
        if text not in set(allowed):
            self.problem(row, column, "unknown_word", text)
            return default
        return text

    def expression(self, row: Row, column: str, owner: str) -> Tree | None:
        source = row[column]
        if not source:
            return None
        self.reading.sources.setdefault(owner, {})[column] = source
        try:
            return parse(source)
        except LogicError as error:
            self.problem(row, column, f"logic_{error.code}", str(error.detail))
            return None

    # -- the sheets ---------------------------------------------------------------------------------------------

    def _choices(self) -> dict[str, tuple[Choice, ...]]:
        lists: dict[str, dict[str, Choice]] = {}
        for row in self.rows["choices"]:
            entries = lists.setdefault(row["list_name"], {})
            key = row["name"]
            if not key or " " in key or not row["list_name"]:
                self.problem(row, "name", "bad_name", key)
            elif key in entries:
                self.problem(row, "name", "double_name", key)
            score = self.number(row, "score", 0) if row["score"] else None
            if score is not None and score > 1:
                self.problem(row, "score", "score_above_one", row["score"])
            entries[key] = Choice(key, self.words(row, "label", needed=True), score)
        return {name: tuple(entries.values()) for name, entries in lists.items()}

    def _legal_notes(self) -> dict[str, list[LegalNote]]:
        notes: dict[str, list[LegalNote]] = {}
        for row in self.rows["legal_notes"]:
            country = self.one_of(row, "country", ("KH", "TH", "VN"))
            note = LegalNote(
                country, self.words(row, "note", needed=True), row["law"], row["article"], row["year"], row["source"]
            )
            if any(other.country == country for other in notes.get(row["question"], ())):
                self.problem(row, "country", "double_name", f"{row['question']} {country}")
            notes.setdefault(row["question"], []).append(note)
        return notes

    def _sections(self) -> list[Section]:
        sections: list[Section] = []
        questions: list[Question] = []
        columns: list[Column] = []
        group: Row | None = None
        table: Row | None = None
        for row in self.rows["survey"]:
            match row["type"].replace(" ", "_") if row["type"].startswith(("begin", "end")) else row["type"]:
                case "begin_group" if group is None:
                    group, questions = row, []
                    self._name(row)
                case "end_group" if group is not None and table is None:
                    sections.append(self._section(group, questions))
                    group = None
                case "begin_repeat" if group is not None and table is None:
                    table, columns = row, []
                case "end_repeat" if table is not None:
                    questions.append(self._question(table, Kind.MONTHLY, columns=tuple(columns)))
                    table = None
                case "begin_group" | "end_group" | "begin_repeat" | "end_repeat":
                    self.problem(row, "type", "group_out_of_place", row["type"])
                case _ if table is not None:
                    columns.append(self._column(row))
                case _ if group is None:
                    self.problem(row, "type", "outside_a_group", row["name"])
                case _:
                    questions += self._plain(row)
        for left_open in (group, table):
            if left_open is not None:
                self.problem(left_open, "type", "group_not_closed", left_open["name"])
        return sections

    def _section(self, row: Row, questions: list[Question]) -> Section:
        return Section(
            code=row["name"],
            pillar=Pillar(self.one_of(row, "pillar", [p.value for p in Pillar], "E")),
            title=self.words(row, "label", needed=True),
            description=self.words(row, "hint", needed=False),
            questions=tuple(questions),
            weight=self.number(row, "weight", 1),
            relevant=self.expression(row, "relevant", row["name"]),
        )

    def _column(self, row: Row) -> Column:
        self._name(row)
        if row["type"] not in ("decimal", "integer"):
            self.problem(row, "type", "column_not_a_number", row["type"])
        return Column(row["name"], self.words(row, "label", needed=True), row["unit"], row["factor"])

    def _name(self, row: Row) -> None:
        name = row["name"]
        if not name or not all(c.isascii() and (c.isalnum() or c in "._-") for c in name) or not name[0].isalpha():
            self.problem(row, "name", "bad_name", name)
        elif name in self.row_of:
            self.problem(row, "name", "double_name", name)
        self.row_of.setdefault(name, row)

    def _plain(self, row: Row) -> list[Question]:
        word, _, list_name = row["type"].partition(" ")
        if word in PLAIN_KINDS and not list_name:
            kind = PLAIN_KINDS[word]
            if row["unit"] == "%" and kind in NUMBER_KINDS:
                kind = Kind.PERCENT
            return [self._question(row, kind)]
        if word not in ("select_one", "select_multiple"):
            self.problem(row, "type", "unknown_type", row["type"])
            return []
        choices = self.choices.get(list_name, ())
        if not choices:
            self.problem(row, "type", "unknown_list", list_name)
        keys = {choice.key for choice in choices}
        single = Kind.YES_NO if keys == YES_NO_KEYS else Kind.SINGLE
        self.reading.lists[row["name"]] = list_name
        return [self._question(row, single if word == "select_one" else Kind.MULTIPLE, choices=choices)]

    def _question(
        self, row: Row, kind: Kind, choices: tuple[Choice, ...] = (), columns: tuple[Column, ...] = ()
    ) -> Question:
        self._name(row)
        if kind is Kind.MONTHLY and (row["repeat_count"] != "12" or not columns):
            self.problem(row, "repeat_count", "monthly_needs_twelve", row["repeat_count"])
        sectors = frozenset(row["sectors"].split())
        if not sectors <= SECTORS:
            self.problem(row, "sectors", "unknown_word", row["sectors"])
        points = self.number(row, "points", 0)
        trees = {column: self.expression(row, column, row["name"]) for column in EXPRESSIONS}
        if points and not trees["score"] and not row["score"] and not _scores_by_itself(kind, choices):
            self.problem(row, "score", "score_missing", row["name"])
        return Question(
            code=row["name"],
            kind=kind,
            label=self.words(row, "label", needed=True),
            hint=self.words(row, "hint", needed=False),
            required=self.yes(row, "required"),
            constraint_message=self.words(row, "constraint_message", needed=bool(row["constraint"])),
            choices=choices,
            columns=columns,
            unit=row["unit"],
            points=points,
            weight=self.number(row, "weight", 1),
            commitment=self.one_of(row, "commitment", ["", *(c.value for c in Commitment)]),
            sectors=sectors,
            allow_na=self.yes(row, "allow_na"),
            evidence=EvidenceNeed(self.one_of(row, "evidence", [need.value for need in EvidenceNeed])),
            evidence_note=self.words(row, "evidence_note", needed=False),
            legal_notes=tuple(self.notes.get(row["name"], ())),
            mapping=row["mapping"],
            **trees,
        )

    def _instrument(self, sections: list[Section]) -> Instrument:
        row = self.rows["settings"][0]
        if not row["form_id"]:
            self.problem(row, "form_id", "text_missing")
        bands = self._pairs(row, "bands", "beginning=0 developing=25 progressing=50 advanced=70 leading=85")
        return Instrument(
            code=row["form_id"],
            version=row["version"] or "1",
            title=self.words(row, "form_title", needed=True),
            sections=tuple(sections),
            pillar_weights=self._pairs(row, "pillar_weights", "E=1 S=1 G=1"),
            bands=bands,
            critical_cap=self.one_of(row, "critical_cap", bands, next(iter(bands), "")),
        )

    def _pairs(self, row: Row, column: str, default: str) -> dict[str, float]:
        """`E=35 S=40 G=25`"""
        pairs: dict[str, float] = {}
        for word in (row[column] or default).split():
            key, _, number = word.partition("=")
            try:
                pairs[key] = float(number)
            except ValueError:
                self.problem(row, column, "not_a_number", word)
        return pairs

    # -- across the rows ----------------------------------------------------------------------------------------

    def _check_references(self, instrument: Instrument) -> None:
        questions = instrument.questions
        for note in self.rows["legal_notes"]:
            if note["question"] not in questions:
                self.problem(note, "question", "unknown_name", note["question"])
        trees = [(q.code, column, getattr(q, column)) for q in questions.values() for column in EXPRESSIONS]
        trees += [(section.code, "relevant", section.relevant) for section in instrument.sections]
        for owner, column, tree in trees:
            for name in sorted(names_in(tree) if tree else ()):
                self._check_name(instrument, owner, column, name)
        if cycle := find_cycle(self._graph(instrument)):
            self.problem(self.row_of[cycle[0]], "relevant", "cycle", " → ".join(cycle))

    def _check_name(self, instrument: Instrument, owner: str, column: str, name: str) -> None:
        question = instrument.questions.get(name)
        if question is None:
            self.problem(self.row_of[owner], column, "unknown_name", name)
        elif question.kind in (Kind.MONTHLY, Kind.FILE):
            self.problem(self.row_of[owner], column, "name_has_no_value", name)

    def _graph(self, instrument: Instrument) -> dict[str, set[str]]:
        """Whose being shown hangs on whose answer; a question also hangs on all that its section does."""
        graph: dict[str, set[str]] = {}
        for section in instrument.sections:
            of_section = names_in(section.relevant) if section.relevant else set()
            for question in section.questions:
                own = names_in(question.relevant) if question.relevant else set()
                graph[question.code] = {name for name in own | of_section if name in instrument.questions}
        return graph


def _scores_by_itself(kind: Kind, choices: Sequence[Choice]) -> bool:
    if kind in NUMBER_KINDS:
        return False
    return not choices or any(choice.score for choice in choices)
