"""A section of the whole shipped questionnaire costs no more queries than one of ten questions."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.compiled import instrument_of
from assessments.models import QuestionnaireVersion
from assessments.services import questionnaires
from assessments.sheets import read_folder
from tests.support.assessing import make_assessment, make_campaign, published_small
from tests.support.sections import manager_of, shown

pytestmark = pytest.mark.django_db

SHIPPED = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"


def queries_of(version: QuestionnaireVersion) -> set[int]:
    """Of each section, on the second visit: by then the process knows the version."""
    assessment = make_assessment(campaign=make_campaign(version))
    client = manager_of(assessment)
    counts = set()
    for section in instrument_of(version.pk).sections:
        shown(client, assessment, section.code)
        with CaptureQueriesContext(connection) as queries:
            shown(client, assessment, section.code)
        counts.add(len(queries))
    return counts


def test_the_whole_questionnaire_costs_no_more_than_a_small_one() -> None:
    small = published_small()
    shipped = questionnaires.publish(questionnaires.load(read_folder(SHIPPED)).version)
    assert len(instrument_of(small.pk).questions) <= 12
    assert len(instrument_of(shipped.pk).questions) > 150
    assert queries_of(small) == queries_of(shipped)
    assert len(queries_of(shipped)) == 1
