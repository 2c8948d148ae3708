"""Text that can be copied and searched.

WeasyPrint writes glyphs in drawing order; in Khmer, where a vowel can stand before the consonant that it follows in
speech, a reader's copy of them is garbage. So each drawn line is wrapped in a marked-content span that states its
text (ActualText) and its language (Lang). There is no public hook for this: `install` wraps one private function of
WeasyPrint. The version is pinned, and a test fails when an upgrade changes that function.
"""

from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint.draw import text as weasyprint_text

from reports.rendering.word_breaks import without_word_breaks

DrawLine = Callable[..., list[Any]]
_ORIGINAL: DrawLine = weasyprint_text.draw_first_line


def install() -> None:
    """Wrap WeasyPrint's line drawing; calling it again changes nothing."""
    weasyprint_text.draw_first_line = _draw_first_line


def _draw_first_line(stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> list[Any]:
    text = without_word_breaks(textbox.text)
    if not text.strip():
        return _ORIGINAL(stream, textbox, text_overflow, block_ellipsis, matrix)
    stream.begin_marked_content("Span", _properties(text, textbox.style["lang"]))
    try:
        return _ORIGINAL(stream, textbox, text_overflow, block_ellipsis, matrix)
    finally:
        stream.end_marked_content()


def _properties(text: str, language: str | None) -> pydyf.Dictionary:
    properties = pydyf.Dictionary({"ActualText": pydyf.String(text)})
    if language:
        properties["Lang"] = pydyf.String(language)
    return properties
