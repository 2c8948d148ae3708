from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.access import open_assessment, open_submission
from assessments.domain.states import WrongState
from assessments.forms.filling import SubmitForm
from assessments.readmodels import home, results
from assessments.services import notices, submitting
from suppliers.roles import Right


@login_required
@require_GET
def missing(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.SEE_DRAFT)
    page = home.missing_page(opened)
    return render(request, "assessments/filling/missing.html", {"page": page, "assessment": opened})


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.SUBMIT)
    if not opened.is_editable:
        messages.info(request, _("This assessment is submitted already."))
        return redirect("assessments:assessment", code)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    page = home.missing_page(opened)
    if request.method == "GET" or page.gaps or not form.is_valid():
        preview = results.score_preview(submitting.preview(opened), opened.campaign.version_id)
        context = {"page": page, "assessment": opened, "form": form, "preview": preview}
        return render(request, "assessments/filling/submit.html", context)
    try:
        submission = submitting.submit(assessment=opened, by=request.user, note=form.cleaned_data["note"])
    except submitting.Incomplete:
        return redirect("assessments:missing", code)
    except WrongState:
        messages.error(request, _("This assessment is submitted already."))
        return redirect("assessments:assessment", code)
    notices.submitted(submission)
    return redirect("assessments:receipt", code, submission.number)


@login_required
@require_GET
def receipt(request: HttpRequest, code: str, number: int) -> HttpResponse:
    submission = open_submission(request, code, number, to=Right.SEE_DRAFT)
    return render(request, "assessments/filling/receipt.html", {"submission": submission})


@login_required
@require_GET
def result(request: HttpRequest, code: str, number: int) -> HttpResponse:
    submission = open_submission(request, code, number)
    page = results.result_page(submission)
    return render(request, "assessments/results/result.html", {"page": page, "submission": submission})
