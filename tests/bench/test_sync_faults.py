"""The storm of bench.sync_faults, for a few seconds against a server of the tests' own."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from bench.sync_faults import reckon, storm
from tests.support.assessing import make_assessment, make_campaign, someone_of
from tests.support.celery import database_url
from tests.support.long_questionnaire import long_codes, publish_long
from tests.support.web import StartWeb
from tests.support.world import signed_in

SECONDS = 5


def target(assessment: Assessment) -> dict[str, object]:
    user = someone_of(assessment)
    return {
        "session": signed_in(user).cookies["sessionid"].value,
        "user": user.public_id,
        "path": reverse("assessments:sync", args=[assessment.code]),
        "versions": {code: 0 for codes in long_codes().values() for code in codes},
    }


@pytest.mark.django_db(transaction=True)
def test_twenty_factories_on_bad_lines_lose_nothing_and_double_nothing(start_web: StartWeb) -> None:
    campaign = make_campaign(publish_long())
    targets = [target(make_assessment(campaign=campaign)) for _ in range(20)]
    phones = storm(start_web().port, targets, seconds=SECONDS, seed=1)
    sent, lost, doubled = reckon(database_url(), phones)
    assert sent > 100
    assert sum(phone.lost_replies for phone in phones) > 10
    assert (lost, doubled) == (0, 0)
    assert sum(phone.conflicts for phone in phones) == 0
