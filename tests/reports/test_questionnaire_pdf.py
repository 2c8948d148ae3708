"""Text that is copied out of a printed questionnaire is the text that went in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from assessments.compiled import instrument_of
from assessments.domain.instrument import Kind
from assessments.models import Assessment
from assessments.readmodels.skip_words import skip_words
from assessments.services import questionnaires
from assessments.sheets import read_folder
from reports.models import Print
from reports.readmodels.print_facts import print_facts
from reports.rendering.questionnaire import questionnaire_html, render_questionnaire
from tests.reports.pdf_reading import left_over, page_texts, running_lines, source_lines, squeezed
from tests.support.assessing import complete, give, make_assessment
from tests.support.instruments import instrument, question, section

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "km", "th", "vi")


def answered() -> Assessment:
    assessment = complete(make_assessment())
    # Figures that, set close behind "Tháng 1", do not read like another month.
    table = {"grid_kwh": ["5000"] * 12, "diesel_l": ["40"] * 12}
    for code, sent in {
        "E1.02": table,
        "E1.03": "45.5",
        "E1.04": ["led"],
        "S1.03": "2026-03-31",
        "G1.02": "ចង់បានពន្លឺ <b> & more",
    }.items():
        give(assessment, code, sent)
    return assessment


def facts(assessment: Assessment, kind: str, language: str):
    return print_facts(Print(assessment=assessment, kind=kind, language=language))


@pytest.mark.parametrize("kind", ["blank", "filled"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_copied_text_is_the_source_line_by_line_and_nothing_else(language: str, kind: str) -> None:
    made = facts(answered(), kind, language)
    html, pages = questionnaire_html(made), page_texts(render_questionnaire(made))
    rest, missing = left_over("".join(pages), source_lines(html.replace("h3>", "p>")))
    assert missing == []
    for number in range(1, len(pages) + 1):
        for head_or_foot in running_lines(html, number, len(pages)):
            rest = rest.replace(head_or_foot, "")
    assert rest.strip("0123456789") == "", "beside the pages of the contents"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_sector_is_there_and_no_other(language: str) -> None:
    assessment = make_assessment()
    assessment.factory.sector = "food"
    assessment.factory.save()
    text = squeezed("".join(page_texts(render_questionnaire(facts(assessment, "blank", language)))))
    for item in instrument_of(assessment.campaign.version_id).questions.values():
        assert (squeezed(item.label.in_(language)) in text) == (item.code != "S1.04")


def test_every_page_but_the_cover_names_factory_and_campaign() -> None:
    assessment = make_assessment()
    _cover, *pages = page_texts(render_questionnaire(facts(assessment, "blank", "en")))
    assert len(pages) >= 3
    for page in pages:
        assert squeezed(assessment.factory.name) in squeezed(page)
        assert "Assessment2026" in squeezed(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_questionnaire_is_printed_whole(language: str) -> None:
    folder = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"
    version = questionnaires.load(read_folder(folder)).version
    made = print_facts(Print(version=version, kind="blank", sector="garments", country="KH", language=language))
    text = squeezed("".join(page_texts(render_questionnaire(made))))
    with translation.override(language):
        for item in instrument_of(version.pk).for_sector("garments"):
            if item.kind is not Kind.CALCULATED:
                assert squeezed(item.label.in_(language)).replace("₂", "2") in text
                assert item.code in text
                assert squeezed(skip_words(item.relevant, instrument_of(version.pk), language)) in text
                if note := item.legal_note_for("KH"):
                    assert squeezed(note.note.in_(language)) in text


def test_of_the_shipped_conditions_most_have_words_of_their_own() -> None:
    folder = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"
    made = instrument_of(questionnaires.load(read_folder(folder)).version.pk)
    told = {item.code: skip_words(item.relevant, made, "en") for item in made.questions.values() if item.relevant}
    assert [code for code, words in told.items() if "depending on other answers" in words] == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${E1.01} = 'yes'", "Only if you answered “yes” at E1.01."),
        ("${E1.01} = 'yes' or ${E1.01} = 'no'", "Only if you answered “yes” or “no” at E1.01."),
        ("${E1.01} != '' and ${E1.01} != 'no'", "Only if you answered something other than “no” at E1.01."),
        ("${E1.01} != ''", "Only if you answered anything at E1.01."),
        ("selected(${E1.01}, 'yes') and ${E1.02} > 0", "Only if you answered “yes” at E1.01 and more than 0 at E1.02."),
        ("not(selected(${E1.01}, 'yes'))", "Only if you answered something other than “yes” at E1.01."),
        ("${E1.02} > ${E1.03}", "Only if you answered more at E1.02 than at E1.03."),
    ],
)
def test_conditions_in_words(condition: str, words: str) -> None:
    assert told(condition) == words


def test_a_condition_beyond_our_words_is_not_guessed_at() -> None:
    note = "Only if it applies: the portal asks this depending on other answers (E1.02, E1.03)."
    assert told("${E1.02} + ${E1.03} > 4") == note
    assert told("number(${E1.02}) >= if(${E1.03} > 1, 2, 3)") == note
    assert told("true()").startswith("Only if it applies")


def told(condition: str) -> str:
    first = section("E1", question("E1.01"), question("E1.02", Kind.INTEGER), question("E1.03", Kind.INTEGER))
    made = instrument(first, section("S1", question("S1.01", relevant=condition)))
    return skip_words(made.questions["S1.01"].relevant, made, "en")


def test_what_is_not_asked_is_said_and_leaves_nothing_to_fill_in() -> None:
    assessment = complete(make_assessment(), E1_01="no")
    by_code = {item.code: item for part in facts(assessment, "filled", "en").sections for item in part.questions}
    assert by_code["E1.02"].skipped
    assert not by_code["G1.03"].skipped
    unanswered = facts(make_assessment(), "filled", "en").sections
    assert not any(item.skipped for part in unanswered for item in part.questions)
