"""All sheets together: the instrument, or everything that is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assessments.domain.instrument import BANDS, Choice, Instrument, LegalNote, Pillar, Section, Words
from assessments.domain.xlsform.cells import LONGEST, Reading, Row, SheetProblem
from assessments.domain.xlsform.headings import LANGUAGE_HEADERS, Heading
from assessments.domain.xlsform.questions import SURVEY_COLUMNS, refused
from assessments.domain.xlsform.references import check_references
from assessments.domain.xlsform.survey import SurveyReader

DEFAULT_BANDS = "beginning=0 developing=25 progressing=50 advanced=70 leading=85"
MOST_QUESTIONS = 1000
LEGAL_NOTE_COLUMNS = ("note", "law", "article", "year", "source")
CHOICE_COLUMNS = frozenset({"list_name", "name", "label", "score"})
# Any other column of the choices sheet may serve a choice_filter.
KNOWN_COLUMNS = {"survey": SURVEY_COLUMNS, "legal_notes": frozenset({"question", "country", *LEGAL_NOTE_COLUMNS})}
SETTINGS_COLUMNS = frozenset(
    {"form_id", "form_title", "version", "default_language", "pillar_weights", "bands", "critical_cap"}
)


def read(sheets: Mapping[str, Sequence[Sequence[Any]]], *, name: str = "") -> Reading:
    """`sheets`: survey, choices and settings, and ours: legal_notes. `name` serves a form whose settings have none."""
    return _Reader(sheets, name).read()


class _Reader(SurveyReader):
    def __init__(self, sheets: Mapping[str, Sequence[Sequence[Any]]], name: str) -> None:
        super().__init__(sheets)
        self.fallback = name

    def read(self) -> Reading:
        if not self.rows["survey"]:
            self.reading.problems.append(SheetProblem("survey", 1, "", "sheet_missing"))
            return self.reading
        settings = self.rows["settings"][0] if self.rows["settings"] else Row("settings", 2, {}, {})
        self.default_language = settings["default_language"]
        self.row_of = {}
        self._remark_columns()
        self.title = self.words(settings, "form_title") or Words({"en": self.fallback})
        self.choices = self._choices()
        self.notes = self._legal_notes()
        sections = self.sections()
        instrument = self._instrument(settings, sections)
        check_references(self, instrument)
        if len(instrument.questions) > MOST_QUESTIONS:
            self.problem(self.rows["survey"][-1], "name", "too_many_questions", str(MOST_QUESTIONS))
        order = {"survey": 0, "choices": 1}
        for found in (self.reading.problems, self.reading.remarks):
            found.sort(key=lambda problem: (order.get(problem.sheet, 2), problem.sheet, problem.row))
        if not self.reading.problems:
            self.reading.instrument = instrument
        return self.reading

    def _remark_columns(self) -> None:
        """What stands in columns or languages that the portal does not read is left out, and that is said once."""
        spoken = {"", *LANGUAGE_HEADERS, self.default_language}
        for sheet, known in KNOWN_COLUMNS.items():
            rows = self.rows[sheet]
            for heading, shown in (rows[0].headers if rows else {}).items():
                if heading.language not in spoken:
                    self.reading.remarks.append(SheetProblem(sheet, 1, shown, "language_ignored", heading.language))
                elif heading.column not in known and not refused(heading):
                    self.reading.remarks.append(SheetProblem(sheet, 1, shown, "column_ignored", shown))

    def _choices(self) -> dict[str, tuple[Choice, ...]]:
        lists: dict[str, dict[str, Choice]] = {}
        for row in self.rows["choices"]:
            list_name, key = self.short(row, "list_name"), self.short(row, "name")
            if not list_name and not key:
                continue
            entries = lists.setdefault(list_name, {})
            if not key or re.search(r"\s", key) or not list_name:
                self.problem(row, "name", "bad_name", key)
            elif key in entries:
                self.problem(row, "name", "double_name", key)
            score = self.number(row, "score", 0) if row["score"] else None
            if score is not None and score > 1:
                self.problem(row, "score", "score_above_one", row["score"])
            label = self.words(row, "label", needed=True)
            entries[key] = Choice(key, label, score, self._choice_columns(row))
        return {name: tuple(entries.values()) for name, entries in lists.items()}

    def _choice_columns(self, row: Row) -> dict[str, str]:
        columns = {}
        for heading, text in row.cells.items():
            if heading.column.split("::")[0] in ("media", "image", "audio", "video", "big-image"):
                self.problem(row, heading.column, "column_refused", row.headers[heading])
            elif heading.column not in CHOICE_COLUMNS and heading == Heading(heading.column):
                # As the author spelled it: a choice_filter names it so.
                columns[row.headers[heading]] = text
        return columns

    def _legal_notes(self) -> dict[str, list[LegalNote]]:
        notes: dict[str, list[LegalNote]] = {}
        for row in self.rows["legal_notes"]:
            country = self.one_of(row, "country", ("KH", "TH", "VN"), "KH")
            note = LegalNote(
                country=country,
                note=self.words(row, "note", needed=True),
                law=self.words(row, "law", longest=LONGEST["law"]),
                article=self.words(row, "article", longest=LONGEST["article"]),
                year=self.short(row, "year"),
                source=row["source"][:300],
            )
            if any(other.country == country for other in notes.get(row["question"], ())):
                self.problem(row, "country", "double_name", f"{row['question']} {country}")
            notes.setdefault(row["question"], []).append(note)
        return notes

    def _instrument(self, row: Row, sections: list[Section]) -> Instrument:
        code = row["form_id"] or re.sub(r"[^\w-]+", "-", self.fallback).strip("-")
        if not re.fullmatch(r"[\w.:-]{1,60}", code):
            self.problem(row, "form_id", "bad_name", code)
        if len(row["version"]) > 20:
            self.problem(row, "version", "text_too_long", "20")
        self._remark_settings(row)
        weights = self._pairs(row, "pillar_weights", "E=1 S=1 G=1", tuple(Pillar))
        bands = self._pairs(row, "bands", DEFAULT_BANDS, BANDS)
        return Instrument(
            code=code,
            version=row["version"] or "1",
            title=self.title or Words({"en": code}),
            sections=tuple(sections),
            pillar_weights={pillar.value: weights[pillar] for pillar in Pillar if pillar in weights},
            bands=dict(sorted(bands.items(), key=lambda band: band[1])),
            critical_cap=self.one_of(row, "critical_cap", bands, next(iter(bands), "")),
        )

    def _remark_settings(self, row: Row) -> None:
        for heading in row.cells:
            if heading.column not in SETTINGS_COLUMNS:
                self.remark(row, heading.column, "setting_ignored", row.headers[heading])

    def _pairs(self, row: Row, column: str, default: str, allowed: tuple[str, ...]) -> dict[str, float]:
        """`E=35 S=40 G=25`"""
        pairs: dict[str, float] = {}
        for word in (row[column] or default).split():
            key, _, number = word.partition("=")
            try:
                value = float(number)
            except ValueError:
                value = -1.0
            if key not in allowed:
                self.problem(row, column, "unknown_word", key)
            elif not 0 <= value <= 1000:
                self.problem(row, column, "not_a_number", word)
            else:
                pairs[key] = value
        return pairs
