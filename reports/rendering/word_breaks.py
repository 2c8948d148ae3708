"""Places where a line of Khmer or Thai may break.

Both are written without spaces between words. Pango has no Khmer dictionary at all, and finds Thai words only
where it was built with libthai, so a sentence would run out of its box. ICU knows both.
"""

import re
import threading
from functools import lru_cache

import icu

ZERO_WIDTH_SPACE = "\u200b"
_KHMER_OR_THAI_TOKEN = re.compile(r"\S*[\u0e00-\u0e7f\u1780-\u17ff]\S*")
# Signs that belong to the word before them. ICU's dictionary lets the Khmer ones begin a line.
_NEVER_FIRST = tuple("ៗ។៕៖ៈ៘ๆฯ")
_OF_THIS_THREAD = threading.local()  # ICU's iterators keep their position, so no two threads may share one


def with_word_breaks(text: str) -> str:
    """The same text with a zero-width space wherever a line may end inside a run of Khmer or Thai."""
    return _KHMER_OR_THAI_TOKEN.sub(lambda token: _broken(token.group()), text)


def without_word_breaks(text: str) -> str:
    return text.replace(ZERO_WIDTH_SPACE, "")


@lru_cache(maxsize=4096)
def _broken(token: str) -> str:
    iterator = _iterator()
    # ICU counts in UTF-16 code units, which differ from Python's indices after an emoji: cut in ICU's own string.
    source = icu.UnicodeString(token)
    iterator.setText(source)
    ends = list(iterator)
    starts = [0, *ends[:-1]]
    words: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        word = str(source[start:end])
        if words and word.startswith(_NEVER_FIRST):
            words[-1] += word
        else:
            words.append(word)
    return ZERO_WIDTH_SPACE.join(words)


def _iterator() -> icu.BreakIterator:
    if not hasattr(_OF_THIS_THREAD, "lines"):
        _OF_THIS_THREAD.lines = icu.BreakIterator.createLineInstance(icu.Locale("km"))
    return _OF_THIS_THREAD.lines
