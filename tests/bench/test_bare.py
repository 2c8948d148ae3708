import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bench.bare import FIRST_PATH, BareMiddleware, create_table


def never(request: HttpRequest) -> HttpResponse:
    raise AssertionError("the bare view passes nothing on")


@pytest.mark.django_db
def test_the_bare_view_does_what_saving_cannot_do_without(
    rf: RequestFactory, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    create_table()
    request = rf.post(FIRST_PATH, json.dumps({"row": 3, "value": 7}), content_type="application/json")
    with django_assert_num_queries(4):  # a savepoint around them stands for the transaction
        response = BareMiddleware(never)(request)
    assert json.loads(response.content) == {"version": 2}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, value, version FROM bench_bare WHERE version > 1")
        assert cursor.fetchall() == [(3, "7", 2)]


def test_every_other_page_is_the_portals(rf: RequestFactory) -> None:
    portal = HttpResponse("portal")
    assert BareMiddleware(lambda request: portal)(rf.get("/")) is portal
