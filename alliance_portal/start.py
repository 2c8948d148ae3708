"""Where everybody begins: the page for all the world, and each hat's own first page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from suppliers.models import Membership
from suppliers.roles import Scope

FIRST_PAGE = {
    Scope.FACTORY: "assessments:factory_home",
    Scope.BRAND: "assessments:supplier_table",
    Scope.PROGRAM: "assessments:program_home",
}


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    return render(request, "landing.html")


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    hat: Membership | None = request.hat  # type: ignore[attr-defined]
    if not hat:
        return render(request, "suppliers/no_hat.html")
    return redirect(FIRST_PAGE[hat.scope], *([hat.place.code] if hat.place else []))
