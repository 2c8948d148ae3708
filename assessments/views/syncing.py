"""Where the pages' script sends answers: one that was just given, or a queue made without a connection."""

import time
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from assessments.access import open_assessment
from assessments.forms import filling as forms
from assessments.readmodels import home
from assessments.readmodels.checks import Checks
from assessments.services import syncing
from assessments.words import reading_language
from suppliers.roles import Right


def now_in_milliseconds() -> int:
    """By the server's clock: pages and replies are put in order by it, a phone's own may be wrong."""
    return time.time_ns() // 1_000_000


@login_required
@require_POST
def sync(request: HttpRequest, code: str) -> JsonResponse:
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    try:
        whose, changes = forms.queue_from_json(request.body)
    except forms.BadRequest:
        return JsonResponse({"state": "refused"}, status=400)
    if whose != request.user.public_id:  # type: ignore[union-attr]
        # Somebody else has signed in on this device meanwhile: one person's answers are never saved as another's.
        return JsonResponse({"state": "other_user"}, status=403)
    outcomes = syncing.sync(assessment=opened, changes=changes, by=request.user, language=reading_language())
    codes = {change.code for change in changes}
    checks = Checks(opened, only=codes.pop() if len(codes) == 1 else "")
    return JsonResponse({"results": [_told(outcome, checks) for outcome in outcomes], "now": now_in_milliseconds()})


def _told(outcome: syncing.Outcome, checks: Checks) -> dict[str, Any]:
    told = home.saved_json(outcome.saved, checks) if outcome.saved else {}
    return {"change_id": outcome.change.name, "code": outcome.change.code, **told, "state": outcome.state}
