"""The frame around every page while it is read and filled in."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from suppliers.roles import Role
from tests.support.browser import PHONE
from tests.support.world import hold, make_factory
from tests.ui.test_gallery import NewPage
from tests.ui.test_pages import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def scrolled_form(new_page: NewPage) -> Page:
    manager = hold(Role.FACTORY_MANAGER, make_factory())
    page = new_page(**PHONE, reduced_motion="reduce")
    sign_in(page, manager.user.email)
    page.goto(reverse("suppliers:factory_edit", args=[manager.factory.code]))
    page.evaluate("scrollTo(0, 600)")
    return page


def test_only_the_menu_row_stays_in_sight_while_scrolling(new_page: NewPage) -> None:
    page = scrolled_form(new_page)
    assert page.evaluate("document.querySelector('.site-nav').getBoundingClientRect().top") >= 0
    covered = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
    assert covered <= 64


def test_a_field_that_is_jumped_to_is_not_hidden_by_the_menu(new_page: NewPage) -> None:
    page = scrolled_form(new_page)
    page.evaluate("location.hash = 'id_name_latin'")
    below = page.evaluate("document.querySelector('.site-header').getBoundingClientRect().bottom")
    assert page.evaluate("document.querySelector('#id_name_latin').getBoundingClientRect().top") >= below


def test_an_open_menu_lies_over_the_page(new_page: NewPage) -> None:
    page = scrolled_form(new_page)
    page.evaluate("scrollTo(0, 0)")
    page.click(".account > summary")
    page.click(".account a:has-text('My profile')")
    assert page.url.endswith(reverse("suppliers:profile"))
