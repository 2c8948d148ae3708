"""Uploads in pieces, as the section page's script speaks them. Each request may be repeated without harm."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from assessments.access import open_assessment, open_upload
from assessments.forms import uploads as forms
from assessments.labels import file_problem_text
from assessments.models import Upload
from assessments.readmodels.files import file_json
from assessments.services import answering, evidence, uploads
from suppliers.access import person
from suppliers.roles import Right

View = Callable[..., JsonResponse]


def _says_what_is_wrong(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            return view(request, *args, **kwargs)
        except forms.TooLarge:
            return JsonResponse({"state": "refused"}, status=413)
        except forms.BadRequest:
            return JsonResponse({"state": "refused"}, status=400)
        except uploads.OutOfStep as step:
            return JsonResponse({"state": "receiving", "offset": step.offset}, status=409)
        except evidence.FileRefused as refused:
            return JsonResponse({"state": "refused", "problem": file_problem_text(refused.code)}, status=422)
        except answering.Locked:
            return JsonResponse({"state": "locked"}, status=423)

    return answered


@login_required
@require_POST
@_says_what_is_wrong
def begin(request: HttpRequest, code: str) -> JsonResponse:
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    announced = forms.announced(request.body)
    try:
        upload = uploads.begin(assessment=opened, announced=announced, by=person(request))
    except answering.UnknownQuestion:
        raise Http404 from None
    except uploads.Mismatch:
        return JsonResponse({"state": "mismatch"}, status=412)
    return JsonResponse(_upload_json(upload))


@login_required
@require_http_methods(["GET", "PUT", "DELETE"])
@_says_what_is_wrong
def upload(request: HttpRequest, code: str, public_id: uuid.UUID) -> JsonResponse:
    """How far it is; the next piece; or that it is no longer wanted."""
    opened = open_upload(request, code, public_id)
    if request.method == "PUT":
        offset, piece = forms.piece(request)
        opened = uploads.receive(upload=opened, offset=offset, piece=piece)
    elif request.method == "DELETE":
        uploads.discard(upload=opened)
        return JsonResponse({"state": "discarded"})
    return JsonResponse(_upload_json(opened))


@login_required
@require_POST
@_says_what_is_wrong
def complete(request: HttpRequest, code: str, public_id: uuid.UUID) -> JsonResponse:
    opened = open_upload(request, code, public_id)
    return JsonResponse(file_json(uploads.complete(upload=opened, by=person(request))))


def _upload_json(upload: Upload) -> dict[str, Any]:
    if upload.evidence:
        return file_json(upload.evidence)
    return {"state": "receiving", "offset": upload.received}
