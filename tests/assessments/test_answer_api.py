"""One answer, as the page's script sends it and what it is told."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment
from suppliers.models import User
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, someone_of
from tests.support.sections import value_of
from tests.support.syncing import change, post, sync
from tests.support.world import hold, make_user, signed_in

pytestmark = pytest.mark.django_db


def send(assessment: Assessment, code: str, value: Any, by: User | None = None, **more: Any) -> dict[str, Any]:
    [told] = sync(assessment, change(code, value, **more), by=by)
    return told


def test_an_answer_is_saved_and_its_new_version_told() -> None:
    assessment = make_assessment()
    told = send(assessment, "E1.03", "12,50")
    assert (told["state"], told["version"]) == ("saved", 1)
    assert told["understood"] == "12.5%"
    assert told["value"] == 12.5
    assert send(assessment, "E1.03", "13", based_on=1)["version"] == 2
    assert value_of(assessment, "E1.03") == 13


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        ("E1.01", "yes", "yes"),
        ("E1.04", ["motors", "led"], ["led", "motors"]),
        ("S1.02", "48", 48),
        ("S1.03", "31/03/2569", "2026-03-31"),
        ("G1.02", "ច្រើន\r\nណាស់", "ច្រើន\nណាស់"),
        ("E1.02", {"grid_kwh": ["1"] * 12}, {"grid_kwh": [1] * 12}),
    ],
)
def test_each_kind_is_understood(code: str, value: Any, kept: Any) -> None:
    assessment = make_assessment()
    told = send(assessment, code, value)
    assert (told["state"], told["problems"]) == ("saved", [])
    assert value_of(assessment, code) == kept


def test_a_tables_totals_are_told() -> None:
    assessment = make_assessment()
    table = {"grid_kwh": ["1000", "500"], "diesel_l": ["x"]}
    told = send(assessment, "E1.02", table)
    assert told["totals"] == {"grid_kwh": "1,500", "diesel_l": ""}
    assert told["has_value"] is True
    assert len(told["problems"]) == 1


def test_odd_input_is_kept_with_what_to_do_about_it() -> None:
    assessment = make_assessment()
    told = send(assessment, "S1.02", "a lot")
    assert told["state"] == "saved"
    assert "This is not a number" in told["problems"][0]
    assert told["value"] == ""
    assert assessment.answers.get(question_code="S1.02").raw == "a lot"


def test_the_second_writer_of_a_stale_answer_gets_both() -> None:
    assessment = make_assessment()
    colleague = make_user(name="Sok Dara")
    hold(Role.FACTORY_CONTRIBUTOR, assessment.factory, user=colleague)
    give(assessment, "E1.03", "20", by=colleague)
    told = send(assessment, "E1.03", "30")
    assert told["state"] == "conflict"
    assert (told["mine"], told["theirs"], told["who"]) == ("30%", "20%", "Sok Dara")
    assert told["inputs"]["text"] == "20"
    assert told["version"] == 1
    assert value_of(assessment, "E1.03") == 20


def test_what_does_not_apply_is_part_of_a_conflict() -> None:
    assessment = make_assessment()
    give(assessment, "E1.04", ["led"])
    entry = {"value": [], "is_na": True, "na_reason": "No machines"}
    told = send(assessment, "E1.04", [], entry=entry)
    assert (told["mine"], told["theirs"]) == ("Does not apply: No machines", "LED lamps")
    assert told["inputs"]["chosen"] == ["led"]


def test_an_empty_answer_to_an_open_question_leaves_no_trace() -> None:
    assessment = make_assessment()
    assert send(assessment, "E1.03", "")["version"] == 0
    assert not assessment.answers.exists()


def test_the_first_answer_begins_the_assessment() -> None:
    assessment = make_assessment()
    send(assessment, "E1.01", "yes")
    assessment.refresh_from_db()
    assert assessment.started_at is not None


@pytest.mark.parametrize(("code", "queries"), [("E1.03", 4), ("S1.02", 5)])
def test_saving_costs_four_queries_and_a_number_one_more(code: str, queries: int) -> None:
    assessment = make_assessment()
    user = someone_of(assessment)
    client = signed_in(user)
    post(client, assessment, user, changes=[change(code, "12")])
    with CaptureQueriesContext(connection) as asked:
        assert post(client, assessment, user, changes=[change(code, "13", 1)]).json()["results"][0]["version"] == 2
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    # Who asks with their hats; the assessment with its places; it held and the answer locked; the answer written; and
    # last year's number, where it is no share.
    assert len(statements) == queries, statements
    assert not any("search_text" in statement or "sort_en" in statement for statement in statements)
