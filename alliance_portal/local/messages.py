"""The words to translate: collected from Python and templates into locale/, and compiled, without GNU gettext.

English is the language of the sources and needs no catalogue. Django and allauth have gaps in Khmer, Thai and
Vietnamese; what people may meet of theirs is collected too, because a catalogue of ours wins over theirs.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import allauth
import django
import polib
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parents[2]
LOCALE = BASE_DIR / "locale"
LANGUAGES = ("km", "th", "vi")
APPS = ("alliance_portal", "suppliers", "assessments", "reports")
# Where msgid, its plural and its context stand among a call's arguments.
FUNCTIONS = {
    "gettext": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
    "npgettext": (1, 2, 0),
}
CALL = re.compile(r"\b(?:_|n?p?gettext)\(")

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
# Catalogues of others, and the sources in them whose words our pages show: form errors, the password rules, sign-in.
BORROWED = (
    (DJANGO / "conf" / "locale", re.compile(r"forms/|core/validators\.py|db/models/(base|constraints)\.py")),
    (DJANGO / "contrib" / "auth" / "locale", re.compile(r"contrib/auth/(forms|password_validation)\.py")),
    (ALLAUTH / "locale", re.compile(r"(account/(adapter|forms|fields)\.py|templates/account/messages/)")),
)

Key = tuple[str, str]


@dataclass
class Message:
    text: str
    plural: str = ""
    context: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text


def _message(call: ast.Call) -> Message | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    name = "gettext" if name == "_" else re.sub("_(lazy|noop)$", "", name)
    if name not in FUNCTIONS:
        return None

    def words(position: int | None) -> str:
        if position is None or position >= len(call.args):
            return ""
        argument = call.args[position]
        return str(argument.value) if isinstance(argument, ast.Constant) else ""

    text, plural, context = map(words, FUNCTIONS[name])
    return Message(text, plural, context) if text else None


def in_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := _message(node)):
            yield message


def in_template(source: str) -> Iterator[Message]:
    """Django turns a template into calls among blanked-out text; each call is Python by itself."""
    calls = templatize(source)
    for start in CALL.finditer(calls):
        for end in re.finditer(r"\)", calls[start.end() :]):
            try:
                tree = ast.parse(calls[start.start() : start.end() + end.end()].strip(), mode="eval")
            except SyntaxError:
                continue
            if isinstance(tree.body, ast.Call) and (message := _message(tree.body)):
                yield message
            break


def sources() -> Iterator[tuple[Path, Iterator[Message]]]:
    for app in APPS:
        for path in sorted((BASE_DIR / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, in_python(path.read_text())
    folders = [BASE_DIR / "templates", *(BASE_DIR / app / "templates" for app in APPS)]
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in {".html", ".txt"}):
        yield path, in_template(path.read_text())


def collected() -> dict[Key, Message]:
    """In the order of the sources, which puts words near those they stand with."""
    found: dict[Key, Message] = {}
    for path, messages in sources():
        for message in messages:
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.places.add(path.relative_to(BASE_DIR).as_posix())
    return found


@cache
def _catalogue(path: Path) -> polib.POFile | None:
    return polib.pofile(str(path)) if path.exists() else None


def borrowed(language: str) -> dict[Key, Message]:
    """What Django and allauth say on our pages and have no words for in this language."""
    found: dict[Key, Message] = {}
    for locale, wanted in BORROWED:
        theirs = _catalogue(locale / language / "LC_MESSAGES" / "django.po")
        done = {(entry.msgctxt or "", entry.msgid) for entry in theirs.translated_entries()} if theirs else set()
        for entry in _catalogue(locale / "en" / "LC_MESSAGES" / "django.po") or ():
            places = {path for path, _ in entry.occurrences if wanted.search(path)}
            key = (entry.msgctxt or "", entry.msgid)
            if places and key not in done:
                found[key] = Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "", places)
    return found


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in sorted(message.places)],
        flags=["python-format"] if re.search(r"%(\(\w+\))?[sd]", message.text + message.plural) else [],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        # All three languages have one form for every number.
        entry.msgstr_plural = {0: old.msgstr_plural.get(0, "") if old else ""}
    elif old:
        entry.msgstr = old.msgstr
    return entry


def merged(language: str, messages: Iterable[Message], old: Iterable[polib.POEntry]) -> polib.POFile:
    """The new words with the old translations; translations no longer used wait at the end for their words' return."""
    kept = {(entry.msgctxt or "", entry.msgid): entry for entry in old}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for message in messages:
        catalogue.append(_entry(message, kept.pop(message.key, None)))
    for entry in kept.values():
        if entry.msgstr or any(entry.msgstr_plural.values()):
            entry.obsolete, entry.occurrences = True, []
            catalogue.append(entry)
    return catalogue


def collect() -> None:
    ours = collected()
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        messages = borrowed(language) | ours
        ordered = [*ours.values(), *(message for key, message in messages.items() if key not in ours)]
        catalogue = merged(language, ordered, polib.pofile(str(path)) if path.exists() else [])
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        print(f"{language}: {len(ordered)} messages, {len(catalogue.untranslated_entries())} to translate")


def compile_catalogues(paths: Iterable[Path]) -> None:
    for path in paths:
        polib.pofile(str(path), check_for_duplicates=True).save_as_mofile(str(path.with_suffix(".mo")))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=["collect", "compile"])
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args()
    if options.action == "collect":
        django.setup()  # templates may use tags of ours
        collect()
    else:
        compile_catalogues(options.paths or sorted(LOCALE.glob("*/LC_MESSAGES/django.po")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
