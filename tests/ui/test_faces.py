"""What the faces of one language weigh on a slow line, with the signs that our pages use."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, Route

LIMIT = 120_000
WORDS = {
    "en": "Energy and greenhouse gases: 12.5 t CO₂e",
    "km": "ថាមពល និងឧស្ម័នផ្ទះកញ្ចក់៖ ១២,៥ t CO₂e",
    "th": "พลังงานและก๊าซเรือนกระจก: 12.5 t CO₂e",
    "vi": "Năng lượng, khí nhà kính ở nhà máy đã được đo: 12,5 t CO₂e",
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", WORDS)
def test_a_language_loads_its_own_faces_and_no_others(page: Page, language: str) -> None:
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.url.endswith(".woff2"):
            weights[urlsplit(response.url).path] = int(response.headers["content-length"])

    def answer(route: Route) -> None:
        words = WORDS[language]
        head = '<meta charset="utf-8"><link rel="stylesheet" href="/static/site.css">'
        body = f'<!doctype html><html lang="{language}">{head}<h1>{words}</h1><p>{words}</p>'
        route.fulfill(content_type="text/html", body=body)

    page.on("response", weigh)
    page.route("**/faces", answer)
    page.goto("/faces", wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    assert weights
    assert not [path for path in weights if "latin-ext" in path]
    assert sum(weights.values()) <= LIMIT, weights
