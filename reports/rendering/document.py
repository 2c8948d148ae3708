"""What all documents on paper have in common: facts → a page in their language → a PDF."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.domain.prints import PrintFacts
from reports.domain.scorecard import ScorecardFacts
from reports.rendering.pdf import PAGE_COUNT, PAGE_NUMBER, to_pdf

OnProgress = Callable[[int], None]


def nobody_listens(_percent: int) -> None:
    return None


def document_html(template: str, facts: PrintFacts | ScorecardFacts, **more: Any) -> str:
    context = {"facts": facts, "site_name": settings.SITE_NAME, "page_number": PAGE_NUMBER, "page_count": PAGE_COUNT}
    with translation.override(facts.language):
        return render_to_string(template, context | more)


def document_pdf(html: str, style: str, on_progress: OnProgress) -> bytes:
    """The page itself counts for a tenth of the work, the layout for about half."""
    on_progress(10)
    return to_pdf(html, style, on_layout=lambda: on_progress(65))
