"""Files about many submissions at once."""

import datetime as dt
from enum import StrEnum


class ExportKind(StrEnum):
    SCORECARDS = "scorecards"
    """A ZIP with the scorecard of each submission, and the scores."""
    SCORES = "scores"
    """An .xlsx with one row a submission."""


# It repeats what stands in the portal, where consent may since have been withdrawn: it is not kept for long.
KEPT_FOR = dt.timedelta(days=7)
SUFFIXES = {ExportKind.SCORECARDS: ".zip", ExportKind.SCORES: ".xlsx"}
