"""A read whose SQL is written once gives what the same queryset gives."""

from typing import Any

import pytest
from django.db import models

from assessments.access import assessment_by_code
from assessments.models import Assessment
from suppliers.adapter import hats_of_user
from suppliers.models import Factory, Membership
from suppliers.models.written_reads import WrittenRead
from suppliers.roles import Role
from tests.support.assessing import make_assessment
from tests.support.world import hold, make_brand, make_factory, make_user

pytestmark = pytest.mark.django_db


def content(found: models.Model) -> dict[str, Any]:
    """Loaded columns and, behind the foreign keys that were followed, the same of theirs."""
    columns = {name: value for name, value in vars(found).items() if name != "_state"}
    followed = {
        name: other and content(other)
        for name, other in found._state.fields_cache.items()  # type: ignore[attr-defined]
    }
    return columns | {"followed": followed}


def test_hats_are_those_of_the_queryset(django_assert_num_queries: Any) -> None:
    user = make_user()
    hold(Role.FACTORY_MANAGER, make_factory(), user=user)
    hold(Role.BRAND_LEAD, make_brand(), user=user)
    hold(Role.PROGRAM_STAFF, user=user)
    hold(Role.PROGRAM_STAFF)
    hats = Membership.objects.active().as_hats().select_related("user").filter(user=user)
    with django_assert_num_queries(1):
        read = hats_of_user(user.pk)
        places = [str(hat.factory or hat.brand or hat.user) for hat in read]
    assert len(places) == 3
    assert [content(hat) for hat in read] == [content(hat) for hat in hats]


def test_what_was_left_in_the_database_is_fetched_when_asked_for(django_assert_num_queries: Any) -> None:
    hat = hold(Role.FACTORY_MANAGER, make_factory())
    [read] = hats_of_user(hat.user_id)
    with django_assert_num_queries(1):
        assert read.factory.sector == hat.factory.sector


def test_an_assessment_is_read_with_its_places_and_its_json() -> None:
    assessment = make_assessment()
    Assessment.objects.filter(pk=assessment.pk).update(table_units={"E1.02": {"grid": "MWh"}})
    [read] = assessment_by_code(assessment.code)
    [same] = Assessment.objects.with_places().filter(code=assessment.code)
    assert content(read) == content(same)
    assert read.table_units == {"E1.02": {"grid": "MWh"}}
    assert read == same
    assert not read._state.adding


def test_each_call_asks_with_its_own_value() -> None:
    codes = [make_assessment(make_factory()).code for _ in range(2)]
    assert [found.code for code in codes for found in assessment_by_code(code)] == codes


@pytest.mark.parametrize("code", ["?", "", "' OR 1=1 --", "nothing of the kind"])
def test_a_value_is_never_taken_for_sql(code: str) -> None:
    make_assessment()
    assert assessment_by_code(code) == []


def test_a_stand_in_that_is_not_asked_for_is_refused() -> None:
    lost: WrittenRead[Factory, str] = WrittenRead(lambda _code: Factory.objects.all(), stand_in="?")
    with pytest.raises(ValueError, match="exactly once"):
        lost("KH-0001")
