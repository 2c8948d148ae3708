from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_submission
from reports.access import open_scorecard
from reports.forms import ScorecardForm
from reports.readmodels.scorecard_rows import scorecard_rows
from reports.services import jobs
from reports.services import scorecards as services
from reports.views.files import file_answer


@login_required
@require_http_methods(["GET", "POST"])
def scorecards(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The four languages with what has become of each; the list asks again by itself while something is being made."""
    submission = open_submission(request, code, number)
    form = ScorecardForm(request.POST or None)
    if form.is_valid():
        services.request_scorecard(submission=submission, by=request.user, **form.cleaned_data)
        return redirect("reports:scorecards", code, number)
    rows = scorecard_rows(submission)
    is_active = any(row.scorecard and row.scorecard.is_active for row in rows)
    template = "reports/_scorecards.html" if request.htmx else "reports/scorecards.html"
    return render(request, template, {"submission": submission, "rows": rows, "is_active": is_active, "form": form})


@login_required
@require_POST
def cancel(request: HttpRequest, code: str, number: int, language: str) -> HttpResponse:
    jobs.cancel(job=open_scorecard(request, code, number, language))
    return redirect("reports:scorecards", code, number)


@login_required
@require_GET
def download(request: HttpRequest, code: str, number: int, language: str) -> FileResponse:
    return file_answer(open_scorecard(request, code, number, language))
