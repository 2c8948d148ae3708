"""The catalogues are whole: nobody reads English by accident, and no translation breaks a page."""

import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings

from alliance_portal.local import messages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")
HOST = re.compile(r"https?://|www\.|localhost|\.(com|org|net)\b")

pytestmark = pytest.mark.parametrize("language", messages.LANGUAGES)


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(path_of(language)), check_for_duplicates=True)


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def current(language: str) -> list[polib.POEntry]:
    return [entry for entry in catalogue(language) if not entry.obsolete]


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_catalogue_compiles(language: str, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    catalogue(language).save_as_mofile(str(compiled))
    assert len(polib.mofile(str(compiled))) == len(catalogue(language).translated_entries())


def test_every_word_of_the_sources_is_in_the_catalogue(language: str) -> None:
    wanted = messages.collected().keys() | messages.borrowed(language).keys()
    known = {(entry.msgctxt or "", entry.msgid) for entry in current(language)}
    assert sorted(wanted - known) == [], "run make messages"


def test_nothing_is_untranslated_or_fuzzy(language: str) -> None:
    wanting = [entry.msgid for entry in current(language) if entry.fuzzy or not all(translations(entry))]
    assert wanting == []


def test_placeholders_and_tags_survive_translation(language: str) -> None:
    broken = []
    for entry in current(language):
        wanted = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        broken += [entry.msgid for text in translations(entry) if text and Counter(PLACEHOLDER.findall(text)) != wanted]
    assert broken == []


def test_the_one_plural_form_is_declared(language: str) -> None:
    assert catalogue(language).metadata["Plural-Forms"] == "nplurals=1; plural=0;"


def test_no_host_is_named(language: str) -> None:
    named = [line for line in path_of(language).read_text().splitlines() if HOST.search(line)]
    assert named == []
