from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_version
from assessments.compiled import authored_version
from assessments.domain import xlsform
from assessments.exports import XLSX
from assessments.forms.authoring import PreviewForm, WorkbookForm
from assessments.readmodels import authoring as reading
from assessments.readmodels import preview
from assessments.services import questionnaires
from assessments.sheets import write_workbook
from assessments.words import reading_language
from suppliers.access import open_program
from suppliers.roles import Right


@login_required
@require_http_methods(["GET", "POST"])
def questionnaire_upload(request: HttpRequest) -> HttpResponse:
    """All problems at once, or a draft to check."""
    open_program(request, to=Right.MANAGE_QUESTIONNAIRES)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    problems: list[reading.SheetLine] = []
    if form.is_valid():
        try:
            loaded = questionnaires.load_upload(form.cleaned_data["workbook"])
            return redirect("assessments:questionnaire_check", loaded.version.pk)
        except questionnaires.SheetsRefused as refused:
            problems = reading.sheet_lines(refused.problems)
        except questionnaires.VersionIsPublished:
            form.add_error("workbook", _("This version is published. Please raise the version in the settings sheet."))
    context = {"form": form, "problems": problems[: reading.MOST_LINES], "count": len(problems)}
    return render(request, "assessments/authoring/upload.html", context)


@login_required
@require_GET
def questionnaire_check(request: HttpRequest, pk: int) -> HttpResponse:
    version = open_version(request, pk, to=Right.SEE_QUESTIONNAIRES)
    may_manage = request.hat.allows(Right.MANAGE_QUESTIONNAIRES)  # type: ignore[attr-defined]
    context = {"page": reading.check_page(version), "version": version, "may_manage": may_manage}
    return render(request, "assessments/authoring/check.html", context)


@login_required
@require_GET
def questionnaire_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page speaks the chosen language, as it will to the factory."""
    version = open_version(request, pk, to=Right.SEE_QUESTIONNAIRES)
    chosen = PreviewForm(request.GET).chosen(reading_language())
    with translation.override(chosen.pop("language")):
        page = preview.preview_page(version, section=request.GET.get("section", ""), **chosen)
        form = PreviewForm(initial=chosen | {"language": reading_language()})
        context = {"page": page, "version": version, "form": form, "chosen": chosen, "language": reading_language()}
        return render(request, "assessments/authoring/preview.html", context)


@login_required
@require_GET
def questionnaire_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    version = open_version(request, pk, to=Right.SEE_QUESTIONNAIRES)
    content = write_workbook(xlsform.write(authored_version(version.pk)))
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{version.questionnaire.code}-{version.number}.xlsx"'
    return response


@login_required
@require_POST
def questionnaire_publish(request: HttpRequest, pk: int) -> HttpResponse:
    version = open_version(request, pk, to=Right.MANAGE_QUESTIONNAIRES)
    try:
        questionnaires.publish(version)
        messages.success(request, _("Published. Campaigns can use this version now."))
    except questionnaires.Untranslated as error:
        told = ngettext("%(count)s text is missing.", "%(count)s texts are missing.", error.count)
        messages.error(request, told % {"count": error.count})
    return redirect("assessments:questionnaire_check", pk)


@login_required
@require_POST
def questionnaire_discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = open_version(request, pk, to=Right.MANAGE_QUESTIONNAIRES)
    try:
        questionnaires.discard(version)
    except questionnaires.VersionIsPublished:
        messages.error(request, _("A published version cannot be deleted."))
        return redirect("assessments:questionnaire_check", pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("assessments:questionnaires")
