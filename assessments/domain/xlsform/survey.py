"""The survey sheet as a whole: outer groups become sections, inner ones headings, repeats become tables."""

from dataclasses import dataclass, field

from assessments.domain.answers import MONTHS
from assessments.domain.instrument import NUMBER_KINDS, Column, Kind, Pillar, Question, Section, Words
from assessments.domain.xlsform.cells import Row
from assessments.domain.xlsform.questions import QuestionReader

MOST_TABLE_ROWS = 50
BRACKETS = {
    "begin group": "begin_group",
    "begin_group": "begin_group",
    "end group": "end_group",
    "end_group": "end_group",
    "begin repeat": "begin_repeat",
    "begin_repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "end_repeat": "end_repeat",
    "begin loop": "begin_loop",
    "end loop": "end_loop",
}


@dataclass
class _Open:
    """A group that has begun; `condition`: its own and those of the groups around it, inside the section."""

    row: Row
    condition: str = ""


@dataclass
class _Section:
    row: Row | None
    code: str = ""
    questions: list[Question] = field(default_factory=list)


class SurveyReader(QuestionReader):
    title: Words

    def sections(self) -> list[Section]:
        self.done: list[Section] = []
        self.current: _Section | None = None
        self.groups: list[_Open] = []
        self.table: tuple[Row, list[Column]] | None = None
        for row in self.rows["survey"]:
            match BRACKETS.get(row["type"].lower(), ""):
                case "begin_group":
                    self._begin_group(row)
                case "end_group":
                    self._end_group(row)
                case "begin_repeat":
                    self._begin_repeat(row)
                case "end_repeat":
                    self._end_repeat(row)
                case "begin_loop" | "end_loop":
                    self.problem(row, "type", "unknown_type", row["type"])
                case _:
                    self._row(row)
        left_open = [group.row for group in self.groups] + ([self.table[0]] if self.table else [])
        for row in left_open:
            self.problem(row, "type", "group_not_closed", row["name"])
        self._finish()
        return self.done

    def _row(self, row: Row) -> None:
        if not row["type"]:
            if row["name"] or row["label"] or any(row.text("label", code) for code in ("en", "km", "th", "vi")):
                self.problem(row, "type", "type_missing", row["name"])
            return
        if self.table:
            self.table[1].append(self.column(row))
            return
        self._inside().questions.extend(self.plain(row, self._condition()))

    def _inside(self) -> _Section:
        """What stands outside of any group forms a section of its own, under the form's title."""
        if self.current is None:
            count = sum(section.code.startswith("start") for section in self.done)
            self.current = _Section(None, f"start-{count + 1}" if count else "start")
        return self.current

    def _condition(self) -> str:
        return self.groups[-1].condition if self.groups else ""

    def _begin_group(self, row: Row) -> None:
        if self.table:
            self.problem(row, "type", "group_in_table", row["name"])
        if not self.groups and not self.table:
            self._finish()
            self.current = _Section(row, self.name(row))
            self.groups.append(_Open(row))
            return
        outer, own = self._condition(), row["relevant"]
        condition = f"({outer}) and ({own})" if outer and own else outer or own
        self.groups.append(_Open(row, condition))
        self._heading(row, condition)

    def _heading(self, row: Row, condition: str) -> None:
        """An inner group shows its label above its questions."""
        label = self.words(row, "label")
        if not label or self.table:
            return
        name = self.name(row)
        if condition:
            self.reading.sources.setdefault(name, {})["relevant"] = condition
        tree = self.expression(row, "relevant", name, before=self.groups[-2].condition)
        self._inside().questions.append(Question(name, Kind.NOTE, label, relevant=tree))

    def _end_group(self, row: Row) -> None:
        if not self.groups or self.table:
            self.problem(row, "type", "group_out_of_place", row["type"])
            return
        self.groups.pop()
        if not self.groups:
            self._finish()

    def _begin_repeat(self, row: Row) -> None:
        if self.table:
            self.problem(row, "type", "group_in_table", row["name"])
            return
        self.table = (row, [])

    def _end_repeat(self, row: Row) -> None:
        if not self.table:
            self.problem(row, "type", "group_out_of_place", row["type"])
            return
        begin, columns = self.table
        self.table = None
        count = begin["repeat_count"].removesuffix(".0")
        rows = int(count) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        if not 1 <= rows <= MOST_TABLE_ROWS:
            self.problem(begin, "repeat_count", "repeat_not_fixed", begin["repeat_count"])
        elif not columns:
            self.problem(begin, "type", "table_without_columns", begin["name"])
        kind = Kind.MONTHLY if rows == MONTHS and all(c.kind in NUMBER_KINDS for c in columns) else Kind.TABLE
        question = self.question(begin, kind, self._condition(), columns=tuple(columns), rows=rows)
        self._inside().questions.append(question)

    def _finish(self) -> None:
        section, self.current = self.current, None
        if section is None:
            return
        if section.row is None:
            if any(question.is_asked_for for question in section.questions) or section.questions:
                self.done.append(self._section_of(section, None))
            return
        self.done.append(self._section_of(section, section.row))

    def _section_of(self, section: _Section, row: Row | None) -> Section:
        questions = tuple(section.questions)
        if row is None:
            return Section(section.code, None, Words(self.title), Words(), questions)
        pillar = self.one_of(row, "pillar", ["", *(p.value for p in Pillar)])
        if not pillar and any(question.points for question in questions):
            self.problem(row, "pillar", "pillar_missing", section.code)
        title = self.words(row, "label")
        return Section(
            code=section.code,
            pillar=Pillar(pillar) if pillar else None,
            title=title or Words(self.title),
            description=self.words(row, "hint"),
            questions=questions,
            weight=self.number(row, "weight", 1),
            relevant=self.expression(row, "relevant", section.code),
        )
