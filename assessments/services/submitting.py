"""Submitting: everything is frozen in one row, with its score and a hash over the whole."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.domain import ghg, scoring
from assessments.domain.completeness import Gap, Sheet
from assessments.domain.instrument import Kind
from assessments.domain.states import ReviewState
from assessments.models import Assessment, Evidence, Remark, Submission
from assessments.readmodels import checks
from assessments.readmodels.offers import last_year_of
from assessments.sheet import sheet_of
from suppliers.models import Factory, User


class Incomplete(Exception):
    """Something is missing; `gaps` says what."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(f"{len(gaps)} gaps")
        self.gaps = gaps


@transaction.atomic
def submit(*, assessment: Assessment, by: User, note: str = "") -> Submission:
    """Raises Incomplete, or WrongState where it is submitted already."""
    locked = Assessment.objects.select_for_update(of=("self",)).with_places().get(pk=assessment.pk)
    locked.move("submit")
    sheet = sheet_of(locked)
    if gaps := sheet.gaps():
        raise Incomplete(gaps)
    files = locked.evidence.current()
    submission = freeze(
        assessment=locked,
        sheet=sheet,
        files=files,
        by=by,
        at=timezone.now(),
        note=note,
        notes=_confirmed(locked, sheet),
    )
    submission.save(force_insert=True)
    note_latest(locked, submission)
    locked.save()
    _settle_reviews(locked)
    return submission


def score_of(sheet: Sheet, factory: Factory, year: int) -> dict[str, Any]:
    """The score as it is frozen: domain.scoring's, with the footprint beside it."""
    tables = [
        (question, sheet.answer(code).value)
        for code, question in sheet.asked.items()
        if question.kind is Kind.MONTHLY and sheet.answer(code).is_answered
    ]
    gases = ghg.footprint(tables, country=factory.country, year=year, headcount=factory.headcount)
    return scoring.score(sheet).as_json() | {"ghg": gases.as_json() if gases else None}


def preview(assessment: Assessment) -> dict[str, Any]:
    """What the score would be if the answers were submitted as they stand."""
    return score_of(sheet_of(assessment), assessment.factory, assessment.campaign.reporting_year)


def _confirmed(assessment: Assessment, sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """What looked unusual and was said to be right, by question: reviewers read it beside the answer."""
    lines = checks.check_lines(assessment, sheet, last_year_of(assessment), checks.notes_of(assessment), "en")
    noted = {code: checks.confirmed(found) for code, found in lines.items()}
    return {code: notes for code, notes in noted.items() if notes}


def freeze(
    *,
    assessment: Assessment,
    sheet: Sheet,
    files: Iterable[Evidence],
    by: User,
    at: dt.datetime,
    note: str = "",
    notes: Mapping[str, Any] | None = None,
) -> Submission:
    """The next submission, scored and hashed, not stored yet."""
    score = score_of(sheet, assessment.factory, assessment.campaign.reporting_year)
    submission = Submission(
        assessment=assessment,
        number=assessment.submission_count + 1,
        version_id=assessment.campaign.version_id,
        answers=_answers(sheet, notes or {}),
        evidence=_evidence(files, sheet),
        factory_facts=factory_facts(assessment.factory),
        score=score,
        overall=score["overall"],
        band=score["band"],
        note=note,
        submitted_by=by,
        submitted_at=at,
    )
    submission.content_hash = content_hash(submission)
    return submission


def _answers(sheet: Sheet, notes: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is asked: hidden answers stay in the working copy."""
    entries: dict[str, Any] = {}
    for code in sheet.asked:
        stored = sheet.answer(code)
        if stored.is_na:
            entries[code] = {"is_na": True, "na_reason": stored.na_reason}
        elif stored.is_answered:
            entries[code] = {"value": stored.value}
        if code in notes and code in entries:
            entries[code]["confirmed"] = notes[code]
    return entries


def _evidence(files: Iterable[Evidence], sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    named: dict[str, list[dict[str, Any]]] = {}
    for item in files:
        if item.question_code in sheet.asked:
            named.setdefault(item.question_code, []).append(
                {"id": str(item.public_id), "name": item.name, "size": item.size, "sha256": item.sha256}
            )
    return named


def factory_facts(factory: Factory) -> dict[str, Any]:
    """The factory as it was on the day: a later move or hire changes no old scorecard."""
    names = ("code", "name", "name_latin", "country", "province", "sector", "os_id", "women", "men", "other_gender")
    return {name: getattr(factory, name) for name in names}


def content_hash(submission: Submission) -> str:
    """SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8) of what was said and how it was judged."""
    content: Mapping[str, Any] = {
        "assessment": submission.assessment.code,
        "number": submission.number,
        "version": submission.version_id,
        "answers": submission.answers,
        "evidence": submission.evidence,
        "factory": submission.factory_facts,
        "score": submission.score,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def note_latest(assessment: Assessment, submission: Submission) -> None:
    """What lists show of the latest submission; not saved yet."""
    assessment.submission_count = submission.number
    assessment.submitted_at = submission.submitted_at
    assessment.overall, assessment.band = submission.overall, submission.band
    assessment.critical_count = len(submission.score["capped_by"])


def _settle_reviews(assessment: Assessment) -> None:
    """What was asked is answered by this submission; each party judges anew."""
    Remark.objects.open_clarifications().filter(review__assessment=assessment).update(settled_at=timezone.now())
    assessment.reviews.exclude(state=ReviewState.OPEN).update(state=ReviewState.OPEN)
