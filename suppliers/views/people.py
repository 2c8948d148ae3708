from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from suppliers.access import open_brand, open_colleague, open_factory, open_pending_invitation, open_program, person
from suppliers.forms.people import InvitationForm
from suppliers.models import Invitation, Membership
from suppliers.readmodels.people import people_of
from suppliers.roles import Right, Scope
from suppliers.services import memberships
from suppliers.services.memberships import Place


@login_required
@require_http_methods(["GET", "POST"])
def factory_people(request: HttpRequest, code: str) -> HttpResponse:
    factory = open_factory(request, code, to=Right.SEE_PEOPLE)
    return _people(request, Scope.FACTORY, Place(factory=factory), factory.language)


@login_required
@require_http_methods(["GET", "POST"])
def brand_people(request: HttpRequest, code: str) -> HttpResponse:
    brand = open_brand(request, code, to=Right.SEE_PEOPLE)
    return _people(request, Scope.BRAND, Place(brand=brand), get_language() or "en")


@login_required
@require_http_methods(["GET", "POST"])
def program_people(request: HttpRequest) -> HttpResponse:
    hat = open_program(request, to=Right.SEE_PEOPLE)
    return _people(request, Scope.PROGRAM, Place(country=hat.country), get_language() or "en")


def _people(request: HttpRequest, scope: Scope, place: Place, language: str) -> HttpResponse:
    hat: Membership = request.hat  # type: ignore[attr-defined]
    form = InvitationForm(request.POST or None, hat=hat, scope=scope, language=language)
    if form.is_valid():
        asked = form.cleaned_data
        memberships.invite(
            email=asked["email"],
            role=asked["role"],
            place=Place(place.factory, place.brand, asked.get("country", "")),
            by=person(request),
            hat=hat,
            language=asked["language"],
            link_base=invitation_address(),
        )
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": asked["email"]})
        return redirect(request.path)
    people = people_of(hat, person(request), factory=place.factory, brand=place.brand, country=place.country)
    context = {"place": place, "form": form, "people": people, "scope": scope.value}
    return render(request, "suppliers/people.html", context)


@login_required
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = open_pending_invitation(request, pk)
    memberships.renew(invitation=invitation, link_base=invitation_address())
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
    return redirect(people_address(invitation))


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = open_pending_invitation(request, pk)
    memberships.revoke(invitation=invitation)
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect(people_address(invitation))


@login_required
@require_POST
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    membership = open_colleague(request, pk)
    memberships.end_membership(membership=membership)
    messages.success(request, _("%(person)s has no access here any more.") % {"person": membership.user})
    return redirect(people_address(membership))


def invitation_address() -> str:
    """The absolute address behind which the token is put."""
    path = reverse("suppliers:invitation", args=["-"]).removesuffix("-")
    return f"{settings.SITE_URL}{path}"


def people_address(held: Membership | Invitation) -> str:
    if held.factory:
        return reverse("suppliers:factory_people", args=[held.factory.code])
    if held.brand:
        return reverse("suppliers:brand_people", args=[held.brand.code])
    return reverse("suppliers:program_people")
