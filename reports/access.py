"""The doors to scorecards, printed questionnaires and exports: whoever may read the thing may have it as a file."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from assessments.access import open_assessment, open_submission, open_version
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Export, Print, Scorecard
from suppliers.access import open_brand, open_program
from suppliers.roles import Right


def open_scorecard(request: HttpRequest, code: str, number: int, language: str) -> Scorecard:
    submission = open_submission(request, code, number)
    scorecard = get_object_or_404(
        Scorecard, submission=submission, language=language, template_version=TEMPLATE_VERSION
    )
    scorecard.submission = submission  # loaded with its factory and campaign
    return scorecard


def open_print(request: HttpRequest, code: str, pk: int) -> Print:
    assessment = open_assessment(request, code, to=Right.SEE_DRAFT)
    return get_object_or_404(Print.objects.select_related("assessment"), pk=pk, assessment=assessment)


def open_version_print(request: HttpRequest, version: int, pk: int) -> Print:
    opened = open_version(request, version, to=Right.SEE_QUESTIONNAIRES)
    return get_object_or_404(Print.objects.select_related("version__questionnaire"), pk=pk, version=opened)


def open_export(request: HttpRequest, pk: int) -> Export:
    """One's own, while one may still export there."""
    export: Export = get_object_or_404(
        Export.objects.visible_to(request.user).select_related("campaign", "brand"), pk=pk
    )
    if export.brand:
        open_brand(request, export.brand.code, to=Right.EXPORT)
    else:
        open_program(request, to=Right.EXPORT)
    return export
