from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.models import Submission
from reports.readmodels.scorecard_facts import facts_for
from reports.rendering.scorecard import render_scorecard
from suppliers.labels import Language


class Command(BaseCommand):
    help = "Renders one submission's scorecard to a file, here and now, without a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "submission", help="ASSESSMENT-CODE/NUMBER, ASSESSMENT-CODE for its latest, or a database id"
        )
        parser.add_argument("--language", choices=Language.values, default=Language.ENGLISH.value)
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, submission: str, language: str, output: Path, **options: Any) -> None:
        found = find_submission(submission)
        if found is None:
            raise CommandError(f"There is no submission {submission}.")
        output.write_bytes(render_scorecard(facts_for(found, language)))
        self.stdout.write(f"{output}")


def find_submission(name: str) -> Submission | None:
    submissions = Submission.objects.with_places().order_by("-number")
    if name.isdecimal():
        return submissions.filter(pk=int(name)).first()
    code, _, number = name.partition("/")
    of_assessment = submissions.filter(assessment__code=code)
    if not number:
        return of_assessment.first()
    return of_assessment.filter(number=int(number)).first() if number.isdecimal() else None
