"""What the header offers under the hat that is worn."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    return {"navigation": []}
