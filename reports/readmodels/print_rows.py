from collections.abc import Iterable
from dataclasses import dataclass

from assessments.models import Assessment, QuestionnaireVersion
from reports.labels import PrintKindName
from reports.models import Print
from reports.readmodels.print_content import assessment_contents, version_content
from suppliers.labels import Country, Language, Sector


@dataclass(frozen=True)
class PrintRow:
    """One PDF on the page; `job` is None where nobody has asked for it yet, and `is_outdated` one of other answers."""

    kind: str
    language: str
    language_name: str
    job: Print | None
    is_outdated: bool = False
    about: str = ""

    @property
    def is_ready(self) -> bool:
        return self.job is not None and self.job.is_done and not self.is_outdated


@dataclass(frozen=True)
class PrintList:
    kind: str
    title: str
    rows: list[PrintRow]


def assessment_prints(assessment: Assessment) -> list[PrintList]:
    """Four queries, whatever has been made."""
    contents = assessment_contents(assessment)
    made = {(job.kind, job.language): job for job in Print.objects.filter(assessment=assessment)}
    return [
        PrintList(
            kind.value,
            str(kind.label),
            [
                _row(made.get((kind.value, language.value)), kind.value, language, contents[kind])
                for language in Language
            ],
        )
        for kind in PrintKindName
    ]


def version_prints(version: QuestionnaireVersion) -> list[PrintRow]:
    content = version_content(version)
    jobs: Iterable[Print] = Print.objects.filter(version=version).order_by("sector", "country", "language")
    return [_row(job, job.kind, Language(job.language), content, _reader(job)) for job in jobs]


def _row(job: Print | None, kind: str, language: Language, content: str, about: str = "") -> PrintRow:
    outdated = job is not None and job.is_done and job.content != content
    return PrintRow(kind, language.value, str(language.label), job, outdated, about)


def _reader(job: Print) -> str:
    return f"{Sector(job.sector).label} · {Country(job.country).label}"
