"""A questionnaire as a page to print, and the page as a PDF."""

from reports.domain.prints import PrintFacts
from reports.rendering.document import OnProgress, document_html, document_pdf, nobody_listens


def render_questionnaire(facts: PrintFacts, on_progress: OnProgress = nobody_listens) -> bytes:
    """`on_progress` hears how many percent of the work are done; what it raises ends the work."""
    return document_pdf(questionnaire_html(facts), "questionnaire", on_progress)


def questionnaire_html(facts: PrintFacts) -> str:
    return document_html("reports/questionnaire/document.html", facts)
