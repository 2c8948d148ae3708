"""What a brand or the program says of a submission, and what the factory answers."""

from django.db import transaction
from django.utils import timezone

from assessments.domain.states import ASSESSMENT_MOVES, move
from assessments.models import Assessment, Remark, RemarkMessage, Review, Submission
from suppliers.models import Brand, User


class NothingAsked(Exception):
    """A return for clarification names at least one question."""


class NotTheLatest(Exception):
    """The factory has submitted again meanwhile: look at the newer submission first."""


def review_of(submission: Submission, brand: Brand | None) -> Review:
    """The party's review, made at its first word. `brand` None: the program's."""
    review, _ = Review.objects.get_or_create(assessment=submission.assessment, brand=brand)
    return review


@transaction.atomic
def remark(
    *,
    submission: Submission,
    brand: Brand | None,
    question_code: str,
    text: str,
    asks_clarification: bool,
    by: User,
    language: str,
) -> Remark:
    """Not seen by the factory until the review is decided. Raises NotTheLatest."""
    if submission.assessment.submission_count != submission.number:
        raise NotTheLatest
    made = Remark.objects.create(
        review=review_of(submission, brand),
        question_code=question_code,
        submission_number=submission.number,
        asks_clarification=asks_clarification,
    )
    RemarkMessage.objects.create(remark=made, author=by, from_factory=False, language=language, text=text)
    return made


def withdraw_remark(*, remark: Remark) -> None:
    """Only while the factory has not seen it."""
    Remark.objects.filter(pk=remark.pk, sent_at=None).delete()


def reply(*, remark: Remark, text: str, by: User, from_factory: bool, language: str) -> RemarkMessage:
    return RemarkMessage.objects.create(
        remark=remark, author=by, from_factory=from_factory, language=language, text=text
    )


@transaction.atomic
def accept(*, submission: Submission, brand: Brand | None, by: User, note: str = "") -> Review:
    review = _lock(submission, brand)
    review.move("accept")
    accepted = _decide(review, submission, by, note)
    # Nothing is awaited from the factory any more: what was going to be asked must not open a question again.
    accepted.remarks.filter(settled_at=None).update(settled_at=timezone.now())
    return accepted


@transaction.atomic
def request_clarification(*, submission: Submission, brand: Brand | None, by: User, note: str = "") -> Review:
    """Re-opens exactly the questions that the party's unsettled remarks ask about."""
    review = _lock(submission, brand)
    if not review.remarks.filter(asks_clarification=True, settled_at=None).exists():
        raise NothingAsked
    review.move("request_clarification")
    assessment = Assessment.objects.select_for_update().get(pk=submission.assessment_id)
    assessment.state = move(ASSESSMENT_MOVES, assessment.state, "return")
    assessment.save(update_fields=["state"])
    return _decide(review, submission, by, note)


@transaction.atomic
def close(*, assessment: Assessment) -> None:
    """The program ends the campaign's work on this factory. Raises WrongState while answers are awaited."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    locked.move("close")
    locked.save(update_fields=["state"])


def _lock(submission: Submission, brand: Brand | None) -> Review:
    latest = Assessment.objects.select_for_update().values_list("submission_count", flat=True)
    if latest.get(pk=submission.assessment_id) != submission.number:
        raise NotTheLatest
    return Review.objects.select_for_update().get(pk=review_of(submission, brand).pk)


def _decide(review: Review, submission: Submission, by: User, note: str) -> Review:
    review.seen_number, review.note = submission.number, note
    review.decided_by, review.decided_at = by, timezone.now()
    review.save()
    review.remarks.filter(sent_at=None).update(sent_at=timezone.now())
    return review
