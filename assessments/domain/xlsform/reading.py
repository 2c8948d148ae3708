"""All sheets together: the instrument, or everything that is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessments.domain.instrument import BANDS, Choice, Instrument, Kind, LegalNote, Pillar, Section
from assessments.domain.logic import find_cycles, names_in
from assessments.domain.xlsform.cells import EXPRESSIONS, Reading, Row, SheetProblem
from assessments.domain.xlsform.survey import SurveyReader

DEFAULT_BANDS = "beginning=0 developing=25 progressing=50 advanced=70 leading=85"


def read(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Reading:
    """`sheets`: survey, choices and settings, and ours: legal_notes."""
    return _Reader(sheets).read()


class _Reader(SurveyReader):
    def read(self) -> Reading:
        for name in ("survey", "settings"):
            if not self.rows[name]:
                self.reading.problems.append(SheetProblem(name, 1, "", "sheet_missing"))
        if self.reading.problems:
            return self.reading
        self.row_of = {}
        self.choices = self._choices()
        self.notes = self._legal_notes()
        instrument = self._instrument(self.sections())
        self._check_references(instrument)
        self.reading.problems.sort(key=lambda p: (p.sheet != "survey", p.sheet, p.row))
        if not self.reading.problems:
            self.reading.instrument = instrument
        return self.reading

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

    def _instrument(self, sections: list[Section]) -> Instrument:
        row = self.rows["settings"][0]
        if not row["form_id"]:
            self.problem(row, "form_id", "text_missing")
        pillars = [pillar.value for pillar in Pillar]
        bands = self._pairs(row, "bands", DEFAULT_BANDS, allowed=BANDS)
        return Instrument(
            code=row["form_id"],
            version=row["version"] or "1",
            title=self.words(row, "form_title", needed=True),
            sections=tuple(sections),
            pillar_weights=self._pairs(row, "pillar_weights", "E=1 S=1 G=1", allowed=pillars),
            bands=bands,
            critical_cap=self.one_of(row, "critical_cap", bands, next(iter(bands), "")),
        )

    def _pairs(self, row: Row, column: str, default: str, *, allowed: Sequence[str]) -> dict[str, float]:
        """`E=35 S=40 G=25`"""
        pairs: dict[str, float] = {}
        for word in (row[column] or default).split():
            key, _, number = word.partition("=")
            if key not in allowed:
                self.problem(row, column, "unknown_word", key)
            try:
                pairs[key] = float(number)
            except ValueError:
                self.problem(row, column, "not_a_number", word)
        return pairs

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
        for cycle in find_cycles(self._graph(instrument)):
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
