"""Two people on one assessment, each with the plain form."""

import re

import pytest

from suppliers.roles import Role
from tests.support.assessing import TWELVE, give, make_assessment
from tests.support.sections import address, block, manager_of, value_of, versions
from tests.support.world import hold, make_user

pytestmark = pytest.mark.django_db


def test_two_writers_get_both_answers_to_choose_from() -> None:
    assessment = make_assessment()
    colleague = make_user(name="Sok Dara")
    hold(Role.FACTORY_CONTRIBUTOR, assessment.factory, user=colleague)
    seen = versions(assessment, "E1.03")
    give(assessment, "E1.03", "20", by=colleague)
    client = manager_of(assessment)
    answer = client.post(address(assessment), seen | {"E1.03": "30"})
    page = block(answer.content.decode(), "E1.03")
    assert value_of(assessment, "E1.03") == 20
    assert "Sok Dara" in page
    assert "20%" in page
    assert "30%" in page
    assert 'name="E1.03.choose" value="mine"' in page


@pytest.mark.parametrize(("choice", "kept"), [("mine", 30), ("theirs", 20)])
def test_the_chosen_answer_stays(choice: str, kept: int) -> None:
    assessment = make_assessment()
    seen = versions(assessment, "E1.03")
    give(assessment, "E1.03", "20")
    client = manager_of(assessment)
    page = client.post(address(assessment), seen | {"E1.03": "30"}).content.decode()
    version = re.search(r'name="E1.03.version" value="(\d+)"', page)[1]  # type: ignore[index]
    sent = {"E1.03": "30", "E1.03.version": version, "E1.03.conflict": "1", "E1.03.choose": choice}
    assert client.post(address(assessment), sent).status_code == 302
    assert value_of(assessment, "E1.03") == kept


def test_who_chooses_nothing_is_asked_again() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "20")
    sent = {"E1.03": "30", "E1.03.version": "1", "E1.03.conflict": "1"}
    answer = manager_of(assessment).post(address(assessment), sent)
    assert "Please choose" in answer.content.decode()
    assert value_of(assessment, "E1.03") == 20


def test_an_answer_that_was_left_alone_is_no_conflict() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "10")
    seen = versions(assessment, "E1.01", "E1.03")
    give(assessment, "E1.03", "20")
    answer = manager_of(assessment).post(address(assessment), seen | {"E1.01": "yes", "E1.03": "10"})
    assert answer.status_code == 302
    assert value_of(assessment, "E1.03") == 20
    assert value_of(assessment, "E1.01") == "yes"


def test_both_tables_of_a_conflict_are_told_apart_by_their_totals() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    give(assessment, "E1.02", TWELVE)
    sent = {"E1.02.version": "0", "E1.02.grid_kwh.0": "77"}
    page = block(manager_of(assessment).post(address(assessment), sent).content.decode(), "E1.02")
    assert "Electricity: 12,000 kWh" in page
    assert "Electricity: 77 kWh" in page
