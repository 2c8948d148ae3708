from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suppliers.access import open_invitation, person, put_on
from suppliers.adapter import AccountAdapter
from suppliers.models import User
from suppliers.services import memberships


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds the link has read the mail: the address counts as confirmed when they sign up."""
    opened = open_invitation(token)
    if not opened.is_open:
        return render(request, "suppliers/invitation_closed.html", {"invitation": opened}, status=410)
    request.session["invitation"] = token
    AccountAdapter().stash_verified_email(request, opened.email)
    is_stranger = not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
    if is_stranger:
        # In the language of the mail, here and on the pages that follow, until the reader chooses another.
        translation.activate(opened.language)
    is_known = User.objects.filter(email=opened.email).exists()
    shown = {"invitation": opened, "token": token, "is_known": is_known}
    response = render(request, "suppliers/invitation.html", shown)
    if is_stranger:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, opened.language, samesite="Lax")
    return response


@login_required
@require_http_methods(["POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    opened = open_invitation(token)
    try:
        hat = memberships.accept(invitation=opened, by=person(request))
    except memberships.InvitationNotOpen:
        return render(request, "suppliers/invitation_closed.html", {"invitation": opened}, status=410)
    except memberships.WrongPerson:
        messages.error(request, _("This invitation is for another e-mail address than the one you signed in with."))
        return redirect("suppliers:invitation", token)
    request.session.pop("invitation", None)
    put_on(request, hat)
    messages.success(request, _("Welcome to %(place)s!") % {"place": hat.place_name})
    return redirect("home")
