"""How many scorecards one warm process makes in a second, through the same service that the worker calls.

Prints JSON: `seconds` of each scorecard, `first` of the very first (fonts and styles are read once), `memory` in bytes.
"""

import itertools
import json
import resource
import sys
from functools import partial

import django

django.setup()

from assessments.models import Submission  # noqa: E402
from bench.figures import timed  # noqa: E402
from reports.services.making import make_scorecard  # noqa: E402
from reports.services.scorecards import request_scorecard  # noqa: E402
from suppliers.labels import Language  # noqa: E402

SCORECARDS = 24


def jobs(count: int) -> list[int]:
    """Every language in turn."""
    submissions = Submission.objects.order_by("pk")[:count]
    pairs = [(submission, language) for submission in submissions for language in Language.values]
    return [
        request_scorecard(submission=submission, language=language, by=None).pk
        for submission, language in itertools.islice(pairs, count)
    ]


def peak_memory() -> int:
    """Linux counts in kilobytes, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def make(scorecard: int) -> None:
    if not make_scorecard(scorecard):
        raise RuntimeError(f"Scorecard {scorecard} was not made")


if __name__ == "__main__":
    first, *others = [timed(partial(make, job)) for job in jobs(SCORECARDS + 1)]
    print(json.dumps({"first": first, "seconds": others, "memory": peak_memory()}))
