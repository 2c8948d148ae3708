"""The portal as an app on a phone: its manifest, its service worker, the page without a connection, and whose phone."""

import hashlib
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alliance_portal.frontend import BUILD, address

# What a page of the questionnaire is made of, which a phone keeps; the rest comes when it is asked for.
SHELL = ("site.css", "site.js", "offline.js", "section.js", "shared.", "images/icons.svg", "images/logo.svg")
FACES = {
    "en": ("noto-sans-latin-4", "noto-sans-latin-6"),
    "vi": ("noto-sans-latin-", "noto-sans-vietnamese-"),
    "km": ("noto-sans-latin-4", "noto-sans-latin-6", "noto-sans-khmer-"),
    "th": ("noto-sans-latin-4", "noto-sans-latin-6", "noto-sans-thai-"),
}


@require_GET
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, because it may only serve what lies below its own address."""
    known = json.dumps(_build(), sort_keys=True)
    script = f"self.PORTAL = {known};\n{(BUILD / 'sw.js').read_text()}"
    return HttpResponse(script, content_type="text/javascript", headers={"Service-Worker-Allowed": "/"})


def _build() -> dict[str, Any]:
    """The built files with their addresses, and a version that changes with any of them."""
    hashes: dict[str, str] = json.loads((BUILD / "assets.json").read_text())
    shell = [address(name) for name in hashes if name.startswith(SHELL)]
    fonts = {
        language: [static(name) for name in hashes if name.startswith(tuple(f"fonts/{face}" for face in faces))]
        for language, faces in FACES.items()
    }
    known = {"shell": shell, "fonts": fonts, "offline": reverse("offline"), "home": reverse("home")}
    named = [known, {name: digest for name, digest in hashes.items() if name.startswith((*SHELL, "sw.js"))}]
    return known | {"version": hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]}


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": static(f"images/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    described = {
        "id": "/",
        "name": str(settings.SITE_NAME),
        "short_name": str(settings.SITE_NAME),
        "description": _("One questionnaire a year, shared with every brand that buys from you."),
        "lang": get_language(),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f1ec",
        "theme_color": "#0b6170",
        "icons": [*icons, {"src": static("images/logo.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


@require_GET
def offline_page(request: HttpRequest) -> HttpResponse:
    """Kept by the phone for all that it does not have. It says nothing about anybody."""
    return render(request, "offline.html")


class DeviceMiddleware:
    """Says whose page it is, so that a phone never shows one person's pages to another, and clears it at sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["X-Portal-User"] = _public_id(request) or "-"
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@receiver(user_logged_out)
def note_sign_out(request: HttpRequest | None = None, **sent: object) -> None:
    if request is not None:
        # Somebody leaves so that the person whose unsent answers are on this phone can send them.
        request.signed_out = request.POST.get("keep") != "1"  # type: ignore[attr-defined]


def _public_id(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    return user.public_id if user is not None and user.is_authenticated else ""


def offline(request: HttpRequest) -> dict[str, object]:
    """`offline_data`: what the scripts of every page need; worked out only where a template asks."""
    return {"offline_data": partial(_data, request)}


def _data(request: HttpRequest) -> dict[str, Any]:
    known: dict[str, Any] = {"user": _public_id(request), "language": get_language()}
    if not known["user"]:
        return known
    return known | {
        "sync": reverse("assessments:sync", args=["ASSESSMENT"]),
        "question": reverse("assessments:section", args=["ASSESSMENT", "SECTION"]),
        "sign_in": reverse(settings.LOGIN_URL),
        "sign_out": reverse("account_logout"),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "waiting_one": _("1 answer waits on this phone"),
        "waiting_many": _("%(count)s answers wait on this phone"),
        "choose_one": _("1 answer needs your choice"),
        "choose_many": _("%(count)s answers need your choice"),
        "locked_one": _("1 answer cannot be changed now"),
        "locked_many": _("%(count)s answers cannot be changed now"),
        "files_one": _("1 document waits on this phone"),
        "files_many": _("%(count)s documents wait on this phone"),
        "saved": _("Saved"),
        "offline": _("No connection. Answers are sent later."),
        "trouble": _("The portal does not answer. Answers are sent later."),
        "signed_out": _("Please sign in again. Then your answers are sent."),
        "full": _("This phone has no space left. Please delete something from it, and keep this page open."),
        "nearly_full": _("This phone has little space left. Please delete something from it."),
        "is_waiting": _("Saved on this phone"),
        "is_conflict": _("Needs your choice"),
        "is_locked": _("Cannot be changed now"),
        "discard": _("Delete"),
        "empty": _("No answer"),
    }
