"""Sending answers as the pages' script does."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from suppliers.models import User
from tests.support.assessing import someone_of
from tests.support.world import signed_in

Told = list[dict[str, Any]]


def change(code: str, value: Any, based_on: int = 0, **more: Any) -> dict[str, Any]:
    entry = {"value": value, "is_na": False, "na_reason": ""}
    known = {"change_id": str(uuid.uuid4()), "code": code, "entry": entry, "based_on": based_on}
    # The phone's clock is decades off, as some are.
    return known | {"made_at": "1999-01-01T00:00:00Z"} | more


def post(client: Client, assessment: Assessment, user: User, body: Any = None, **sent: Any) -> Any:
    url = reverse("assessments:sync", args=[assessment.code])
    full = body if body is not None else {"user": user.public_id} | sent
    return client.post(url, full, content_type="application/json")


def sync(assessment: Assessment, *changes: dict[str, Any], by: User | None = None) -> Told:
    user = by or someone_of(assessment)
    answer = post(signed_in(user), assessment, user, changes=list(changes))
    assert answer.status_code == 200
    return answer.json()["results"]  # type: ignore[no-any-return]


def states(told: Told) -> list[str]:
    return [one["state"] for one in told]
