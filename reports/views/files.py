from django.http import FileResponse, Http404

from assessments.exports import XLSX
from reports.models import Export, Print, Scorecard

CONTENT_TYPES = {
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".xlsx": XLSX,
}


def file_answer(job: Scorecard | Print | Export) -> FileResponse:
    """A private file under a name that tells its reader what it is."""
    if not job.has_file:
        raise Http404
    response = FileResponse(
        job.file.open("rb"), as_attachment=True, filename=job.filename, content_type=CONTENT_TYPES[job.suffix]
    )
    response["Content-Language"] = job.language
    response["Cache-Control"] = "private, no-store"
    return response
