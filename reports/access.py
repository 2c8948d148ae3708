"""The door to scorecards: whoever may read a submission may have it as a PDF."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.access import open_submission
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Scorecard


def open_scorecard(request: HttpRequest, code: str, number: int, language: str) -> Scorecard:
    submission = open_submission(request, code, number)
    scorecard = get_object_or_404(
        Scorecard, submission=submission, language=language, template_version=TEMPLATE_VERSION
    )
    scorecard.submission = submission  # loaded with its factory and campaign
    return scorecard
