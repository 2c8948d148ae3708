from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from assessments.access import must_be_open, open_assessment
from assessments.forms.team import TeamForm
from assessments.readmodels import home
from assessments.readmodels import team as readmodel
from assessments.services import assigning, notices
from suppliers.access import person
from suppliers.roles import Right


@login_required
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, code: str) -> HttpResponse:
    """Who does what."""
    opened, by = open_assessment(request, code, to=Right.COORDINATE), person(request)
    page = home.assessment_page(opened, by)
    members = list(readmodel.members_of(opened))
    form = TeamForm(request.POST or None, links=page.links, members=members, held=readmodel.assignments_of(opened))
    if request.method == "POST":
        must_be_open(opened)
        if form.is_valid():
            handed = assigning.assign_sections(assessment=opened, wanted=form.wanted, by=by)
            notices.sections_assigned(opened, handed, by)
            messages.success(request, _("Saved"))
            return redirect("assessments:team", code)
    context = {"page": page, "assessment": opened, "form": form, "is_alone": len(members) < 2}
    return render(request, "assessments/filling/team.html", context)


@login_required
@require_GET
def activity(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.COORDINATE)
    section = request.GET.get("section", "")
    page, lines = readmodel.activity(opened, number=request.GET.get("page", 1), section=section)
    context = {"page": page, "lines": lines, "assessment": opened, "section": readmodel.title_of(opened, section)}
    return render(request, "assessments/filling/activity.html", context)
