"""Which column says what: XLSForm's names with their older spellings, and the languages that stand in them."""

import re
from typing import NamedTuple

LANGUAGE_HEADERS = {"en": "English (en)", "km": "Khmer (km)", "th": "Thai (th)", "vi": "Vietnamese (vi)"}
_LANGUAGE_NAMES = {
    "english": "en",
    "khmer": "km",
    "ភាសាខ្មែរ": "km",
    "ខ្មែរ": "km",
    "thai": "th",
    "ไทย": "th",
    "ภาษาไทย": "th",
    "vietnamese": "vi",
    "tiếng việt": "vi",
}
_CODE = re.compile(r"\(\s*([a-z]{2,3})(?:[-_]\w+)?\s*\)\s*$")

TEXT_COLUMNS = frozenset(
    {"label", "hint", "constraint_message", "evidence_note", "form_title", "note", "law", "article"}
)
_ALIASES = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::jr:constraintmsg": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "constraint_msg": "constraint_message",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "readonly": "read_only",
    "bind::readonly": "read_only",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}


class Heading(NamedTuple):
    """`language`: one of our four, "" where the column names none, or the name of a foreign one."""

    column: str
    language: str = ""


def heading_of(text: str) -> Heading:
    # Old forms have one colon where newer ones have two: bind:relevant, label:English.
    whole = re.sub(r"^(bind|control|body):(?!:)", r"\1::", _plain(text))
    if whole in _ALIASES:
        return Heading(_ALIASES[whole])
    if whole.removeprefix("form_title_") in LANGUAGE_HEADERS:
        return Heading("form_title", whole.removeprefix("form_title_"))
    base, mark, rest = text.partition("::")
    column = _ALIASES.get(_plain(base), _plain(base))
    if not mark and column not in TEXT_COLUMNS:
        base, mark, rest = text.partition(":")
        column = _ALIASES.get(_plain(base), _plain(base))
    if mark and column in TEXT_COLUMNS | {"required_message", "guidance_hint"}:
        return Heading(column, language_of(rest))
    return Heading(_ALIASES.get(whole, whole))


def _plain(text: str) -> str:
    return re.sub(r"[\s]+", "_", text.strip().lower())


def language_of(text: str) -> str:
    """One of our codes, or the name as it stands where the language is not one of ours."""
    name = text.strip().lower()
    if match := _CODE.search(name):
        return match[1] if match[1] in LANGUAGE_HEADERS else text.strip()
    return name if name in LANGUAGE_HEADERS else _LANGUAGE_NAMES.get(name, text.strip())
