from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments.access import open_evidence, open_own_evidence
from assessments.labels import file_problem_text
from assessments.readmodels.files import file_json, problem_texts
from assessments.services import answering, evidence, pictures


@login_required
@require_GET
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Always as a download: what a stranger uploaded never runs as a page of ours."""
    opened = open_evidence(request, public_id)
    try:
        file = opened.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=opened.name, content_type=opened.content_type)
    return _private(response)


@login_required
@require_GET
def thumbnail(request: HttpRequest, public_id: str) -> FileResponse:
    """Drawn by us, so that it may be shown on a page."""
    opened = open_evidence(request, public_id)
    if not opened.is_picture:
        raise Http404
    return _private(FileResponse(pictures.thumbnail(opened).open("rb"), content_type="image/jpeg"))


def _private(response: FileResponse) -> FileResponse:
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_POST
def remove(request: HttpRequest, public_id: str) -> JsonResponse:
    """For the page's script; the plain form says it with the section."""
    return _changed(request, public_id, evidence.remove_evidence)


@login_required
@require_POST
def restore(request: HttpRequest, public_id: str) -> JsonResponse:
    return _changed(request, public_id, evidence.restore_evidence)


def _changed(request: HttpRequest, public_id: str, change: Any) -> JsonResponse:
    opened = open_own_evidence(request, public_id)
    try:
        change(evidence=opened)
    except answering.Locked:
        return JsonResponse({"state": "locked"}, status=423)
    except evidence.FileRefused as refused:
        return JsonResponse({"state": "refused", "problem": file_problem_text(refused.code)}, status=422)
    opened.refresh_from_db()
    return JsonResponse(file_json(opened))


def browser_words() -> dict[str, str]:
    return problem_texts() | {
        "file_preparing": _("Preparing…"),
        "file_waiting": _("Waits on this phone"),
        "file_uploading": _("Uploading %(percent)s"),
        "file_saved": _("Saved"),
        "file_signed_out": _("Waits on this phone. Please sign in again."),
        "file_locked": _("This question cannot be changed now. The file stays on this phone."),
        "file_failed": _("The file could not be sent. Please try again."),
        "file_heic": _("This phone cannot read this kind of picture. Please send it as JPEG."),
        "file_same": _("This file is already here."),
        "file_no_room": _("This phone has no room left. Please stay on this page until the file is saved."),
        "file_leave": _("Some files are not saved yet."),
        "file_cancel": _("Cancel"),
        "file_again": _("Try again"),
        "file_removed": _("Removed: %(name)s"),
        "file_undo": _("Undo"),
        "file_offline": _("This needs a connection. Please try again later."),
        "file_remove": _("Remove"),
    }
