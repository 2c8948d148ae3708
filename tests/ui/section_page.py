"""A section page as the tests of this folder open it."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from assessments.models import Assessment
from suppliers.models import User
from tests.support.assessing import someone_of
from tests.support.browser import PHONE, NewPage
from tests.ui.test_pages import sign_in

OpenSection = Callable[..., Page]


@pytest.fixture
def open_section(new_page: NewPage, assessment: Assessment) -> OpenSection:
    """`open_section("S1")`: a phone of the factory's manager, or of somebody else, at a section of `assessment`."""

    def opened(section: str = "E1", user: User | None = None, **options: object) -> Page:
        page = new_page(**(PHONE | options))
        sign_in(page, (user or someone_of(assessment)).email)
        page.goto(reverse("assessments:section", args=[assessment.code, section]))
        return page

    return opened
