"""What the build puts out: small enough for a slow line."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

DIST = Path(settings.BASE_DIR) / "static" / "dist"


def weight(name: str) -> int:
    return len(gzip.compress((DIST / name).read_bytes(), 9))


@pytest.mark.parametrize(("name", "limit"), [("site.css", 40_000), ("site.js", 5_000)])
def test_the_bundles_stay_small(name: str, limit: int) -> None:
    assert weight(name) < limit


@pytest.mark.parametrize("script", ["latin", "latin-ext", "vietnamese", "khmer", "thai"])
def test_every_script_has_its_faces_in_two_weights(script: str) -> None:
    assert len(list((DIST / "fonts").glob(f"noto-sans*-{script}-[46]00-normal.woff2"))) >= 2
