"""What a person could copy out of a PDF, and what the page's source says."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

import pypdfium2

_WHITESPACE = re.compile(r"\s+")
BLOCKS = frozenset({"p", "h1", "h2", "td", "th"})
RUNNING = "running"


def squeezed(text: str) -> str:
    """Without white space: where a line ends, and how wide a gap is, is the layout's business."""
    return _WHITESPACE.sub("", text)


def page_texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def source_lines(xhtml: str) -> list[str]:
    """The text of each block of the page in order, without running heads and feet."""
    body = fromstring(xhtml).find("body")
    assert body is not None
    return [line for line in map(squeezed, _lines(body)) if line]


def _lines(element: Element) -> Iterator[str]:
    if RUNNING in element.get("class", "").split():
        return
    if element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element.iter() if child is not element):
        yield _text(element)
        return
    for child in element:
        yield from _lines(child)


def _text(element: Element) -> str:
    """A picture's title is its description, not text on the page."""
    if element.tag.endswith("svg"):
        return ""
    return (element.text or "") + "".join(map(_with_tail, element))


def _with_tail(element: Element) -> str:
    return _text(element) + (element.tail or "")


def running_lines(xhtml: str, page: int | None = None, pages: int | None = None) -> list[str]:
    """The running heads and feet of one page, or of all pages without the numbers."""
    body = fromstring(xhtml).find("body")
    assert body is not None
    running = [p for p in body.iter("p") if RUNNING in p.get("class", "").split()]
    for counter in (span for p in running for span in p.iter("span")):
        counted = {"page-number": page, "page-count": pages}.get(counter.get("class", ""))
        counter.text = counter.text if counted is None else str(counted)
    return [squeezed(_text(p)) for p in running]


def left_over(text: str, lines: list[str]) -> tuple[str, list[str]]:
    """What of `text` no line accounts for, and the lines not found in it; each line accounts for one place."""
    text, missing = squeezed(text), []
    for line in sorted(lines, key=len, reverse=True):
        if line in text:
            text = text.replace(line, "\n", 1)
        else:
            missing.append(line)
    return squeezed(text), missing
