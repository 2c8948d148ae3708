"""The survey sheet: groups become sections, rows become questions, repeats become monthly tables."""

from collections.abc import Sequence

from assessments.domain.instrument import (
    NUMBER_KINDS,
    Choice,
    Column,
    Commitment,
    EvidenceNeed,
    Kind,
    LegalNote,
    Pillar,
    Question,
    Section,
)
from assessments.domain.xlsform.cells import EXPRESSIONS, CellReader, Row

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


class SurveyReader(CellReader):
    """`choices` and `notes` must have been read before `sections`; `row_of` tells where each name stands."""

    choices: dict[str, tuple[Choice, ...]]
    notes: dict[str, list[LegalNote]]
    row_of: dict[str, Row]

    def sections(self) -> list[Section]:
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


def _scores_by_itself(kind: Kind, choices: Sequence[Choice]) -> bool:
    if kind in NUMBER_KINDS:
        return False
    return not choices or any(choice.score for choice in choices)
