"""One row of the survey sheet: a question, a note, a calculation, or a column of a table."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.domain.answers import understand
from assessments.domain.ghg import unit_of_factor
from assessments.domain.instrument import (
    CHOICE_KINDS,
    NUMBER_KINDS,
    TABLE_KINDS,
    UNASKED_KINDS,
    Choice,
    Column,
    Commitment,
    EvidenceNeed,
    Kind,
    LegalNote,
    Question,
    Tree,
)
from assessments.domain.xlsform.cells import EXPRESSIONS, CellReader, Row, SheetProblem
from assessments.domain.xlsform.headings import Heading

SECTORS = frozenset({"garments", "food", "electronics"})
YES_NO_KEYS = frozenset({"yes", "no"})
PLAIN_KINDS = {
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "percentage": Kind.PERCENT,
    "date": Kind.DATE,
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "file": Kind.FILE,
    "image": Kind.FILE,
    "photo": Kind.FILE,
    "note": Kind.NOTE,
    "calculate": Kind.CALCULATED,
}
COLUMN_TYPES = frozenset({"integer", "int", "decimal", "text", "string", "date"})
# What a phone would fill in by itself; the portal knows who answers and when.
METADATA = frozenset(
    {"start", "end", "deviceid", "imei", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
)
SELECTS = {
    "select_one": False,
    "select one": False,
    "select1": False,
    "select_multiple": True,
    "select multiple": True,
    "select all that apply": True,
}
_SELECT = re.compile(rf"({'|'.join(map(re.escape, SELECTS))})(?:\s+from)?\s+(\S+)(\s+or[_ ]other)?", re.IGNORECASE)
APPEARANCES = frozenset({"multiline"})
# Columns of XLSForm that would change what is asked, and that the portal does not have.
REFUSED_COLUMNS = ("trigger", "save_to", "parameters", "intent", "required_message", "guidance_hint")
REFUSED_FAMILIES = ("media", "image", "big-image", "audio", "video", "bind", "instance", "body", "control")
SURVEY_COLUMNS = frozenset(
    {
        "type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation",
        "choice_filter", "default", "appearance", "read_only", "repeat_count", "unit", "points", "weight", "score",
        "critical", "pillar", "commitment", "sectors", "allow_na", "evidence", "evidence_note", "factor", "mapping",
    }
)  # fmt: skip
DYNAMIC = re.compile(r"\$\{|\w\s*\(")


def refused(heading: Heading) -> bool:
    return heading.column in REFUSED_COLUMNS or re.split("[:_]", heading.column)[0] in REFUSED_FAMILIES


class QuestionReader(CellReader):
    """`choices` and `notes` must have been read before the questions; `row_of` tells where each name stands."""

    choices: dict[str, tuple[Choice, ...]]
    notes: dict[str, list[LegalNote]]
    row_of: dict[str, Row]

    def name(self, row: Row) -> str:
        name = self.short(row, "name")
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", name):
            self.problem(row, "name", "bad_name", name)
        elif name in self.row_of:
            self.problem(row, "name", "double_name", name)
        self.row_of.setdefault(name, row)
        return name

    def plain(self, row: Row, condition: str) -> list[Question]:
        """The question of this row; [] for what is no question, or not understood and noted. `condition`: of the
        groups around it, inside the section."""
        self._refuse_columns(row)
        word = row["type"].lower()
        if word in METADATA:
            self.remark(row, "type", "metadata_ignored", row["type"])
            return []
        if word == "today":
            self.reading.sources.setdefault(row["name"], {})["calculation"] = "today()"
            return [Question(self.name(row), Kind.CALCULATED, self.words(row, "label"), calculation=["call", "today"])]
        if word in PLAIN_KINDS:
            kind = PLAIN_KINDS[word]
            is_share = row["unit"] == "%" and kind in NUMBER_KINDS
            return [self.question(row, Kind.PERCENT if is_share else kind, condition)]
        if match := _SELECT.fullmatch(row["type"].strip()):
            return [self._select(row, condition, *match.groups())]
        self.problem(row, "type", "unknown_type", row["type"])
        return []

    def _select(self, row: Row, condition: str, word: str, list_name: str, or_other: str | None) -> Question:
        choices = self.choices.get(list_name, ())
        if or_other:
            self.problem(row, "type", "or_other", row["type"])
        elif not choices:
            self.problem(row, "type", "unknown_list", list_name)
        keys = {choice.key for choice in choices}
        single = Kind.YES_NO if keys == YES_NO_KEYS else Kind.SINGLE
        self.reading.lists[row["name"]] = list_name
        return self.question(row, Kind.MULTIPLE if SELECTS[word.lower()] else single, condition, choices=choices)

    def question(
        self,
        row: Row,
        kind: Kind,
        condition: str,
        choices: tuple[Choice, ...] = (),
        columns: tuple[Column, ...] = (),
        rows: int = 0,
    ) -> Question:
        name = self.name(row)
        trees = self._trees(row, kind, condition)
        points = self.number(row, "points", 0)
        self._check_points(row, kind, points, trees["score"], choices)
        question = Question(
            code=name,
            kind=kind,
            label=self.words(row, "label", needed=kind is not Kind.CALCULATED),
            hint=self.words(row, "hint"),
            required=self.yes(row, "required") and kind not in UNASKED_KINDS,
            constraint_message=self.words(row, "constraint_message"),
            choices=choices,
            columns=columns,
            rows=rows,
            default=row["default"],
            appearance=self._appearance(row),
            unit="%" if kind is Kind.PERCENT else self.short(row, "unit"),
            points=points,
            weight=self.number(row, "weight", 1),
            commitment=self.one_of(row, "commitment", ["", *(c.value for c in Commitment)]),
            sectors=self._sectors(row),
            allow_na=self.yes(row, "allow_na"),
            evidence=EvidenceNeed(self.one_of(row, "evidence", [need.value for need in EvidenceNeed])),
            evidence_note=self.words(row, "evidence_note"),
            legal_notes=tuple(self.notes.get(name, ())),
            mapping=self.short(row, "mapping"),
            **trees,
        )
        self._check_default(row, question)
        return question

    def _trees(self, row: Row, kind: Kind, condition: str) -> dict[str, Tree | None]:
        trees: dict[str, Tree | None] = {}
        for column in EXPRESSIONS:
            before = condition if column == "relevant" else ""
            trees[column] = self.expression(
                row, column, row["name"], before=before, of_choices=column == "choice_filter"
            )
        if kind is Kind.CALCULATED and not row["calculation"]:
            self.problem(row, "calculation", "calculation_missing", row["name"])
        elif row["calculation"] and kind is not Kind.CALCULATED:
            self.problem(row, "calculation", "calculation_out_of_place", row["type"])
        if row["choice_filter"] and kind not in CHOICE_KINDS:
            self.problem(row, "choice_filter", "choice_filter_out_of_place", row["type"])
        if row["constraint"] and kind in TABLE_KINDS | UNASKED_KINDS | {Kind.FILE}:
            self.problem(row, "constraint", "constraint_out_of_place", row["type"])
        return trees

    def _check_points(self, row: Row, kind: Kind, points: float, score: Tree | None, choices: Sequence[Choice]) -> None:
        if points and kind in UNASKED_KINDS:
            self.problem(row, "points", "points_without_answer", row["name"])
        elif points and not score and not row["score"] and not _scores_by_itself(kind, choices):
            self.problem(row, "score", "score_missing", row["name"])

    def _check_default(self, row: Row, question: Question) -> None:
        if not question.default:
            return
        if DYNAMIC.search(question.default):
            self.problem(row, "default", "default_not_fixed", question.default)
        elif question.kind in TABLE_KINDS | UNASKED_KINDS or understand(question, question.default).problems:
            self.problem(row, "default", "default_does_not_fit", question.default)

    def _appearance(self, row: Row) -> str:
        words = row["appearance"].split()
        ignored = [word for word in words if word not in APPEARANCES]
        if any("(" in word for word in ignored):
            self.problem(row, "appearance", "appearance_refused", row["appearance"])
        elif ignored:
            self.remark(row, "appearance", "appearance_ignored", " ".join(ignored))
        return next((word for word in words if word in APPEARANCES), "")

    def _sectors(self, row: Row) -> frozenset[str]:
        sectors = frozenset(row["sectors"].split())
        if not sectors <= SECTORS:
            self.problem(row, "sectors", "unknown_word", row["sectors"])
        return sectors

    def _refuse_columns(self, row: Row) -> None:
        for heading in filter(refused, row.cells):
            self.reading.problems.append(
                SheetProblem(row.sheet, row.number, row.headers[heading], "column_refused", row.headers[heading])
            )
        if self.yes(row, "read_only") and row["type"].lower() not in ("note", "calculate"):
            self.problem(row, "read_only", "column_refused", row.header("read_only"))

    def column(self, row: Row) -> Column:
        self._refuse_columns(row)
        word = row["type"].lower()
        if word not in COLUMN_TYPES:
            self.problem(row, "type", "column_type", row["type"])
        for name in ("relevant", "constraint", "calculation", "default"):
            if row[name]:
                self.problem(row, name, "column_logic", row["name"])
        kind = PLAIN_KINDS.get(word, Kind.DECIMAL)
        label = self.words(row, "label", needed=True)
        unit, factor = self.short(row, "unit"), self.short(row, "factor")
        known = unit_of_factor()
        if factor and factor not in known:
            self.problem(row, "factor", "unknown_factor", factor)
        elif factor and unit != known[factor]:
            self.problem(row, "unit", "unit_of_factor", f"{factor}: {known[factor]}")
        return Column(self.name(row), label, unit, factor, kind)


def _scores_by_itself(kind: Kind, choices: Sequence[Choice]) -> bool:
    if kind in NUMBER_KINDS:
        return False
    return not choices or any(choice.score for choice in choices)


def columns_of_choices(choices: Mapping[str, Sequence[Choice]]) -> dict[str, Any]:
    return {name: frozenset().union(*(choice.columns for choice in of)) for name, of in choices.items()}
