"""What the build puts out: small enough for a slow line."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from alliance_portal.frontend import scripts

DIST = Path(settings.BASE_DIR) / "static" / "dist"


def weight(name: str) -> int:
    return len(gzip.compress((DIST / name).read_bytes(), 9))


@pytest.mark.parametrize(("name", "limit"), [("site.css", 40_000), ("site.js", 5_000)])
def test_the_bundles_stay_small(name: str, limit: int) -> None:
    assert weight(name) < limit


@pytest.mark.parametrize("script", ["latin", "latin-ext", "vietnamese", "khmer", "thai"])
def test_every_script_has_its_faces_in_two_weights(script: str) -> None:
    assert len(list((DIST / "fonts").glob(f"noto-sans*-{script}-[46]00-normal.woff2"))) >= 2


def test_every_shared_part_of_a_script_is_listed_for_the_pages() -> None:
    listed = json.loads((DIST / "scripts.json").read_text())

    def imported(name: str) -> set[str]:
        direct = set(re.findall(r'(?:from|import)\s*"\./([^"]+)"', (DIST / name).read_text()))
        return direct.union(*(imported(part) for part in direct))

    assert listed
    assert {name: set(parts) for name, parts in listed.items()} == {name: imported(name) for name in listed}


def test_a_page_names_shared_parts_once_and_before_the_scripts() -> None:
    page = scripts("section.js", "comforts.js")
    parts = re.findall(r'modulepreload" href="/static/(shared\.[A-Z0-9]{8}\.js)"', page)
    assert sorted(parts) == sorted(set(parts))
    assert parts
    assert page.index("<script") > page.rindex("<link")
