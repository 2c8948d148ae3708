from pathlib import Path

import polib
import pytest

from alliance_portal.local import messages
from alliance_portal.local.messages import Message, in_python, in_template, merged


def test_python_calls_of_every_kind_are_found() -> None:
    source = """
_("Save")
gettext_lazy("Two " "parts")
ngettext("%d page", "%d pages", n)
pgettext_lazy("verb", "Return")
npgettext("paper", "sheet", "sheets", n)
translation.gettext("through a module")
_(not_a_literal)
"""
    assert [(found.text, found.plural, found.context) for found in in_python(source)] == [
        ("Save", "", ""),
        ("Two parts", "", ""),
        ("%d page", "%d pages", ""),
        ("Return", "", "verb"),
        ("sheet", "sheets", "paper"),
        ("through a module", "", ""),
    ]


def test_template_tags_of_every_kind_are_found() -> None:
    source = """{% load i18n %}
    {% translate "Save" %} {% translate "Open" context "state" %} {{ _("Label (short)")|upper }}
    {% include "x.html" with title=_("Title") %}
    {% blocktranslate trimmed count n=items|length with who=name %}
      One thing of {{ who }}
    {% plural %}
      {{ n }} things of {{ who }}
    {% endblocktranslate %}"""
    assert {(found.text, found.plural, found.context) for found in in_template(source)} == {
        ("Save", "", ""),
        ("Open", "", "state"),
        ("Label (short)", "", ""),
        ("Title", "", ""),
        ("One thing of %(who)s", "%(n)s things of %(who)s", ""),
    }


def test_old_translations_are_kept_and_unused_ones_wait() -> None:
    old = [polib.POEntry(msgid="Save", msgstr="Lưu"), polib.POEntry(msgid="Gone", msgstr="Mất")]
    catalogue = merged("vi", [Message("Save"), Message("New")], old)
    assert [(entry.msgid, entry.msgstr, entry.obsolete) for entry in catalogue] == [
        ("Save", "Lưu", False),
        ("New", "", False),
        ("Gone", "Mất", True),
    ]


def test_a_word_that_returns_finds_its_translation_again() -> None:
    first = merged("vi", [], [polib.POEntry(msgid="Save", msgstr="Lưu")])
    second = merged("vi", [Message("Save")], first)
    assert [(entry.msgid, entry.msgstr, bool(entry.obsolete)) for entry in second] == [("Save", "Lưu", False)]


def test_only_the_gaps_of_django_are_borrowed() -> None:
    required = ("", "This field is required.")
    assert required not in messages.borrowed("vi")
    assert messages.borrowed("km").keys() - messages.borrowed("vi").keys()


def test_catalogues_compile_to_what_gettext_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "django.po"
    merged("vi", [Message("Save")], [polib.POEntry(msgid="Save", msgstr="Lưu")]).save(str(path))
    messages.compile_catalogues([path])
    assert [entry.msgstr for entry in polib.mofile(str(path.with_suffix(".mo")))] == ["Lưu"]
