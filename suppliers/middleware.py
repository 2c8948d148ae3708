from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from suppliers.models import Membership

Handler = Callable[[HttpRequest], HttpResponse]


class HatMiddleware:
    """`request.hats`: the active memberships; `request.hat`: the one worn now, or None. Both asked for at most once."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.hats = SimpleLazyObject(lambda: self.hats(request))  # type: ignore[attr-defined]
        request.hat = SimpleLazyObject(lambda: self.worn(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def hats(self, request: HttpRequest) -> list[Membership]:
        user = request.user
        if not user.is_authenticated:
            return []
        if user.hats is None:
            user.hats = list(Membership.objects.active().as_hats().filter(user=user))
        return user.hats

    def worn(self, request: HttpRequest) -> Membership | None:
        hats = list(request.hats)  # type: ignore[attr-defined]
        chosen = request.session.get("hat") if hats else None
        return next((hat for hat in hats if hat.pk == chosen), hats[0] if hats else None)


class UserLanguageMiddleware:
    """Who is signed in reads their own language on every device; the cookie only serves those who are not."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
