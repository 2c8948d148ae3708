from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST

from suppliers.access import hats_of, put_on
from suppliers.forms.people import HatForm, ProfileForm


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        user = form.save()
        with translation.override(user.language):
            messages.success(request, _("Saved"))
        return redirect("suppliers:profile")
    return render(request, "suppliers/profile.html", {"form": form})


@login_required
@require_POST
def wear_hat(request: HttpRequest) -> HttpResponse:
    form = HatForm(request.POST)
    wanted = form.cleaned_data["hat"] if form.is_valid() else None
    hat = next((hat for hat in hats_of(request) if hat.pk == wanted), None)
    if not hat:
        raise Http404
    put_on(request, hat)
    return redirect("home")


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Kept in the profile of who is signed in, in a cookie for all others."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return i18n.set_language(request)
