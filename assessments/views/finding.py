from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments.access import open_assessment
from assessments.readmodels import finding
from assessments.readmodels.anchors import anchor_of
from assessments.sheet import reopened_codes
from suppliers.roles import Right

LONGEST_SEARCH = 100


@login_required
@require_GET
def search(request: HttpRequest, code: str) -> HttpResponse:
    opened = open_assessment(request, code, to=Right.SEE_DRAFT)
    page = finding.search_page(opened, request.GET.get("q", "")[:LONGEST_SEARCH])
    return render(request, "assessments/filling/search.html", {"page": page, "assessment": opened})


@login_required
@require_GET
def next_open(request: HttpRequest, code: str) -> HttpResponse:
    """On to the next question with something left to do, in whichever section it is."""
    opened = open_assessment(request, code, to=Right.SEE_DRAFT)
    found = finding.next_open(opened, request.GET.get("after", ""), reopened_codes(opened))
    if found is None:
        return redirect("assessments:missing", code)
    section, question = found
    return redirect(f"{reverse('assessments:section', args=[code, section])}#{anchor_of(question)}")
