"""The fingerprint of what a printed questionnaire says, by which an outdated one is known."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from assessments.models import Assessment, QuestionnaireVersion
from reports.domain.prints import PRINT_VERSION, PrintKind
from reports.models import Print


def content_of(job: Print) -> str:
    if job.assessment is not None:
        return assessment_contents(job.assessment, [job.kind])[job.kind]
    assert job.version is not None
    return version_content(job.version)


def assessment_contents(assessment: Assessment, kinds: Iterable[str] = tuple(PrintKind)) -> dict[str, str]:
    """By kind; two queries for the filled one, whatever the number of answers."""
    factory, campaign = assessment.factory, assessment.campaign
    place = [factory.name, factory.name_latin, factory.country, factory.province, factory.sector]
    run = [campaign.name_en, campaign.name_km, campaign.name_th, campaign.name_vi, campaign.reporting_year]
    known: list[Any] = [PRINT_VERSION, campaign.version_id, campaign.version.content_hash, place, run]
    return {kind: _digest([*known, _answers(assessment) if kind == PrintKind.FILLED else None]) for kind in kinds}


def version_content(version: QuestionnaireVersion) -> str:
    return _digest([PRINT_VERSION, version.content_hash])


def _answers(assessment: Assessment) -> list[Any]:
    answers = assessment.answers.order_by("question_code")
    files = assessment.evidence.current().order_by("question_code", "pk")
    return [
        list(answers.values_list("question_code", "value", "raw", "is_na", "na_reason")),
        list(files.values_list("question_code", "name")),
    ]


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
