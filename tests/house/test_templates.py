import html
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.house.tree import APPS, shown, template_name, templates, written

# Names that Django and allauth look for by themselves.
FOUND_BY_NAME = re.compile(r"^(account/|django/forms/|allauth/|40\d(_csrf)?\.html|500\.html)")
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt))["']""")
FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)

# In this order: what a template says to Django or to the browser, not to people.
UNSPOKEN = [
    re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL),
    re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL),
    re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL),
    re.compile(r"{#.*?#}"),
    re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
]
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:aria-label|alt|title|placeholder|data-confirm)=["']([^"'<>]*)["']""")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# What only developers read, and names that are the same in every language.
NOT_FOR_PEOPLE = re.compile(r"^(components/README\.txt|gallery/)")
SAME_EVERYWHERE = {"PDF", "CSV", "XLSX", "CO", "GRI", "SDG", "ESG", "OS", "ID", "SHA"}

paths = [path for path in templates() if not NOT_FOR_PEOPLE.match(template_name(path))]


def spoken(source: str) -> list[str]:
    """The words that a reader would see or hear although nobody can translate them."""
    for pattern in UNSPOKEN:
        source = pattern.sub(" ", source)
    texts = [*SPOKEN_ATTRIBUTE.findall(source), TAG.sub(" ", source)]
    words = [word for text in texts for word in WORD.findall(html.unescape(text))]
    return [word for word in words if word not in SAME_EVERYWHERE]


def test_the_rule_itself_hears_words() -> None:
    assert spoken('<p title="Hello">{% translate "Fine" %} and <b>more</b> {{ name }}</p>') == ["Hello", "and", "more"]
    assert spoken("{# no #}{% blocktranslate %}Yes {{ x }}{% endblocktranslate %}&nbsp;<style>a{b:c}</style>") == []


@pytest.mark.parametrize("path", paths, ids=template_name)
def test_every_word_can_be_translated(path: Path) -> None:
    assert spoken(path.read_text()) == []


@pytest.mark.parametrize("path", paths, ids=template_name)
def test_every_template_compiles(path: Path) -> None:
    get_template(template_name(path))


def test_every_template_is_used() -> None:
    named = {name for path in [*written(*APPS, endings={".py"}), *paths] for name in NAMED.findall(path.read_text())}
    unused = [name for name in map(template_name, paths) if name not in named and not FOUND_BY_NAME.match(name)]
    assert unused == []


def test_forms_that_write_carry_the_token() -> None:
    bare = [
        shown(path)
        for path in paths
        for form in FORM.findall(path.read_text())
        if re.search(r'method=["\']post', form, re.IGNORECASE) and "csrf_token" not in form
    ]
    assert bare == []
