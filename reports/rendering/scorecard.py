"""A scorecard's facts as a page, and the page as a PDF."""

from reports.domain.scorecard import ScorecardFacts
from reports.rendering.document import OnProgress, document_html, document_pdf, nobody_listens
from reports.rendering.stylesheet import design_tokens


def render_scorecard(facts: ScorecardFacts, on_progress: OnProgress = nobody_listens) -> bytes:
    """`on_progress` hears how many percent of the work are done; what it raises ends the work."""
    return document_pdf(scorecard_html(facts), "scorecard", on_progress)


def scorecard_html(facts: ScorecardFacts) -> str:
    return document_html("reports/scorecard/document.html", facts, colours=_colours())


def _colours() -> dict[str, str]:
    """For the bars, which are pictures: no stylesheet reaches into those."""
    tokens = design_tokens()
    return {"bar": tokens["--accent"], "track": tokens["--band-beginning"], "tick": tokens["--ink"]}
