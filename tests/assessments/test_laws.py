"""A law is called by its own name in the language of its country, and in English elsewhere."""

from pathlib import Path

import pytest
from django.conf import settings

from assessments.domain.instrument import LegalNote, Words
from assessments.domain.xlsform import read
from assessments.readmodels.why import law_named
from assessments.sheets.folder import read_folder
from suppliers.labels import LANGUAGE_OF_COUNTRY, Country

SHIPPED = Path(settings.BASE_DIR) / "assessments" / "questionnaires" / "alliance-esg"
SCRIPTS = {"km": range(0x1780, 0x1800), "th": range(0x0E00, 0x0E80)}


def note(law: dict[str, str], article: dict[str, str], year: str = "") -> LegalNote:
    return LegalNote("TH", Words(en="."), Words.of(law), Words.of(article), year)


FACTORY_ACT = note(
    {"en": "Factory Act B.E. 2535 (1992)", "th": "พระราชบัญญัติโรงงาน พ.ศ. 2535"},
    {"en": "s. 8", "th": "มาตรา 8"},
    "1992",
)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("th", "พระราชบัญญัติโรงงาน พ.ศ. 2535 · มาตรา 8"),
        ("en", "Factory Act B.E. 2535 (1992) · s. 8"),
        ("km", "Factory Act B.E. 2535 (1992) · s. 8"),
    ],
)
def test_it_is_named_in_its_own_language_and_its_year_said_once(language: str, named: str) -> None:
    assert law_named(FACTORY_ACT, language) == named


def test_a_year_that_its_name_lacks_is_told_in_the_readers_era() -> None:
    act = note({"en": "Factory Act", "th": "พระราชบัญญัติโรงงาน"}, {}, "1992")
    assert law_named(act, "en") == "Factory Act · 1992"
    assert law_named(act, "th") == "พระราชบัญญัติโรงงาน · 2535"


def test_every_shipped_law_stands_in_the_language_of_its_country() -> None:
    instrument = read(read_folder(SHIPPED)).instrument
    assert instrument
    notes = [note for question in instrument.questions.values() for note in question.legal_notes]
    assert len(notes) > 100
    for found in notes:
        language = LANGUAGE_OF_COUNTRY[Country(found.country)]
        assert found.law["en"] != found.law[language]
        assert bool(found.article) == (language in found.article)
        for words in (found.law[language], found.article.get(language, "")):
            script = SCRIPTS.get(language)
            assert not words or script is None or any(ord(letter) in script for letter in words), words
