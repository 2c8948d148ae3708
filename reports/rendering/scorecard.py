"""A scorecard's facts as a page, and the page as a PDF."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from reports.domain.scorecard import ScorecardFacts
from reports.rendering.pdf import to_pdf
from reports.rendering.stylesheet import design_tokens

# The stylesheet fills these with page counters, so that a translation may order them as its language does.
_PAGE_NUMBER = mark_safe('<span class="page-number"></span>')
_PAGE_COUNT = mark_safe('<span class="page-count"></span>')


def render_scorecard(facts: ScorecardFacts, on_progress: Callable[[int], None] = lambda percent: None) -> bytes:
    """`on_progress` hears how many percent of the work are done; what it raises ends the work."""
    html = scorecard_html(facts)
    on_progress(10)
    return to_pdf(html, on_layout=lambda: on_progress(65))


def scorecard_html(facts: ScorecardFacts) -> str:
    with translation.override(facts.language):
        return render_to_string(
            "reports/scorecard/document.html",
            {
                "facts": facts,
                "site_name": settings.SITE_NAME,
                "colours": _colours(),
                "page_number": _PAGE_NUMBER,
                "page_count": _PAGE_COUNT,
            },
        )


def _colours() -> dict[str, str]:
    """For the bars, which are pictures: no stylesheet reaches into those."""
    tokens = design_tokens()
    return {"bar": tokens["--accent"], "track": tokens["--band-beginning"], "tick": tokens["--ink"]}
