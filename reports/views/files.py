from django.http import FileResponse, Http404

from reports.models import Print, Scorecard


def pdf_answer(job: Scorecard | Print) -> FileResponse:
    """A private file under a name that tells its reader what it is."""
    if not job.has_file:
        raise Http404
    response = FileResponse(
        job.file.open("rb"), as_attachment=True, filename=job.filename, content_type="application/pdf"
    )
    response["Content-Language"] = job.language
    response["Cache-Control"] = "private, no-store"
    return response
