from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.access import open_campaign, open_version
from assessments.forms.campaigns import CampaignForm, InviteForm
from assessments.forms.reviewing import ProgramFilterForm
from assessments.models import Campaign
from assessments.readmodels import program as reading
from assessments.readmodels import questionnaire as questionnaires
from assessments.services import campaigns as service
from assessments.words import reading_language
from suppliers.access import open_program
from suppliers.labels import Sector
from suppliers.models import Factory
from suppliers.roles import Right

# More than these are invited as a group: nobody reads through a longer list of boxes.
NAMED_AT_MOST = 100


@login_required
@require_GET
def program_home(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.SEE_PORTFOLIO)
    form = ProgramFilterForm(request.GET)
    campaign = None
    if code := request.GET.get("campaign"):
        campaign = get_object_or_404(Campaign.objects.visible_to(request.user), code=code)
    page = reading.overview(request.user, campaign, form.filters(), reading_language())
    clear_url = f"?campaign={campaign.code}" if campaign else request.path
    context = {"page": page, "table": page.table, "form": form, "clear_url": clear_url}
    return render(request, "assessments/program/home.html", context)


@login_required
@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.RUN_CAMPAIGNS)
    context = {"campaigns": reading.campaign_list(request.user)}
    return render(request, "assessments/program/campaigns.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.RUN_CAMPAIGNS)
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        campaign = form.save()
        messages.success(request, _("The campaign is ready. Now invite the factories."))
        return redirect("assessments:campaign", campaign.code)
    return render(request, "assessments/program/campaign_form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def campaign_edit(request: HttpRequest, code: str) -> HttpResponse:
    campaign = open_campaign(request, code, to=Right.RUN_CAMPAIGNS)
    form = CampaignForm(request.POST or None, instance=campaign)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect("assessments:campaign", code)
    return render(request, "assessments/program/campaign_form.html", {"form": form, "campaign": campaign})


@login_required
@require_GET
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_campaign(request, code, to=Right.RUN_CAMPAIGNS)
    factories = Factory.objects.visible_to(request.user)
    form = InviteForm(request.GET if "count" in request.GET else None)
    fresh, named = None, []
    if form.is_valid():
        found = form.chosen(factories).exclude(assessments__campaign=opened)
        fresh = found.count()
        if fresh <= NAMED_AT_MOST:
            named = list(found.in_reading_order())
    context = {
        "campaign": opened,
        "progress": reading.campaign_progress(opened, factories),
        "form": form,
        "fresh": fresh,
        "named": named,
        "named_at_most": NAMED_AT_MOST,
    }
    return render(request, "assessments/program/campaign.html", context)


@login_required
@require_POST
def campaign_invite(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_campaign(request, code, to=Right.RUN_CAMPAIGNS)
    form = InviteForm(request.POST)
    if form.is_valid():
        factories = form.chosen(Factory.objects.visible_to(request.user))
        if "named" in request.POST:
            factories = factories.filter(code__in=request.POST.getlist("factory"))
            if not factories:
                messages.error(request, _("Nobody was invited. Tick at least one factory."))
                asked = urlencode({"count": 1} | form.cleaned_data)
                return redirect(f"{reverse('assessments:campaign', args=[code])}?{asked}#invite")
        invited = service.invite_factories(campaign=opened, factories=factories)
        told = ngettext("%(count)s factory invited.", "%(count)s factories invited.", invited) % {"count": invited}
        messages.success(request, told)
    return redirect("assessments:campaign", code)


@login_required
@require_GET
def questionnaire_list(request: HttpRequest) -> HttpResponse:
    open_program(request, to=Right.SEE_QUESTIONNAIRES)
    may_manage = request.hat.allows(Right.MANAGE_QUESTIONNAIRES)  # type: ignore[attr-defined]
    context = {"versions": questionnaires.versions(), "may_manage": may_manage}
    return render(request, "assessments/program/questionnaires.html", context)


@login_required
@require_GET
def questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    version = open_version(request, pk, to=Right.SEE_QUESTIONNAIRES)
    chosen = request.GET.get("sector", "")
    sector = chosen if chosen in Sector.values else Sector.values[0]
    context = {
        "version": version,
        "sections": questionnaires.preview(version, sector),
        "sector": sector,
        "sectors": Sector.choices,
    }
    return render(request, "assessments/program/questionnaire.html", context)
