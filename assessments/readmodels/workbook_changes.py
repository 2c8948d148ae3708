"""What an uploaded workbook would change: now on the portal → in the workbook, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.compiled import instrument_of
from assessments.domain import answer_sheets as layout
from assessments.domain.answers import Given, understand
from assessments.domain.instrument import Question
from assessments.labels import ANSWER_PROBLEMS, WORKBOOK_PROBLEMS, unit_name
from assessments.models import Answer, Assessment, WorkbookUpload
from assessments.readmodels.answer_words import na_text
from assessments.sheet import reopened_codes
from assessments.words import cell_text, reading_language, row_labels, value_text

NOT_ANSWERED: dict[str, Any] = {"value": None, "raw": None, "is_na": False, "na_reason": ""}


@dataclass(frozen=True)
class Line:
    """`where` names the cell of a table; "" is the answer as a whole."""

    where: str
    now: str
    then: str


@dataclass(frozen=True)
class Change:
    """`version` is the one that the page shows; in a conflict the workbook was made from an earlier one."""

    code: str
    label: str
    lines: list[Line]
    version: int
    is_conflict: bool
    who: str
    when: Any


@dataclass(frozen=True)
class ProblemLine:
    sheet: str
    cell: str
    text: str


@dataclass
class ChangesPage:
    changes: list[Change]
    conflicts: list[Change]
    locked: list[str]
    problems: list[ProblemLine]

    @property
    def count(self) -> int:
        return len(self.changes) + len(self.conflicts)


def changes_page(upload: WorkbookUpload, assessment: Assessment) -> ChangesPage:
    """Three queries, and one more where somebody changed an answer since the download."""
    return _Comparison(upload, assessment).page()


def as_stored(question: Question, entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What saving this entry would store."""
    given = Given() if entry["is_na"] else understand(question, entry["sent"], language)
    reason = entry["na_reason"].strip() if entry["is_na"] else ""
    return {"value": given.value, "raw": given.raw, "is_na": entry["is_na"], "na_reason": reason}


class _Comparison:
    def __init__(self, upload: WorkbookUpload, assessment: Assessment) -> None:
        self.upload, self.language = upload, reading_language()
        self.questions = instrument_of(assessment.campaign.version_id).questions
        self.now = {answer.question_code: answer for answer in assessment.answers.select_related("updated_by")}
        self.open_codes = reopened_codes(assessment) if assessment.is_editable else frozenset()
        self.before = self._before(assessment)

    def _before(self, assessment: Assessment) -> dict[str, dict[str, Any] | None]:
        """The answers that the workbook was made from, where the portal has others by now."""
        moved = {
            code: entry["based_on"]
            for code, entry in self.upload.answers.items()
            if code in self.now and self.now[code].version != entry["based_on"]
        }
        if not moved:
            return {}
        events = Answer.events.rel.related_model.objects.filter(  # type: ignore[attr-defined]
            pgh_obj__assessment=assessment, question_code__in=moved
        )
        found = events.order_by("pgh_id").values("question_code", "version", *NOT_ANSWERED)
        seen = {(row["question_code"], row["version"]): row for row in found}
        return {code: seen.get((code, version)) for code, version in moved.items()}

    def page(self) -> ChangesPage:
        page = ChangesPage([], [], [], [])
        for sheet, cell, code, detail in self.upload.problems:
            page.problems.append(ProblemLine(sheet, cell, _problem_text(code, detail)))
        for code, entry in self.upload.answers.items():
            question = self.questions.get(code)
            if question is not None:
                self._compare(page, question, entry)
        return page

    def _compare(self, page: ChangesPage, question: Question, entry: Mapping[str, Any]) -> None:
        code = question.code
        stored = as_stored(question, entry, self.upload.language)
        answer = self.now.get(code)
        current = None if answer is None else {name: getattr(answer, name) for name in NOT_ANSWERED}
        before = self.before.get(code, current)
        wanted = layout.content(question, stored)
        if wanted in (layout.content(question, current), layout.content(question, before)):
            return
        if entry["odd"]:
            page.problems += [ProblemLine(sheet, cell, _problem_text(odd, "")) for sheet, cell, odd in entry["odd"]]
        elif self.open_codes is not None and code not in self.open_codes:
            page.locked.append(code)
        else:
            change = self._change(question, answer, current or NOT_ANSWERED, stored, entry["based_on"])
            (page.conflicts if change.is_conflict else page.changes).append(change)

    def _change(
        self, question: Question, answer: Answer | None, now: dict[str, Any], then: dict[str, Any], based_on: int
    ) -> Change:
        version = answer.version if answer else 0
        return Change(
            code=question.code,
            label=question.label.in_(self.language),
            lines=self._lines(question, now, then),
            version=version,
            is_conflict=version != based_on,
            who=str(answer.updated_by or "") if answer else "",
            when=answer.updated_at if answer else None,
        )

    def _lines(self, question: Question, now: dict[str, Any], then: dict[str, Any]) -> list[Line]:
        if not question.is_table or now["is_na"] or then["is_na"]:
            return [Line("", self._words(question, now), self._words(question, then))]
        before = layout.table_cells(question, now["value"], now["raw"])
        after = layout.table_cells(question, then["value"], then["raw"])
        rows = row_labels(question, self.language)
        return [
            Line(
                f"{rows[n]}, {layout.column_heading(column.label.in_(self.language), unit_name(column.unit))}",
                cell_text(column, before[column.key][n], self.language),
                cell_text(column, after[column.key][n], self.language),
            )
            for column in question.columns
            for n in range(question.rows)
            if before[column.key][n] != after[column.key][n]
        ]

    def _words(self, question: Question, content: dict[str, Any]) -> str:
        if content["is_na"]:
            return na_text(content["na_reason"])
        if question.is_table:
            return _("A table with figures") if content["value"] else ""
        if content["raw"] is not None:
            return str(content["raw"])
        return value_text(question, content["value"], self.language)


def _problem_text(code: str, detail: str) -> str:
    texts = WORKBOOK_PROBLEMS if code in WORKBOOK_PROBLEMS else ANSWER_PROBLEMS
    return str(texts[code]) % {"detail": detail} if detail else str(texts[code])
