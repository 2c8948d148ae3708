"""A questionnaire as a page to print, and the page as a PDF."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.domain.prints import PrintFacts
from reports.rendering.pdf import PAGE_COUNT, PAGE_NUMBER, to_pdf


def render_questionnaire(facts: PrintFacts, on_progress: Callable[[int], None] = lambda percent: None) -> bytes:
    """`on_progress` hears how many percent of the work are done; what it raises ends the work."""
    html = questionnaire_html(facts)
    on_progress(10)
    return to_pdf(html, "questionnaire", on_layout=lambda: on_progress(65))


def questionnaire_html(facts: PrintFacts) -> str:
    with translation.override(facts.language):
        return render_to_string(
            "reports/questionnaire/document.html",
            {
                "facts": facts,
                "site_name": settings.SITE_NAME,
                "page_number": PAGE_NUMBER,
                "page_count": PAGE_COUNT,
            },
        )
