from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_assessment, open_version
from reports.access import open_print, open_version_print
from reports.forms import PrintForm, VersionPrintForm
from reports.readmodels.print_rows import assessment_prints, version_prints
from reports.services import jobs, prints
from reports.views.files import file_answer
from suppliers.roles import Right


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The questionnaire of an assessment to print, empty and with its answers, in four languages."""
    assessment = open_assessment(request, code, to=Right.SEE_DRAFT)
    form = PrintForm(request.POST or None)
    if form.is_valid():
        prints.request_print(assessment=assessment, by=request.user, **form.cleaned_data)
        return redirect("reports:paper", code)
    lists = assessment_prints(assessment)
    is_active = any(row.job and row.job.is_active for part in lists for row in part.rows)
    template = "reports/_prints.html" if request.htmx else "reports/paper.html"
    context = {"assessment": assessment, "lists": lists, "is_active": is_active, "form": form}
    return render(request, template, context)


@login_required
@require_GET
def download(request: HttpRequest, code: str, pk: int) -> FileResponse:
    return file_answer(open_print(request, code, pk))


@login_required
@require_POST
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    jobs.cancel(job=open_print(request, code, pk))
    return redirect("reports:paper", code)


@login_required
@require_http_methods(["GET", "POST"])
def version_paper(request: HttpRequest, version: int) -> HttpResponse:
    """A version to print, as a sector and a country see it."""
    opened = open_version(request, version, to=Right.SEE_QUESTIONNAIRES)
    form = VersionPrintForm(request.POST or None)
    if form.is_valid():
        prints.request_version_print(version=opened, by=request.user, **form.cleaned_data)
        return redirect("reports:version_paper", version)
    rows = version_prints(opened)
    is_active = any(row.job and row.job.is_active for row in rows)
    template = "reports/_version_prints.html" if request.htmx else "reports/version_paper.html"
    return render(request, template, {"version": opened, "rows": rows, "is_active": is_active, "form": form})


@login_required
@require_GET
def version_download(request: HttpRequest, version: int, pk: int) -> FileResponse:
    return file_answer(open_version_print(request, version, pk))


@login_required
@require_POST
def version_cancel(request: HttpRequest, version: int, pk: int) -> HttpResponse:
    jobs.cancel(job=open_version_print(request, version, pk))
    return redirect("reports:version_paper", version)
