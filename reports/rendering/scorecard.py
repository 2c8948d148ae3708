"""A scorecard's facts as a page, and the page as a PDF."""

from collections.abc import Callable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from reports.domain.scorecard import ScorecardFacts
from reports.rendering.pdf import PAGE_COUNT, PAGE_NUMBER, to_pdf
from reports.rendering.stylesheet import design_tokens


def render_scorecard(facts: ScorecardFacts, on_progress: Callable[[int], None] = lambda percent: None) -> bytes:
    """`on_progress` hears how many percent of the work are done; what it raises ends the work."""
    html = scorecard_html(facts)
    on_progress(10)
    return to_pdf(html, "scorecard", on_layout=lambda: on_progress(65))


def scorecard_html(facts: ScorecardFacts) -> str:
    with translation.override(facts.language):
        return render_to_string(
            "reports/scorecard/document.html",
            {
                "facts": facts,
                "site_name": settings.SITE_NAME,
                "colours": _colours(),
                "page_number": PAGE_NUMBER,
                "page_count": PAGE_COUNT,
            },
        )


def _colours() -> dict[str, str]:
    """For the bars, which are pictures: no stylesheet reaches into those."""
    tokens = design_tokens()
    return {"bar": tokens["--accent"], "track": tokens["--band-beginning"], "tick": tokens["--ink"]}
