"""A submission as a reviewer reads it, and as the factory reads it again with what was said."""

from dataclasses import dataclass, field, replace
from typing import Any

from assessments.compiled import instrument_of
from assessments.domain.instrument import Kind, Question
from assessments.domain.soft_checks import SoftCheck
from assessments.domain.states import ReviewState
from assessments.labels import BandName, ReviewStateName, unit_name
from assessments.models import Remark, Review, Submission
from assessments.readmodels.anchors import anchor_of
from assessments.readmodels.changes import Change, changes
from assessments.words import reading_language, soft_check_text, table_rows, table_text, value_text, written_in
from suppliers.labels import Sector
from suppliers.models import Brand


@dataclass
class AnswerLine:
    question: Question
    language: str
    text: str
    is_na: bool = False
    is_original: bool = False
    written_in: str = ""
    totals: str = ""
    heads: list[tuple[str, str]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    critical: bool = False
    changed: bool = False
    confirmed: list[str] = field(default_factory=list)
    lost: float = 0
    """Points that the answer did not earn."""

    @property
    def stands_out(self) -> bool:
        return self.critical or self.changed or bool(self.remarks)

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def anchor(self) -> str:
        return anchor_of(self.question.code)

    @property
    def label(self) -> str:
        return self.question.label.in_(self.language)

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.rows or self.evidence or self.is_na)


@dataclass
class SectionAnswers:
    code: str
    title: str
    percent: float | None
    lines: list[AnswerLine]

    @property
    def is_open(self) -> bool:
        """Whether something in it wants to be read first."""
        return any(line.stands_out for line in self.lines)

    @property
    def lost_count(self) -> int:
        return sum(line.lost > 0 for line in self.lines)

    @property
    def remark_count(self) -> int:
        return sum(len(line.remarks) for line in self.lines)


@dataclass
class SubmissionPage:
    """`reviews`: the decisions made so far; a party reads its own, the factory all of them."""

    submission: Submission
    is_factory: bool
    sections: list[SectionAnswers]
    critical: list[AnswerLine]
    changes: list[Change]
    review: Review | None
    reviews: list[Review]
    is_latest: bool
    asked: list[AnswerLine]
    only_lost: bool = False
    lost_count: int = 0

    @property
    def may_accept(self) -> bool:
        return self.is_latest and (self.review is None or self.review.can("accept"))

    @property
    def may_return(self) -> bool:
        open_to_return = self.submission.assessment.can("return")
        return self.is_latest and open_to_return and (self.review is None or self.review.can("request_clarification"))

    @property
    def review_label(self) -> str:
        return str(ReviewStateName(self.review.state if self.review else ReviewState.OPEN).label)

    @property
    def waits_for_review(self) -> bool:
        return self.is_latest and (self.review is None or self.review.state == ReviewState.OPEN)

    @property
    def band_name(self) -> str:
        return str(BandName(self.submission.band).label) if self.submission.band else ""

    @property
    def is_capped(self) -> bool:
        return self.submission.score["band"] != self.submission.score["band_uncapped"]

    @property
    def facts(self) -> dict[str, Any]:
        """The factory as it was on the day of submission."""
        factory, frozen = self.submission.assessment.factory, self.submission.factory_facts
        known = {name: frozen.get(name, getattr(factory, name)) for name in ("province", "sector", "os_id")}
        workers = sum(frozen.get(name, getattr(factory, name)) for name in ("women", "men", "other_gender"))
        return known | {"sector_name": Sector(known["sector"]).label, "workers": workers}


def submission_page(
    submission: Submission, *, brand: Brand | None, is_factory: bool, only_lost: bool = False
) -> SubmissionPage:
    """To the factory, all parties' sent remarks; to a party, its own. `only_lost`: what earned all its points and
    does not stand out is left out."""
    review = None if is_factory else _review(submission, brand)
    changed = changes(submission)
    sections = _sections(submission, _remarks(submission, review, is_factory), {change.code for change in changed})
    everything = [line for section in sections for line in section.lines]
    decided = submission.assessment.reviews.decided().select_related("brand")
    return SubmissionPage(
        submission=submission,
        is_factory=is_factory,
        sections=_losing(sections) if only_lost else sections,
        only_lost=only_lost,
        lost_count=sum(section.lost_count for section in sections),
        critical=[line for line in everything if line.critical],
        changes=changed,
        review=review,
        reviews=list(decided) if is_factory else [review] if review and review.decided_at else [],
        is_latest=submission.number == submission.assessment.submission_count,
        asked=[line for line in everything if any(_is_open(remark) for remark in line.remarks)],
    )


def _losing(sections: list[SectionAnswers]) -> list[SectionAnswers]:
    kept = [replace(s, lines=[line for line in s.lines if line.lost > 0 or line.stands_out]) for s in sections]
    return [section for section in kept if section.lines]


def _is_open(remark: Remark) -> bool:
    return remark.asks_clarification and remark.settled_at is None


def _sections(submission: Submission, remarks: dict[str, list[Remark]], changed: set[str]) -> list[SectionAnswers]:
    language, sections = reading_language(), []
    critical = set(submission.score["capped_by"])
    asked = {entry["code"] for entry in submission.score["questions"] if entry["reason"] != "hidden"}
    lost = {entry["code"]: entry["maximum"] - entry["earned"] for entry in submission.score["questions"]}
    percents = {part["code"]: part["percent"] for part in submission.score["sections"]}
    for section in instrument_of(submission.version_id).sections:
        lines = [_line(submission, question, language) for question in section.questions if question.code in asked]
        for line in lines:
            line.remarks = remarks.get(line.code, [])
            line.critical, line.changed = line.code in critical, line.code in changed
            line.lost = lost.get(line.code, 0)
        if lines:
            title = section.title.in_(language)
            sections.append(SectionAnswers(section.code, title, percents.get(section.code), lines))
    return sections


def _review(submission: Submission, brand: Brand | None) -> Review | None:
    reviews = Review.objects.of_party(brand).filter(assessment=submission.assessment)
    return reviews.select_related("brand", "decided_by").first()


def _remarks(submission: Submission, review: Review | None, is_factory: bool) -> dict[str, list[Remark]]:
    found = Remark.objects.filter(review__assessment=submission.assessment)
    found = found.sent() if is_factory else found.filter(review=review) if review else found.none()
    found = found.select_related("review__brand").prefetch_related("messages")
    grouped: dict[str, list[Remark]] = {}
    for remark in found:
        grouped.setdefault(remark.question_code, []).append(remark)
    return grouped


def _line(submission: Submission, question: Question, language: str) -> AnswerLine:
    entry = submission.answers.get(question.code, {})
    value = entry.get("value")
    line = AnswerLine(question, language, text=value_text(question, value, language))
    if entry.get("is_na"):
        line.is_na, line.text = True, entry.get("na_reason", "")
    if line.text and (question.kind is Kind.TEXT or line.is_na):
        line.is_original, line.written_in = True, written_in(line.text)
    if question.is_table and value:
        line.totals = table_text(question, value, language)
        line.heads = [(c.label.in_(language), unit_name(c.unit)) for c in question.columns if c.key in value]
        line.rows = table_rows(question, value, language)
    line.evidence = submission.evidence.get(question.code, [])
    line.confirmed = [_confirmed(note, question, language) for note in entry.get("confirmed", ())]
    return line


def _confirmed(note: dict[str, Any], question: Question, language: str) -> str:
    check = SoftCheck(question.code, note["check"], note["column"], note["values"])
    return soft_check_text(check, question, language)
