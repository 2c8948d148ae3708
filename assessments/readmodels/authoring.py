"""What an author checks before publishing: translations, what changed, and what of the sheets has no effect."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.compiled import authored_version, instrument_of
from assessments.domain.authored import Place
from assessments.domain.comparison import Comparison, WordingChange, compare
from assessments.domain.instrument import Instrument
from assessments.domain.translations import TextProblem, translation_problems
from assessments.domain.xlsform import SheetProblem
from assessments.labels import BROKEN_REASONS, sheet_problem_text, text_problem_text
from assessments.models import QuestionnaireVersion
from suppliers.labels import Language

# A report longer than this is not read to its end; the count says how many there are.
MOST_LINES = 200


@dataclass
class SheetLine:
    sheet: str
    row: int
    column: str
    text: str


def sheet_lines(problems: Iterable[SheetProblem]) -> list[SheetLine]:
    return [SheetLine(p.sheet, p.row, p.column, sheet_problem_text(p)) for p in problems]


@dataclass
class TextLine:
    place: str
    language: str
    language_code: str
    problem: str
    text: str


@dataclass
class LanguageCount:
    name: str
    missing: int
    doubtful: int


@dataclass
class BrokenLine:
    code: str
    reason: str
    detail: str


@dataclass
class WordingLine:
    place: str
    language: str
    language_code: str
    before: str
    after: str


@dataclass
class CheckPage:
    version: QuestionnaireVersion
    sections: int
    questions: int
    points: float
    remarks: list[SheetLine]
    languages: list[LanguageCount]
    text_problems: list[TextLine]
    text_problem_count: int
    before: QuestionnaireVersion | None
    comparison: Comparison | None
    wording: list[WordingLine]
    broken: list[BrokenLine]

    @property
    def may_publish(self) -> bool:
        return not self.version.is_published and not any(language.missing for language in self.languages)


def check_page(version: QuestionnaireVersion) -> CheckPage:
    instrument = instrument_of(version.pk)
    problems = translation_problems(instrument)
    before = version_before(version)
    comparison = compare(authored_version(before.pk), authored_version(version.pk)) if before else None
    return CheckPage(
        version=version,
        sections=len(instrument.sections),
        questions=sum(question.is_asked_for for question in instrument.questions.values()),
        points=_points(instrument),
        remarks=sheet_lines(SheetProblem(*remark) for remark in version.remarks),
        languages=[_count(problems, code, str(name)) for code, name in Language.choices],
        text_problems=[_text_line(problem) for problem in problems[:MOST_LINES]],
        text_problem_count=len(problems),
        before=before,
        comparison=comparison,
        wording=[_wording_line(change) for change in (comparison.wording if comparison else ())][:MOST_LINES],
        broken=[
            BrokenLine(found.code, str(BROKEN_REASONS[found.reason]), found.detail)
            for found in (comparison.broken if comparison else ())
        ],
    )


def version_before(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """The version published last before this one was made."""
    earlier = version.questionnaire.versions.published().exclude(pk=version.pk)
    return earlier.filter(created_at__lt=version.created_at).order_by("-published_at").first()


def _points(instrument: Instrument) -> float:
    return sum(question.worth for question in instrument.questions.values())


def _count(problems: list[TextProblem], code: str, name: str) -> LanguageCount:
    of_language = [problem for problem in problems if problem.language == code]
    missing = sum(problem.code == "missing" for problem in of_language)
    return LanguageCount(name, missing, len(of_language) - missing)


def _place(place: Place) -> str:
    return " · ".join(part for part in (place.code, place.field, place.part) if part)


def _text_line(problem: TextProblem) -> TextLine:
    language = str(Language(problem.language).label)
    return TextLine(_place(problem.place), language, problem.language, text_problem_text(problem.code), problem.text)


def _wording_line(change: WordingChange) -> WordingLine:
    language = str(Language(change.language).label)
    return WordingLine(_place(change.place), language, change.language, change.before, change.after)
