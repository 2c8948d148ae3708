from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_assessment
from assessments.exports import XLSX
from assessments.exports.answer_workbook import write_answer_workbook
from assessments.forms.workbooks import AnswerWorkbookForm, chosen
from assessments.labels import WORKBOOK_REFUSALS
from assessments.models import Assessment, WorkbookUpload
from assessments.readmodels.workbook_answers import NotOurs
from assessments.readmodels.workbook_changes import ChangesPage, changes_page
from assessments.services import workbooks
from assessments.words import reading_language
from suppliers.roles import Right


@login_required
@require_GET
def download(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.SEE_DRAFT)
    response = HttpResponse(write_answer_workbook(opened), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{opened.code}-{reading_language()}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """Where the workbook is fetched and brought back."""
    right = Right.EDIT_ANSWERS if request.method == "POST" else Right.SEE_DRAFT
    opened = open_assessment(request, code, to=right)
    form = AnswerWorkbookForm(request.POST, request.FILES) if request.method == "POST" else AnswerWorkbookForm()
    if form.is_valid():
        try:
            staged = workbooks.stage(assessment=opened, upload=form.cleaned_data["workbook"], by=request.user)
            return redirect("assessments:workbook_changes", code, staged.public_id)
        except NotOurs as refused:
            form.add_error("workbook", WORKBOOK_REFUSALS[refused.code])
    waiting = opened.workbook_uploads.filter(uploaded_by=request.user).first()
    context = {"form": form, "assessment": opened, "waiting": waiting}
    return render(request, "assessments/workbooks/workbook.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, code: str, upload: str) -> HttpResponse:
    """What the workbook would change; what is chosen is saved, and the rest stays here."""
    opened, staged = _open_upload(request, code, upload)
    page = changes_page(staged, opened)
    if request.method == "POST":
        codes, seen = chosen(request.POST, page)
        taken = workbooks.take(upload=staged, assessment=opened, codes=codes, seen=seen, by=request.user)
        _tell(request, taken)
        return redirect(_after_taking(opened, staged, changes_page(staged, opened)))
    context = {"page": page, "assessment": opened, "upload": staged}
    return render(request, "assessments/workbooks/changes.html", context)


@login_required
@require_POST
def discard(request: HttpRequest, code: str, upload: str) -> HttpResponse:
    _opened, staged = _open_upload(request, code, upload)
    workbooks.discard(upload=staged)
    messages.success(request, _("The workbook is put aside. Your answers in the portal stay as they are."))
    return redirect("assessments:workbook", code)


def _open_upload(request: HttpRequest, code: str, upload: str) -> tuple[Assessment, WorkbookUpload]:
    """Only its sender sees it."""
    opened = open_assessment(request, code, to=Right.EDIT_ANSWERS)
    return opened, get_object_or_404(opened.workbook_uploads, public_id=upload, uploaded_by=request.user)


def _tell(request: HttpRequest, taken: workbooks.Taken) -> None:
    if taken.saved:
        told = ngettext("%(count)s answer taken over.", "%(count)s answers taken over.", len(taken.saved))
        messages.success(request, told % {"count": len(taken.saved)})
    elif not taken.conflicts and not taken.locked:
        messages.info(request, _("Nothing was chosen, so nothing has changed."))
    if taken.conflicts:
        messages.warning(request, _("Somebody changed an answer in the meantime. Please choose below."))
    if taken.locked:
        messages.error(request, _("These answers cannot be changed now."))


def _after_taking(opened: Assessment, staged: WorkbookUpload, left: ChangesPage) -> str:
    """Back to the assessment once nothing of the workbook is open."""
    if left.count or left.problems:
        return redirect("assessments:workbook_changes", opened.code, staged.public_id).url
    workbooks.discard(upload=staged)
    return opened.get_absolute_url()
