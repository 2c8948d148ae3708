"""Whether questionnaire and interface use the glossary's words; part of `make check`.

docs/glossary-check.csv names the terms for which one word is right in each language, with other forms of that word and
the reasons why a text may do without it. Where a term stands in an English text, its word must stand in the
translation.
"""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

BASE_DIR = Path(__file__).resolve().parent.parent.parent
GLOSSARY = BASE_DIR / "docs" / "glossary.csv"
CHECKED = BASE_DIR / "docs" / "glossary-check.csv"
QUESTIONNAIRES = BASE_DIR / "assessments" / "questionnaires"
LOCALE = BASE_DIR / "locale"
LANGUAGES = {"km": "Khmer (km)", "th": "Thai (th)", "vi": "Vietnamese (vi)"}
# What turns a verb into a noun: the word is the same without it.
NOUN_MARKS = {"km": ("ការ", "អំពើ"), "th": ("การ",), "vi": ()}


PLACEHOLDER = re.compile(r"%\(\w+\)s|\$\{[^}]*\}")


@dataclass(frozen=True)
class Term:
    """`words`: by language, any of which will do."""

    key: str
    english: re.Pattern[str]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Text:
    place: str
    english: str
    translations: Mapping[str, str]


@dataclass(frozen=True)
class Miss:
    term: str
    language: str
    text: Text


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def bare(text: str) -> str:
    """For comparing: in small letters, without the joints that only lay out Khmer."""
    return text.replace("\u200b", "").casefold()


def forms(word: str, language: str) -> Iterator[str]:
    word = re.sub(r"\s*\(.*?\)", "", bare(word)).strip()
    yield word
    for mark in NOUN_MARKS[language]:
        if word.startswith(mark) and len(word) > len(mark) + 3:
            yield word.removeprefix(mark)


def pattern(english: str) -> re.Pattern[str]:
    """The term as whole words, also in the plural."""
    singular = re.sub(r"\s*\(.*?\)", "", english.casefold()).strip()
    plural = rf"{re.escape(singular[:-1])}(?:y|ies)" if singular.endswith("y") else rf"{re.escape(singular)}(?:s|es)?"
    return re.compile(rf"(?<![\w-]){plural}(?![\w-])")


def checked_terms() -> list[Term]:
    """Those with more words first, so that “waste” is not looked for inside “hazardous waste”."""
    glossary = {row["term"]: row for row in rows_of(GLOSSARY)}
    terms = []
    for row in rows_of(CHECKED):
        own = glossary[row["term"]]
        words = {
            language: tuple(
                form for word in (own[language], *row[language].split("|")) if word for form in forms(word, language)
            )
            for language in LANGUAGES
        }
        terms.append(Term(row["term"], pattern(own["en"]), words))
    # Terms that are not checked still hide the shorter ones inside them.
    hiding = [Term("", pattern(row["en"]), {}) for key, row in glossary.items() if key not in {t.key for t in terms}]
    return sorted(terms + hiding, key=lambda term: -len(term.english.pattern))


def allowed() -> set[tuple[str, str, str]]:
    """(term, language, place): written as “survey:E3.06:hint km”, or without a language for all three."""
    found = set()
    for row in rows_of(CHECKED):
        for exception in filter(None, row["not_in"].split("|")):
            place, _, language = exception.strip().partition(" ")
            found |= {(row["term"], each, place) for each in ([language] if language else LANGUAGES)}
    return found


def questionnaire_texts() -> Iterator[Text]:
    for sheet in sorted(QUESTIONNAIRES.glob("*/*.csv")):
        for row in rows_of(sheet):
            for column in [name.removesuffix("::English (en)") for name in row if name.endswith("::English (en)")]:
                name = row.get("name") or f"{row.get('question')}-{row.get('country')}"
                place = f"{sheet.stem}:{row['list_name'] + '.' if 'list_name' in row else ''}{name}:{column}"
                texts = {code: row[f"{column}::{language}"] for code, language in LANGUAGES.items()}
                yield Text(place, row[f"{column}::English (en)"], texts)


def interface_texts() -> Iterator[Text]:
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for entry in polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po")):
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            if text and not entry.obsolete and not entry.fuzzy:
                found.setdefault(entry.msgid, {})[language] = text
    for english, translations in found.items():
        yield Text(f"interface:{english[:40].replace(' ', '_')}", english, translations)


def misses(texts: Iterable[Text], terms: Iterable[Term], counts: Counter[str]) -> Iterator[Miss]:
    terms = list(terms)
    for text in texts:
        left = PLACEHOLDER.sub(" ", bare(text.english))
        for term in terms:
            left, times = term.english.subn(" ", left)
            if not times or not term.key:
                continue
            for language, translation in text.translations.items():
                counts[language] += 1
                if translation and not any(word in bare(translation) for word in term.words[language]):
                    yield Miss(term.key, language, text)


def main() -> int:
    terms, exceptions, counts = checked_terms(), allowed(), Counter[str]()
    texts = [*questionnaire_texts(), *interface_texts()]
    found = [m for m in misses(texts, terms, counts) if (m.term, m.language, m.text.place) not in exceptions]
    for miss in found:
        print(f"{miss.term} ({miss.language}) {miss.text.place}\n  {miss.text.english}")
        print(f"  {miss.text.translations[miss.language]}")
    named = sum(bool(term.key) for term in terms)
    print(
        f"Glossary: {named} terms stand at {counts.total()} places in {len(texts)} texts; "
        f"{len(exceptions)} exceptions, {len(found)} translations without their word."
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
