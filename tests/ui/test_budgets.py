"""What a section page weighs on a slow line, in each language. Times are measured by `make budgets`."""

import gzip
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

from suppliers.labels import Language
from tests.support.assessing import make_assessment, someone_of
from tests.support.browser import PHONE, NewPage
from tests.support.world import make_factory, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Where the language is at home: a name there is written in its letters.
PLACES = {
    "en": ("VN", "VN-HN", "Mekong Works"),
    "km": ("KH", "KH-12", "រោងចក្រ មេគង្គ"),
    "th": ("TH", "TH-10", "โรงงานแม่โขง"),
    "vi": ("VN", "VN-HN", "Nhà máy Mê Kông"),
}
FIRST_VISIT, FONTS, SCRIPTS = 180_000, 120_000, 60_000


def weighed(page: Page, path: str) -> Counter[str]:
    """Compressed bytes by kind of file. The tests' server sends static files as they are; others send them packed."""
    weights: Counter[str] = Counter()
    seen: list[Response] = []
    page.on("response", lambda response: seen.append(response))
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    for response in seen:
        body = response.body()
        is_packed = urlsplit(response.url).path.endswith(".woff2")
        weights[response.request.resource_type] += len(body if is_packed else gzip.compress(body))
    return weights


@pytest.mark.parametrize("language", Language.values)
def test_a_section_page_is_light_in_every_language(new_page: NewPage, live_server: LiveServer, language: str) -> None:
    country, province, name = PLACES[language]
    assessment = make_assessment(make_factory(country=country, province=province, name=name))
    manager = someone_of(assessment)
    manager.language = language
    manager.save(update_fields=["language"])
    page = new_page(**PHONE)
    session = signed_in(manager).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    weights = weighed(page, reverse("assessments:section", args=[assessment.code, "E1"]))
    fonts = weights.pop("font")
    assert 0 < fonts <= FONTS
    assert 0 < weights["script"] <= SCRIPTS
    assert sum(weights.values()) <= FIRST_VISIT
