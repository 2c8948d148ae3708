"""HTML to an accessible PDF (PDF/UA-1) whose text can be copied in every script."""

import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import cssselect2
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports.rendering import actual_text
from reports.rendering.stylesheet import face_css, paper_css
from reports.rendering.word_breaks import with_word_breaks

logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)  # eight lines for each scorecard otherwise

# None of our faces has lowered digits, and what stands in for a missing letter differs from machine to machine.
_LOWERED_DIGIT = re.compile("[\u2080-\u2089]")
# Counters of a running head or foot (see _take_running), which a translation may order as its language does.
PAGE_NUMBER = mark_safe('<span class="page-number"></span>')
PAGE_COUNT = mark_safe('<span class="page-count"></span>')
# Where a running head or foot stands, by its class.
_BOXES = {
    "head-left": "top-left", "head-right": "top-right", "foot-left": "bottom-left", "foot-right": "bottom-right",
}  # fmt: skip
_COUNTERS = {"page-number": "counter(page)", "page-count": "counter(pages)"}
_SPACES = re.compile(r"\s+")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Page(HTML):
    """A page parsed as XML, in C: the HTML5 parser, in Python, takes as long as a fifth of the layout.

    The page is whole in itself, so nothing is fetched: an address in somebody's answer must not make the server
    ask for it.
    """

    def __init__(self, source: str) -> None:
        page = _LOWERED_DIGIT.sub(_raised, _NOT_IN_XML.sub("", source))
        self.etree_element = fromstring(page)  # noqa: S314 - our own template, its values escaped
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(self.etree_element, content_language=None)
        self.base_url = None
        self.url_fetcher = _fetches_nothing()
        self.media_type = "print"

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        """None of WeasyPrint's own: its rules for footnotes alone make five styles for each element of a page."""
        return []


def to_pdf(xhtml: str, style: str, on_layout: Callable[[], None] = lambda: None) -> bytes:
    """`style` names the stylesheet: scorecard or questionnaire.

    `on_layout` is called between laying out and drawing, which take about two thirds and one third of the time.
    """
    with _no_garbage_collection():
        return _drawn(xhtml, style, on_layout)


def to_document(xhtml: str, style: str) -> Any:
    """The laid-out pages, before they are drawn."""
    actual_text.install()
    page = Page(xhtml)
    _break_words(page.etree_element)
    sheet = _with_margins(_rules(style), _take_running(page.etree_element))
    return page.render(font_config=_fonts(), stylesheets=[sheet], pdf_variant="pdf/ua-1", pdf_tags=True)


@cache
def _fonts() -> FontConfiguration:
    """Kept for the life of the process: reading the faces takes longer than rendering a scorecard.

    So is whatever else the process has loaded by its first page; nobody need look for garbage in it again.
    """
    fonts = FontConfiguration()
    CSS(string=face_css(), font_config=fonts, url_fetcher=URLFetcher(allowed_protocols={"file"}))
    gc.collect()
    gc.freeze()
    return fonts


@cache
def _rules(style: str) -> CSS:
    return CSS(string=paper_css(style), font_config=_fonts(), url_fetcher=_fetches_nothing())


def _with_margins(rules: CSS, margins: str) -> CSS:
    """One sheet of both: each further one would be asked again about every element."""
    return CSS(
        string=margins,
        matcher=rules.matcher,
        page_rules=[*rules.page_rules],
        layers=rules.layers,
        font_config=_fonts(),
        url_fetcher=_fetches_nothing(),
    )


def _raised(lowered: re.Match[str]) -> str:
    return str(ord(lowered.group()) - 0x2080)


def _fetches_nothing() -> URLFetcher:
    return URLFetcher(allowed_protocols=frozenset())


def _drawn(xhtml: str, style: str, on_layout: Callable[[], None]) -> bytes:
    """Apart, so that the document is gone before anybody looks for garbage."""
    document = to_document(xhtml, style)
    on_layout()
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """A layout makes some hundred thousand objects that all live until its end; looking through them costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _take_running(root: Element) -> str:
    """The running heads and feet as rules: as elements they would be laid out and styled anew for every page."""
    body = root.find("body")
    found = [] if body is None else [p for p in body.findall("p") if "running" in p.get("class", "").split()]
    boxes = {}
    for p in found:
        body.remove(p)
        boxes[p.get("class", "").split()[-1]] = _content(p)
    return "@page {" + "".join(f"@{_BOXES[name]} {{ content: {content} }}" for name, content in boxes.items()) + "}"


def _content(element: Element) -> str:
    counter = _COUNTERS.get(element.get("class", ""))
    parts = [counter or _string(element.text)]
    for child in element:
        parts += [_content(child), _string(child.tail)]
    return " ".join(parts)


def _string(text: str | None) -> str:
    escaped = (text or "").replace("\\", r"\\").replace('"', r"\"")
    return f'"{_SPACES.sub(" ", escaped)}"'


def _break_words(root: Element) -> None:
    body = root.find("body")
    for element in () if body is None else body.iter():
        if element.text:
            element.text = with_word_breaks(element.text)
        if element.tail:
            element.tail = with_word_breaks(element.tail)
