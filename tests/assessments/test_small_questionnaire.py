import pytest

from tests.support.assessing import make_submission

pytestmark = pytest.mark.django_db


def test_the_small_questionnaire_can_be_answered_and_submitted() -> None:
    submission = make_submission()
    assert submission.number == 1
    assert submission.band == "advanced"
