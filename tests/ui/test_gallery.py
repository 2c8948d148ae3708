"""The page that shows every part: a place for the browser to look at what no single page has together."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests.support.browser import PHONE
from tests.ui.test_pages import LANGUAGES, assert_fits, offences, speak

NewPage = Callable[..., Page]


@pytest.mark.django_db
def test_it_is_only_there_where_debug_is_on() -> None:
    assert Client().get("/gallery/").status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.ui.gallery_urls")
@pytest.mark.parametrize("options", [PHONE, {}], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_fits_and_passes_axe(new_page: NewPage, language: str, options: dict[str, object]) -> None:
    page = new_page(**options)
    page.goto("/")
    speak(page, language)
    page.goto("/gallery/")
    assert page.get_attribute("html", "lang") == language
    assert_fits(page)
    assert offences(page) == []
