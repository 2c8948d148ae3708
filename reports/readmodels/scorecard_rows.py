from dataclasses import dataclass

from assessments.models import Submission
from reports.domain.scorecard import TEMPLATE_VERSION
from reports.models import Scorecard
from suppliers.labels import Language


@dataclass(frozen=True)
class Row:
    """One language on the scorecards page; `scorecard` is None where nobody has asked for it yet."""

    language: str
    language_name: str
    scorecard: Scorecard | None


def scorecard_rows(submission: Submission) -> list[Row]:
    made = {
        scorecard.language: scorecard
        for scorecard in Scorecard.objects.filter(submission=submission, template_version=TEMPLATE_VERSION)
    }
    return [Row(language.value, str(language.label), made.get(language.value)) for language in Language]
