from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from assessments.access import open_evidence


@login_required
@require_GET
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Always as a download: what a stranger uploaded never runs as a page of ours."""
    evidence = open_evidence(request, public_id)
    try:
        file = evidence.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=evidence.name, content_type=evidence.content_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
    return response
