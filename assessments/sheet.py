"""An assessment's answers and files, laid over its instrument: what pages, submission and score start from."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.domain.answers import Stored
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Question
from assessments.models import Answer, Assessment, Remark, Submission


def stored(answer: Answer) -> Stored:
    return Stored(answer.value, answer.is_na, answer.na_reason, has_problem=answer.raw is not None)


def sheet_of(
    assessment: Assessment,
    *,
    answers: Iterable[Answer] | None = None,
    files: Iterable[str] | None = None,
    today: dt.date | None = None,
) -> Sheet:
    """Two queries: answers, and the codes that files stand at; none where the caller has read them already.

    The campaign must have been loaded with the assessment.
    """
    given = assessment.answers.all() if answers is None else answers
    if files is None:
        files = assessment.evidence.current().order_by().values_list("question_code", flat=True)
    instrument = instrument_of(assessment.campaign.version_id)
    known = {answer.question_code: stored(answer) for answer in given}
    return Sheet(instrument, assessment.factory.sector, known, Counter(files), today or timezone.localdate())


def sheet_of_submission(submission: Submission) -> Sheet:
    """As frozen: nothing of the working copy, and the day is the day of submission."""
    answers = {
        code: Stored(entry.get("value"), entry.get("is_na", False), entry.get("na_reason", ""))
        for code, entry in submission.answers.items()
    }
    evidence = {code: len(files) for code, files in submission.evidence.items()}
    sector = submission.factory_facts.get("sector") or submission.assessment.factory.sector
    day = timezone.localdate(submission.submitted_at)
    return Sheet(instrument_of(submission.version_id), sector, answers, evidence, day)


def changeable(
    assessment: Assessment, questions: Iterable[Question], reopened: frozenset[str] | None
) -> list[Question]:
    """Those of them whose answers may change now. `reopened`: see `reopened_codes`."""
    if not assessment.is_editable:
        return []
    return [question for question in questions if reopened is None or question.code in reopened]


def reopened_codes(assessment: Assessment) -> frozenset[str] | None:
    """After a return, the only questions that may change; None where all may (a draft)."""
    if assessment.submission_count == 0:
        return None
    asked = Remark.objects.open_clarifications().filter(review__assessment=assessment)
    return frozenset(asked.values_list("question_code", flat=True))
