"""A scorecard's facts as a page, and the page as a PDF."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from reports.domain.scorecard import ScorecardFacts
from reports.rendering.pdf import to_pdf

# Raised by one whenever the page would look different: a scorecard is kept per submission, language and version.
TEMPLATE_VERSION = "1"

# The stylesheet fills these with page counters, so that a translation may order them as its language does.
_PAGE_NUMBER = mark_safe('<span class="page-number"></span>')
_PAGE_COUNT = mark_safe('<span class="page-count"></span>')


def render_scorecard(facts: ScorecardFacts) -> bytes:
    return to_pdf(scorecard_html(facts))


def scorecard_html(facts: ScorecardFacts) -> str:
    with translation.override(facts.language):
        return render_to_string(
            "reports/scorecard/document.html",
            {"facts": facts, "colours": {"track":"#dcebea","accent":"#0e5e66","ink":"#1d2429"}, "page_number": _PAGE_NUMBER, "page_count": _PAGE_COUNT},
        )
