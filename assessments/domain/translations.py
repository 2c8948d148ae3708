"""What is wrong with the translations of an instrument, as far as that can be told without knowing the languages."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.domain.authored import Place, texts
from assessments.domain.instrument import LANGUAGES, Instrument, Words
from assessments.domain.xlsform import IN_TEXT

SCRIPTS = {"en": "LATIN", "vi": "LATIN", "km": "KHMER", "th": "THAI"}
# Names and abbreviations are the same everywhere: ISO 14001, SA8000, pH.
_WORD = re.compile(r"\b[a-z]{3,}\b")


@dataclass(frozen=True)
class TextProblem:
    """`code`: missing, same_as_english, wrong_script or placeholder_lost."""

    place: Place
    language: str
    code: str
    text: str = ""


def translation_problems(instrument: Instrument) -> list[TextProblem]:
    return [problem for place, words in texts(instrument) if words for problem in _problems(place, words)]


def _problems(place: Place, words: Words) -> Iterator[TextProblem]:
    english = words.get("en", "")
    for language in LANGUAGES:
        text = words.get(language, "")
        if not text:
            yield TextProblem(place, language, "missing")
            continue
        if not _is_in_script(text, SCRIPTS[language]):
            same = language != "en" and text == english
            yield TextProblem(place, language, "same_as_english" if same else "wrong_script", text)
        elif language == "vi" and text == english and _WORD.search(text):
            yield TextProblem(place, language, "same_as_english", text)
        if english and _placeholders(text) != _placeholders(english):
            yield TextProblem(place, language, "placeholder_lost", text)


def _placeholders(text: str) -> set[str]:
    return {name.strip() for name in IN_TEXT.findall(text)}


def _is_in_script(text: str, script: str) -> bool:
    """Whether there is a letter of the script, or nothing but names and signs that are the same everywhere."""
    plain = IN_TEXT.sub(" ", text)
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in plain if letter.isalpha()}
    if script == "LATIN":
        return not {"KHMER", "THAI"} & scripts
    return script in scripts or (scripts <= {"LATIN"} and not _WORD.search(plain))
