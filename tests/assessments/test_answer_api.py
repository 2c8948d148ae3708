"""One answer at a time, as the page's script sends it."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, submit
from tests.support.reviewing import ask_back
from tests.support.sections import manager_of, value_of
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def send(client: Client, assessment: Assessment, code: str, value: Any, **more: Any) -> tuple[int, dict[str, Any]]:
    url = reverse("assessments:answer", args=[assessment.code, code])
    answer = client.post(url, {"value": value} | more, content_type="application/json")
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}


def test_an_answer_is_saved_and_its_new_version_told() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    status, told = send(client, assessment, "E1.03", "12,50")
    assert (status, told["state"], told["version"]) == (200, "saved", 1)
    assert told["understood"] == "12.5%"
    assert told["value"] == 12.5
    status, told = send(client, assessment, "E1.03", "13", based_on=1)
    assert told["version"] == 2
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
    status, told = send(manager_of(assessment), assessment, code, value)
    assert (status, told["problems"]) == (200, [])
    assert value_of(assessment, code) == kept


def test_a_tables_totals_are_told() -> None:
    assessment = make_assessment()
    table = {"grid_kwh": ["1000", "500"], "diesel_l": ["x"]}
    told = send(manager_of(assessment), assessment, "E1.02", table)[1]
    assert told["totals"] == {"grid_kwh": "1,500", "diesel_l": ""}
    assert told["has_value"] is True
    assert len(told["problems"]) == 1


def test_odd_input_is_kept_with_what_to_do_about_it() -> None:
    assessment = make_assessment()
    status, told = send(manager_of(assessment), assessment, "S1.02", "a lot")
    assert status == 200
    assert "This is not a number" in told["problems"][0]
    assert told["value"] == ""
    assert assessment.answers.get(question_code="S1.02").raw == "a lot"


def test_the_second_writer_of_a_stale_answer_gets_both() -> None:
    assessment = make_assessment()
    colleague = make_user(name="Sok Dara")
    hold(Role.FACTORY_CONTRIBUTOR, assessment.factory, user=colleague)
    give(assessment, "E1.03", "20", by=colleague)
    status, told = send(manager_of(assessment), assessment, "E1.03", "30")
    assert status == 409
    assert (told["mine"], told["theirs"], told["who"]) == ("30%", "20%", "Sok Dara")
    assert told["inputs"]["text"] == "20"
    assert told["version"] == 1
    assert value_of(assessment, "E1.03") == 20


def test_what_does_not_apply_is_part_of_a_conflict() -> None:
    assessment = make_assessment()
    give(assessment, "E1.04", ["led"])
    told = send(manager_of(assessment), assessment, "E1.04", [], is_na=True, na_reason="No machines")[1]
    assert (told["mine"], told["theirs"]) == ("Does not apply: No machines", "LED lamps")
    assert told["inputs"]["chosen"] == ["led"]


def test_the_same_answer_from_two_people_is_no_conflict() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "20")
    assert send(manager_of(assessment), assessment, "E1.03", "20")[0] == 200


def test_a_change_that_is_sent_twice_is_applied_once() -> None:
    assessment = make_assessment()
    client, change = manager_of(assessment), str(uuid.uuid4())
    for _ in range(2):
        status, told = send(client, assessment, "E1.03", "20", change_id=change)
        assert (status, told["version"]) == (200, 1)


def test_an_empty_answer_to_an_open_question_leaves_no_trace() -> None:
    assessment = make_assessment()
    assert send(manager_of(assessment), assessment, "E1.03", "")[1]["version"] == 0
    assert not assessment.answers.exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', '{"based_on": "x"}', '{"change_id": "x"}'])
def test_what_no_script_of_ours_sends_is_refused(body: str) -> None:
    assessment = make_assessment()
    url = reverse("assessments:answer", args=[assessment.code, "E1.03"])
    assert manager_of(assessment).post(url, body, content_type="application/json").status_code == 400


def test_an_unknown_question_is_not_there() -> None:
    assessment = make_assessment()
    assert send(manager_of(assessment), assessment, "X9.99", "1")[0] == 404


def test_a_submitted_assessment_is_locked() -> None:
    assessment = make_assessment()
    submit(assessment)
    assert send(manager_of(assessment), assessment, "S1.02", "50", based_on=1)[0] == 423
    assert value_of(assessment, "S1.02") == 48


def test_after_a_return_only_what_was_asked_about_is_open() -> None:
    assessment = make_assessment()
    ask_back(submit(assessment), "S1.02", "With overtime?")
    client = manager_of(assessment)
    assert send(client, assessment, "S1.01", "no", based_on=1)[0] == 423
    assert send(client, assessment, "S1.02", "50", based_on=1)[0] == 200


def test_who_may_write() -> None:
    assessment, brand = make_assessment(), make_brand()
    buys(brand, assessment.factory)
    assert send(signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory)), assessment, "E1.03", "1")[0] == 200
    assert send(signed_in(hold(Role.PROGRAM_ADMIN)), assessment, "E1.03", "2")[0] == 403
    assert send(signed_in(hold(Role.BRAND_LEAD, brand)), assessment, "E1.03", "2")[0] == 403
    assert send(signed_in(hold(Role.FACTORY_MANAGER, make_factory())), assessment, "E1.03", "2")[0] == 404
    assert send(signed_in(make_user()), assessment, "E1.03", "2")[0] == 404


def test_the_first_answer_begins_the_assessment() -> None:
    assessment = make_assessment()
    send(manager_of(assessment), assessment, "E1.01", "yes")
    assessment.refresh_from_db()
    assert assessment.started_at is not None


def test_saving_costs_five_queries_and_a_number_one_more() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    send(client, assessment, "E1.03", "12")
    with CaptureQueriesContext(connection) as asked:
        assert send(client, assessment, "E1.03", "13", based_on=1)[0] == 200
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    # Who asks with their hats; the assessment with its places, and held; the answer locked, and written; and last
    # year's number.
    assert len(statements) == 6, statements
    assert not any("search_text" in statement or "sort_en" in statement for statement in statements)
