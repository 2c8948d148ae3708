from reports.models.exports import Export
from reports.models.jobs import Job
from reports.models.prints import Print
from reports.models.scorecards import Scorecard

__all__ = ["Export", "Job", "Print", "Scorecard"]
