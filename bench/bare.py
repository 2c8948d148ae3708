"""The least that saving can cost in Django: one row locked, read and written, without session, sign-in or history.

Once in front of everything, also of the middleware, and once as an ordinary view that nobody has signed in to.
"""

import json
from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

FIRST_PATH = "/bench/first/"
VIEW_PATH = "/bench/view/"
# Each of the clients that measure at the same time has a row of its own, as people have.
ROWS = 64


def create_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_bare (id integer PRIMARY KEY, value jsonb, version integer)")
        cursor.execute("INSERT INTO bench_bare SELECT n, '1', 1 FROM generate_series(1, %s) n", [ROWS])


def save(request: HttpRequest) -> HttpResponse:
    sent = json.loads(request.body)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT value, version FROM bench_bare WHERE id = %s FOR UPDATE", [sent["row"]])
        _, version = cursor.fetchone()
        cursor.execute(
            "UPDATE bench_bare SET value = %s, version = %s WHERE id = %s",
            [json.dumps(sent["value"]), version + 1, sent["row"]],
        )
    return JsonResponse({"version": version + 1})


class BareMiddleware:
    """Stands before all other middleware, so that what it answers passes through none of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return save(request) if request.path_info == FIRST_PATH else self.get_response(request)
