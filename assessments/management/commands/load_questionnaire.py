from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.domain.translations import translation_problems
from assessments.labels import sheet_problem_text, text_problem_text
from assessments.services import questionnaires
from assessments.sheets import NoSheets, read_folder


class Command(BaseCommand):
    help = "Load a questionnaire from a folder of CSV sheets in XLSForm shape."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what is wrong; store nothing")
        parser.add_argument("--publish", action="store_true", help="publish the version; it never changes after that")

    def handle(self, *args: Any, path: Path, check: bool, publish: bool, **options: Any) -> None:
        try:
            sheets = read_folder(path)
        except NoSheets:
            raise CommandError(f"{path} has no survey.csv") from None
        reading = questionnaires.check(sheets)
        for problem in reading.problems:
            self.stderr.write(f"{problem.sheet} row {problem.row} {problem.column}: {sheet_problem_text(problem)}")
        if reading.instrument is None:
            raise CommandError(f"{len(reading.problems)} problems; nothing was loaded")
        for missing in translation_problems(reading.instrument):
            place = " ".join(part for part in (missing.place.code, missing.place.field, missing.place.part) if part)
            self.stderr.write(f"{place} {missing.language}: {text_problem_text(missing.code)}")
        if check:
            self.stdout.write(f"{len(reading.instrument.questions)} questions, no problem found")
            return
        self.load(sheets, publish=publish)

    def load(self, sheets: dict[str, list[list[str]]], *, publish: bool) -> None:
        try:
            loaded = questionnaires.load(sheets)
        except questionnaires.VersionIsPublished:
            raise CommandError("This version is published and never changes: raise the version in settings") from None
        try:
            version = questionnaires.publish(loaded.version) if publish else loaded.version
        except questionnaires.Untranslated as error:
            raise CommandError(f"{error.count} texts are missing; the draft is loaded, but not published") from None
        state = "published" if version.published_at else "draft"
        self.stdout.write(f"{version} {'loaded' if loaded.is_new else 'unchanged'} ({state})")
