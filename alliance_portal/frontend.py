"""What the front-end build puts out, and how a page asks for it."""

import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

BUILD: Path = settings.BASE_DIR / "static" / "dist"

register = template.Library()


@register.simple_tag
def scripts(*names: str) -> SafeString:
    """Modules, in order, and the parts that they share.

    Without the parts' names on the page a browser learns of them only when it has read the modules: one more round
    trip, which on a bad line is most of a second.
    """
    parts = format_html_join("", '<link rel="modulepreload" href="{}">', ((address(part),) for part in _parts(names)))
    return parts + format_html_join("", '<script type="module" src="{}"></script>', ((static(name),) for name in names))


def address(name: str) -> str:
    """Scripts name their shared parts themselves, as they were built: those keep their own names."""
    return f"{settings.STATIC_URL}{name}" if name.startswith("shared.") else static(name)


def _parts(names: tuple[str, ...]) -> list[str]:
    known = _built((BUILD / "scripts.json").stat().st_mtime_ns)
    return list(dict.fromkeys(part for name in names for part in known[name]))


@lru_cache(maxsize=1)
def _built(changed_at: int) -> dict[str, list[str]]:
    """{script: the shared parts that it needs, also by way of others}."""
    parts: dict[str, list[str]] = json.loads((BUILD / "scripts.json").read_text())
    return parts
