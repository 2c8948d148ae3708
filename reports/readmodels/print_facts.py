"""From an assessment or a version to what its printed questionnaire says."""

from django.utils import timezone, translation
from django.utils.translation import gettext

from assessments.compiled import instrument_of
from assessments.domain.completeness import Sheet
from assessments.domain.instrument import Kind, Question, Section
from assessments.domain.logic import names_in
from assessments.models import Assessment
from assessments.readmodels.question_block import QuestionBlock, block_of
from assessments.readmodels.skip_words import skip_words
from assessments.sheet import sheet_of
from assessments.words import cell_text, written_in
from reports.domain.prints import (
    PrintChoice,
    PrintColumn,
    PrintFacts,
    PrintKind,
    PrintQuestion,
    PrintRow,
    PrintSection,
)
from reports.domain.scorecard import Run
from reports.models import Print
from reports.readmodels.print_content import assessment_contents, version_content
from suppliers import places
from suppliers.labels import LANGUAGE_OF_COUNTRY, Country, Sector

LINES, MANY_LINES = 2, 6


def print_facts(job: Print) -> PrintFacts:
    """Two queries more than the instrument's own, whatever the number of questions."""
    with translation.override(job.language):
        return _of_version(job) if job.assessment_id is None else _of_assessment(job)


def _of_version(job: Print) -> PrintFacts:
    assert job.version is not None
    sheet = Sheet(instrument_of(job.version.pk), job.sector, {}, {}, timezone.localdate())
    return PrintFacts(
        kind=PrintKind.BLANK,
        language=job.language,
        content=version_content(job.version),
        title=sheet.instrument.title.in_(job.language),
        version=sheet.instrument.version,
        sector=str(Sector(job.sector).label),
        country=str(Country(job.country).label),
        sections=_Pages(sheet, job.country, job.language).sections(),
    )


def _of_assessment(job: Print) -> PrintFacts:
    assessment = Assessment.objects.select_related("factory", "campaign__version").get(pk=job.assessment_id)
    factory, language, kind = assessment.factory, job.language, PrintKind(job.kind)
    # Before the answers are read: what changes in between makes the file outdated, not wrongly up to date.
    content = assessment_contents(assessment, [kind])[kind]
    if kind is PrintKind.FILLED:
        sheet, pages = sheet_of(assessment), _Filled
    else:
        instrument = instrument_of(assessment.campaign.version_id)
        sheet, pages = Sheet(instrument, factory.sector, {}, {}, timezone.localdate()), _Pages
    country = Country(factory.country)
    same = factory.name == factory.name_latin
    return PrintFacts(
        kind=kind,
        language=language,
        content=content,
        title=sheet.instrument.title.in_(language),
        version=sheet.instrument.version,
        sector=str(Sector(factory.sector).label),
        country=str(country.label),
        sections=pages(sheet, factory.country, language, assessment).sections(),
        factory=Run(factory.name, LANGUAGE_OF_COUNTRY[country]),
        factory_latin=None if same or not factory.name_latin else Run(factory.name_latin, "en"),
        place=gettext("%(province)s, %(country)s")
        % {"province": places.province_name(factory.province, language), "country": country.label},
        campaign=assessment.campaign.name,
        year=assessment.campaign.reporting_year,
    )


class _Pages:
    """The empty questionnaire: every question that the sector may be asked, with its condition in words."""

    def __init__(self, sheet: Sheet, country: str, language: str, assessment: Assessment | None = None) -> None:
        self.sheet, self.country, self.language = sheet, country, language

    def sections(self) -> tuple[PrintSection, ...]:
        made = (self._section(section) for section in self.sheet.instrument.sections)
        return tuple(section for section in made if section.count)

    def _section(self, section: Section) -> PrintSection:
        sector = self.sheet.sector
        asked = (q for q in section.questions if q.kind is not Kind.CALCULATED)
        return PrintSection(
            code=section.code,
            title=section.title.in_(self.language),
            description=section.description.in_(self.language),
            skip=skip_words(section.relevant, self.sheet.instrument, self.language),
            questions=tuple(self.question(q) for q in asked if not q.sectors or sector in q.sectors),
        )

    def question(self, question: Question) -> PrintQuestion:
        block = self.block(question)
        return PrintQuestion(
            code=question.code,
            kind=question.kind.value,
            label=block.label,
            hint=block.hint,
            required=question.required,
            skip=skip_words(question.relevant, self.sheet.instrument, self.language),
            skipped=self.is_skipped(question),
            choices=tuple(PrintChoice(c.label, c.chosen and not block.is_na) for c in block.choices),
            several=question.kind is Kind.MULTIPLE,
            answer=self._answer(block),
            lines=(MANY_LINES if question.appearance == "multiline" else LINES) if question.kind is Kind.TEXT else 0,
            unit="%" if question.kind is Kind.PERCENT else block.unit,
            columns=tuple(PrintColumn(head.label, head.unit, head.total) for head in block.heads),
            rows=tuple(
                PrintRow(row.label, tuple(self.cell(question, n, i, cell.text) for i, cell in enumerate(row.cells)))
                for n, row in enumerate(block.rows)
            ),
            foot=block.foot_label if any(head.total for head in block.heads) else "",
            allow_na=question.allow_na,
            is_na=block.is_na,
            na_reason=_run(block.na_reason, self.language),
            wants_file=block.takes_files,
            needs_file=question.evidence == "required",
            evidence_note=block.evidence_note,
            files=tuple(file.name for file in block.evidence),
            legal_note=block.why.law if block.why else "",
            legal_source=block.why.law_named if block.why else "",
        )

    def block(self, question: Question) -> QuestionBlock:
        return block_of(self.country, self.sheet, question, None, self.language)

    def is_skipped(self, question: Question) -> bool:
        return False

    def cell(self, question: Question, row: int, column: int, typed: str) -> str:
        return typed

    def _answer(self, block: QuestionBlock) -> Run | None:
        if block.question.choices or block.question.is_table or block.is_na:
            return None
        return _run(block.understood or block.text, self.language)


class _Filled(_Pages):
    """The same with the answers in it."""

    def __init__(self, sheet: Sheet, country: str, language: str, assessment: Assessment) -> None:
        super().__init__(sheet, country, language, assessment)
        self.answers = {answer.question_code: answer for answer in assessment.answers.all()}
        self.files: dict[str, list] = {}  # type: ignore[type-arg]
        for file in assessment.evidence.current():
            self.files.setdefault(file.question_code, []).append(file)

    def block(self, question: Question) -> QuestionBlock:
        answer = self.answers.get(question.code)
        block = block_of(self.country, self.sheet, question, answer, self.language)
        block.evidence = self.files.get(question.code, [])
        return block

    def cell(self, question: Question, row: int, column: int, typed: str) -> str:
        """As the language writes numbers; what was not understood stands as it was typed."""
        which = question.columns[column]
        value = (self.sheet.answer(question.code).value or {}).get(which.key)
        return typed if value is None or value[row] is None else cell_text(which, value[row], self.language)

    def is_skipped(self, question: Question) -> bool:
        """While a question that it hangs on is open, whoever goes on with a pen may still come to it."""
        if question.code in self.sheet.shown:
            return False
        trees = (question.relevant, self.sheet.instrument.section_of[question.code].relevant)
        names = {name for tree in trees if tree is not None for name in names_in(tree)}
        return all(name not in self.sheet.asked or self.sheet.answer(name).is_answered for name in names)


def _run(text: str, language: str) -> Run | None:
    return Run(text, written_in(text) or language) if text else None
