"""The stylesheets of paper: the portal's design tokens, its faces, and static/src/styles/paper with what all share."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ROOT_BLOCK = re.compile(r":root\s*\{([^}]*)\}")
_TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]+);")
_USE_OF_TOKEN = re.compile(r"var\(\s*(--[\w-]+)\s*\)")

# One file holds one script, so a page needs them all: family, file, weights. Vietnamese marks are split over two files.
# Each file is a family of its own: WeasyPrint tells faces apart by family and weight, and would draw the letters of
# one file with the shapes of another. A letter comes from the first family that has it (see shared.css).
# Mathematics has the signs that a question or an answer may hold and the others lack, such as ≥ and →.
_FACES = (
    ("Noto Sans", "noto-sans-latin", (400, 600)),
    ("Noto Sans Latin Ext", "noto-sans-latin-ext", (400, 600)),
    ("Noto Sans Vietnamese", "noto-sans-vietnamese", (400, 600)),
    ("Noto Sans Khmer", "noto-sans-khmer-khmer", (400, 600)),
    ("Noto Sans Thai", "noto-sans-thai-thai", (400, 600)),
    ("Noto Sans Math", "noto-sans-math-latin", (400,)),
)


class UnknownToken(LookupError):
    """The stylesheet uses a custom property that tokens.css does not define."""


def face_css() -> str:
    return "".join(_face(family, file, weight) for family, file, weights in _FACES for weight in weights)


def paper_css(name: str) -> str:
    """What all paper shares, and the rules of one kind. WeasyPrint would look every var() up again for each element: we
    do it once.
    """
    folder = settings.STYLES_DIR / "paper"
    return _with_tokens(_read(folder / "shared.css") + _read(folder / f"{name}.css"), design_tokens())


@cache
def design_tokens() -> dict[str, str]:
    """The properties of the first :root block; later ones are for dark screens and the like."""
    block = _ROOT_BLOCK.search(_read(settings.STYLES_DIR / "tokens.css"))
    return {name: value.strip() for name, value in _TOKEN.findall(block.group(1))} if block else {}


def _read(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def _with_tokens(css: str, tokens: dict[str, str]) -> str:
    def value(use: re.Match[str]) -> str:
        name = use.group(1)
        if name not in tokens:
            raise UnknownToken(name)
        return _with_tokens(tokens[name], tokens)

    return _USE_OF_TOKEN.sub(value, css)


def _face(family: str, file: str, weight: int) -> str:
    source = (settings.FONTS_DIR / f"{file}-{weight}-normal.woff2").as_uri()
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{source}"); }}\n'
