"""Many submissions in one file: for the program, and for a brand of what is shared with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_campaign
from assessments.models import Campaign, Submission
from assessments.readmodels.portfolio import campaigns_of
from assessments.words import reading_language
from reports.access import open_export
from reports.forms import ExportForm
from reports.models import Export
from reports.readmodels import exportable
from reports.services import exports, jobs
from reports.views.files import file_answer
from suppliers.access import open_brand, person
from suppliers.models import Brand, Factory
from suppliers.roles import Right

SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def campaign_exports(request: HttpRequest, code: str) -> HttpResponse:
    campaign = open_campaign(request, code, to=Right.EXPORT)
    hat = request.hat  # type: ignore[attr-defined] # which the door has put on
    return _page(request, campaign, None, exportable.of_program(hat, campaign))


@login_required
@require_http_methods(["GET", "POST"])
def brand_exports(request: HttpRequest, code: str, campaign: str) -> HttpResponse:
    brand = open_brand(request, code, to=Right.EXPORT)
    campaigns = campaigns_of(Factory.objects.supplied_to(brand))
    opened = next((found for found in campaigns if found.code == campaign), None)
    if opened is None:
        raise Http404
    return _page(request, opened, brand, exportable.of_brand(brand, opened, person(request)))


def _page(
    request: HttpRequest, campaign: Campaign, brand: Brand | None, submissions: QuerySet[Submission]
) -> HttpResponse:
    form = ExportForm(request.POST or None, initial={"language": reading_language()})
    if form.is_valid():
        chosen = form.chosen(submissions)
        if chosen.exists():
            exports.request_export(
                kind=form.cleaned_data["kind"],
                campaign=campaign,
                brand=brand,
                language=form.cleaned_data["language"],
                submissions=chosen,
                by=person(request),
            )
            return redirect(request.path)
        form.add_error(
            None, _("There is no submission like this yet. Choose all countries and sectors, or come back later.")
        )
    own = Export.objects.visible_to(request.user).filter(campaign=campaign, brand=brand)
    made = list(own.select_related("campaign", "brand")[:SHOWN])
    context = {
        "campaign": campaign,
        "brand": brand,
        "form": form,
        "exports": made,
        "count": submissions.count(),
        "is_active": any(export.is_active for export in made),
    }
    return render(request, "reports/_exports.html" if request.htmx else "reports/exports.html", context)  # type: ignore[attr-defined]


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    export = open_export(request, pk)
    if not exportable.may_still_be_read(export.submission_ids, person(request)):
        messages.warning(request, _("Not everything in this file may be read any more. Please make it anew."))
        return redirect(export.get_absolute_url())
    return file_answer(export)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    export = open_export(request, pk)
    jobs.cancel(job=export)
    return redirect(export.get_absolute_url())
