"""The doors to assessments, submissions and evidence. See suppliers.access for what a door promises."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from assessments.models import Assessment, Campaign, Evidence, QuestionnaireVersion, Share, Submission, Upload
from suppliers.access import choose_hat, hats_of, open_program, reaches
from suppliers.models import Membership
from suppliers.models.written_reads import WrittenRead
from suppliers.roles import Right, Scope

assessment_by_code = WrittenRead(lambda code: Assessment.objects.with_places().filter(code=code), stand_in="?")


def open_assessment(request: HttpRequest, code: str, *, to: Right) -> Assessment:
    """The working copy. A brand knows of a supplier's assessment, but its draft is none of a brand's business."""
    found = assessment_by_code(code)
    if not found:
        raise Http404
    [assessment] = found
    choose_hat(request, reaches(hats_of(request), assessment.factory), to)
    return assessment


def open_submission(
    request: HttpRequest, code: str, number: int | None = None, *, to: Right = Right.SEE_SUBMISSIONS
) -> Submission:
    """By number, or the latest. To a brand that the factory does not share with, there is no submission."""
    submissions = Submission.objects.with_places().filter(assessment__code=code).order_by("-number")
    if number is not None:
        submissions = submissions.filter(number=number)
    submission = submissions.first()
    if submission is None:
        raise Http404
    choose_hat(request, readers(request, submission), to)
    return submission


def readers(request: HttpRequest, submission: Submission) -> list[Membership]:
    """The hats under which this submission may be known."""
    factory = submission.assessment.factory
    hats = reaches(hats_of(request), factory)
    brands = [hat.brand_id for hat in hats if hat.scope is Scope.BRAND]
    shared: set[int] = set()
    if brands:
        current = Share.objects.current().filter(factory=factory, brand__in=brands)
        shared = set(current.values_list("brand_id", flat=True))
    return [hat for hat in hats if hat.scope is not Scope.BRAND or hat.brand_id in shared]


def open_evidence(request: HttpRequest, public_id: str) -> Evidence:
    """A file is read by those who may see the draft, and by reviewers once a submission that they see names it."""
    evidence = get_object_or_404(
        Evidence.objects.select_related("assessment__factory", "assessment__campaign"), public_id=public_id
    )
    hats = reaches(hats_of(request), evidence.assessment.factory)
    if not hats:
        raise Http404
    if any(hat.allows(Right.SEE_DRAFT) for hat in hats):
        choose_hat(request, hats, Right.SEE_DRAFT)
        return evidence
    for submission in evidence.assessment.submissions.select_related("assessment__factory"):
        named = {item["id"] for items in submission.evidence.values() for item in items}
        if str(evidence.public_id) in named:
            choose_hat(request, readers(request, submission), Right.SEE_SUBMISSIONS)
            return evidence
    raise Http404


def open_own_evidence(request: HttpRequest, public_id: str) -> Evidence:
    """To change it: who may read a file but not write the answers is refused."""
    evidence = open_evidence(request, public_id)
    choose_hat(request, reaches(hats_of(request), evidence.assessment.factory), Right.EDIT_ANSWERS)
    return evidence


def open_upload(request: HttpRequest, code: str, public_id: uuid.UUID) -> Upload:
    """One's own: what a colleague has begun to send, the colleague's phone goes on with."""
    assessment = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    own = assessment.uploads.filter(started_by=request.user).select_related("evidence")
    return get_object_or_404(own, public_id=public_id)


def open_campaign(request: HttpRequest, code: str, *, to: Right) -> Campaign:
    open_program(request, to=to)
    return get_object_or_404(Campaign, code=code)


def open_version(request: HttpRequest, pk: int, *, to: Right) -> QuestionnaireVersion:
    open_program(request, to=to)
    return get_object_or_404(QuestionnaireVersion.objects.select_related("questionnaire"), pk=pk)


def must_be_open(assessment: Assessment) -> None:
    """Answers change only while the assessment is in the factory's hands."""
    if not assessment.is_editable:
        raise PermissionDenied
