"""The shipped questionnaire's longest section: however much stands on it, the database is asked few times."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import QuestionnaireVersion
from assessments.services import assigning, questionnaires
from assessments.sheets import folder
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, make_campaign, someone_of
from tests.support.sections import address, manager_of
from tests.support.world import hold, make_factory

SHIPPED = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"
MOST_QUERIES = 12


@pytest.fixture
def shipped(db: None) -> QuestionnaireVersion:
    return questionnaires.publish(questionnaires.load(folder.read_folder(SHIPPED)).version)


def test_a_section_of_twenty_questions_costs_at_most_twelve_queries(shipped: QuestionnaireVersion) -> None:
    factory = make_factory(sector="garments", women=700, men=200)
    assessment = make_assessment(factory, make_campaign(shipped))
    colleague = hold(Role.FACTORY_CONTRIBUTOR, factory)
    assigning.assign_sections(assessment=assessment, wanted={"S3": colleague}, by=someone_of(assessment))
    for code, sent in {"S3.07": "4", "S3.16": "500", "S3.17": "0", "S3.01": "yes"}.items():
        give(assessment, code, sent)
    client = manager_of(assessment)
    client.get(address(assessment, "S3"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(assessment, "S3"))
    assert len(page.context["page"].blocks) >= 20
    assert len(queries) <= MOST_QUERIES, [query["sql"][:120] for query in queries]
