"""Pages go out compressed by the web server itself: a phone on a slow line waits for bytes more than for anything.

What an attacker could guess from the size of a compressed page (BREACH) is covered by Django: each page masks its
CSRF token anew, and the compressed file carries a name of random length.
"""

from django.http import HttpResponseBase
from django.http.request import HttpRequest
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/", "application/json", "application/manifest+json", "application/javascript")


class CompressionMiddleware(GZipMiddleware):
    """Files for download stay as they are: PDFs, pictures and Office files are compressed already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        return super().process_response(request, response)
