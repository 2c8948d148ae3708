"""A submission as a reviewer reads it, and what changed against the one before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from assessments.compiled import instrument_of
from assessments.domain.instrument import Instrument, Kind, Question
from assessments.models import Remark, Review, Submission
from assessments.words import reading_language, table_rows, value_text
from suppliers.models import Brand


@dataclass
class AnswerLine:
    question: Question
    language: str
    text: str
    is_na: bool = False
    is_original: bool = False
    heads: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    critical: bool = False
    changed: bool = False

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def anchor(self) -> str:
        return "q-" + self.question.code.replace(".", "-")

    @property
    def label(self) -> str:
        return self.question.label.in_(self.language)


@dataclass
class SectionAnswers:
    code: str
    title: str
    percent: float | None
    lines: list[AnswerLine]


@dataclass
class SubmissionPage:
    submission: Submission
    sections: list[SectionAnswers]
    critical: list[AnswerLine]
    review: Review | None
    is_latest: bool
    asked: list[AnswerLine]

    @property
    def may_accept(self) -> bool:
        return self.is_latest and (self.review is None or self.review.can("accept"))

    @property
    def may_return(self) -> bool:
        return self.is_latest and (self.review is None or self.review.can("request_clarification"))


def submission_page(submission: Submission, *, brand: Brand | None, is_factory: bool) -> SubmissionPage:
    """To the factory, all parties' sent remarks; to a party, its own."""
    language = reading_language()
    instrument = instrument_of(submission.version_id)
    review = None if is_factory else _review(submission, brand)
    remarks = _remarks(submission, review, is_factory)
    changed = {change.code for change in changes(submission)}
    critical = set(submission.score["capped_by"])
    percents = {part["code"]: part["percent"] for part in submission.score["sections"]}
    sections = []
    for section in instrument.sections:
        lines = [
            _line(submission, question, language, remarks, critical, changed)
            for question in section.questions
            if question.code in _asked(submission)
        ]
        if lines:
            title = section.title.in_(language)
            sections.append(SectionAnswers(section.code, title, percents.get(section.code), lines))
    everything = [line for section in sections for line in section.lines]
    return SubmissionPage(
        submission=submission,
        sections=sections,
        critical=[line for line in everything if line.critical],
        review=review,
        is_latest=submission.number == submission.assessment.submission_count,
        asked=[
            line
            for line in everything
            if any(remark.asks_clarification and not remark.settled_at for remark in line.remarks)
        ],
    )


def _asked(submission: Submission) -> set[str]:
    return {entry["code"] for entry in submission.score["questions"] if entry["reason"] != "hidden"}


def _review(submission: Submission, brand: Brand | None) -> Review | None:
    reviews = Review.objects.of_party(brand).filter(assessment=submission.assessment)
    return reviews.select_related("brand", "decided_by").first()


def _remarks(submission: Submission, review: Review | None, is_factory: bool) -> dict[str, list[Remark]]:
    found: Iterable[Remark] = ()
    if is_factory:
        found = Remark.objects.sent().filter(review__assessment=submission.assessment)
    elif review:
        found = review.remarks.all()
    if found:
        found = found.select_related("review__brand").prefetch_related("messages__author")  # type: ignore[attr-defined]
    grouped: dict[str, list[Remark]] = {}
    for remark in found:
        grouped.setdefault(remark.question_code, []).append(remark)
    return grouped


def _line(
    submission: Submission,
    question: Question,
    language: str,
    remarks: dict[str, list[Remark]],
    critical: set[str],
    changed: set[str],
) -> AnswerLine:
    entry = submission.answers.get(question.code, {})
    value = entry.get("value")
    line = AnswerLine(question, language, text=value_text(question, value, language))
    if entry.get("is_na"):
        line.is_na, line.text = True, entry.get("na_reason", "")
    line.is_original = bool(line.text) and (question.kind is Kind.TEXT or line.is_na)
    if question.kind is Kind.MONTHLY and value:
        line.heads = [(c.label.in_(language), c.unit) for c in question.columns if c.key in value]
        line.rows = table_rows(question, value, language)
    line.evidence = submission.evidence.get(question.code, [])
    line.remarks = remarks.get(question.code, [])
    line.critical = question.code in critical
    line.changed = question.code in changed
    return line


@dataclass
class Change:
    """`before` and `after` as the reader reads them; "" where there was nothing."""

    code: str
    label: str
    before: str
    after: str
    is_table: bool
    files_added: list[str]
    files_removed: list[str]


def changes(submission: Submission) -> list[Change]:
    """Against the submission before it in the same assessment; [] for the first."""
    if submission.number < 2:
        return []
    before = Submission.objects.filter(assessment=submission.assessment, number=submission.number - 1).first()
    if before is None:
        return []
    language = reading_language()
    instrument = instrument_of(submission.version_id)
    found = (_change(question, before, submission, language) for question in instrument.questions.values())
    return [change for change in found if change]


def _change(question: Question, before: Submission, after: Submission, language: str) -> Change | None:
    old, new = before.answers.get(question.code, {}), after.answers.get(question.code, {})
    old_files = {file["id"]: file["name"] for file in before.evidence.get(question.code, [])}
    new_files = {file["id"]: file["name"] for file in after.evidence.get(question.code, [])}
    if old == new and old_files.keys() == new_files.keys():
        return None
    return Change(
        code=question.code,
        label=question.label.in_(language),
        before=_entry_text(question, old, language),
        after=_entry_text(question, new, language),
        is_table=question.kind is Kind.MONTHLY,
        files_added=[name for key, name in new_files.items() if key not in old_files],
        files_removed=[name for key, name in old_files.items() if key not in new_files],
    )


def _entry_text(question: Question, entry: dict[str, Any], language: str) -> str:
    return str(entry.get("na_reason") or value_text(question, entry.get("value"), language))


def preview(instrument: Instrument, sector: str) -> list[tuple[Any, list[Question]]]:
    """A version as a factory of this sector may see it, skip logic aside."""
    shown = {question.code for question in instrument.for_sector(sector)}
    return [(s, [q for q in s.questions if q.code in shown]) for s in instrument.sections]
