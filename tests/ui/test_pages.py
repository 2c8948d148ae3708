"""What a browser sees: on a narrow phone and a desk, in four scripts, with and without scripts running."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from suppliers.roles import Role
from tests.support.browser import PHONE
from tests.support.world import PASSWORD, buys, hold, make_brand, make_factory, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NewPage = Callable[..., Page]
AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
LANGUAGES = ["en", "km", "th", "vi"]
FACES = '"Noto Sans", "Noto Sans Khmer", "Noto Sans Thai"'


def speak(page: Page, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])


def sign_in(page: Page, email: str) -> None:
    page.goto(reverse("account_login"))
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main .btn-primary")


def offences(page: Page) -> list[str]:
    # Sizes are those of our own faces, which arrive after the page.
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}" for fault in found["violations"]]


def assert_fits(page: Page) -> None:
    width = page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    small = page.evaluate(
        """[...document.querySelectorAll("main .btn, main .form-control, main select, .menu > summary, .site-nav a")]
           .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 44)
           .map((each) => each.outerHTML.slice(0, 80))"""
    )
    assert small == [], page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_for_visitors_fit_a_phone_and_pass_axe(new_page: NewPage, language: str) -> None:
    page = new_page(**PHONE)
    page.goto("/")
    speak(page, language)
    for name in ("landing", "account_login", "account_reset_password", "account_request_login_code"):
        page.goto(reverse(name))
        assert page.get_attribute("html", "lang") == language
        assert_fits(page)
        assert offences(page) == []


@pytest.mark.parametrize("options", [PHONE, {}], ids=["phone", "desk"])
def test_pages_of_the_program_fit_and_pass_axe(new_page: NewPage, options: dict[str, object]) -> None:
    admin = hold(Role.PROGRAM_ADMIN)
    brand, factory = make_brand(), make_factory(name_latin="A rather long name of a factory in Svay Rieng Province")
    buys(brand, factory)
    hold(Role.FACTORY_MANAGER, factory)
    page = new_page(**options)
    sign_in(page, admin.user.email)
    for address in (
        reverse("suppliers:factories"),
        reverse("suppliers:factory_new"),
        reverse("suppliers:factory_people", args=[factory.code]),
        reverse("suppliers:brands"),
        reverse("suppliers:brand_edit", args=[brand.code]) + "?q=mekong",
        reverse("suppliers:program_people"),
        reverse("suppliers:profile"),
        reverse("account_email"),
    ):
        page.goto(address)
        assert_fits(page)
        assert offences(page) == [], address


def test_a_form_with_mistakes_leads_to_the_field(page: Page) -> None:
    admin = hold(Role.PROGRAM_ADMIN)
    sign_in(page, admin.user.email)
    page.goto(reverse("suppliers:factory_new"))
    page.click("main form .btn-primary")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert offences(page) == []
    page.click("[data-error-summary] a >> nth=0")
    assert page.evaluate("document.activeElement.name") == "code"


def test_without_scripts_menus_open_languages_change_and_hats_are_worn(new_page: NewPage) -> None:
    user = make_user()
    hold(Role.FACTORY_MANAGER, make_factory(), user=user)
    hold(Role.FACTORY_MANAGER, make_factory(name_latin="Second Works"), user=user)
    page = new_page(**PHONE, java_script_enabled=False)
    sign_in(page, user.email)
    page.goto(reverse("suppliers:profile"))
    page.click(".hat > summary")
    page.click(".hat button:has-text('Second Works')")
    page.goto(reverse("suppliers:profile"))
    assert page.inner_text(".hat-place >> nth=0") == "Second Works"
    page.click(".language > summary")
    page.click(".language button[value=km]")
    assert page.get_attribute("html", "lang") == "km"


def test_one_menu_closes_with_escape_and_by_a_press_elsewhere(page: Page) -> None:
    page.goto("/")
    page.click(".language > summary")
    page.keyboard.press("Escape")
    assert not page.locator(".language[open]").count()
    page.click(".language > summary")
    page.click("h1")
    assert not page.locator(".language[open]").count()


def test_the_first_tab_stop_leads_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    ("language", "letters"), [("km", "ភាសាខ្មែរ"), ("th", "ภาษาไทย"), ("vi", "Tiếng Việt"), ("en", "English")]
)
def test_each_script_is_set_in_our_own_faces(page: Page, language: str, letters: str) -> None:
    page.goto("/")
    speak(page, language)
    page.reload()
    page.evaluate("letters => { document.querySelector('h1').textContent = letters }", letters)
    page.evaluate(f"letters => document.fonts.load('600 16px {FACES}', letters)", letters)
    assert page.evaluate("[...document.fonts].filter((face) => face.status === 'loaded').length") > 0
    size = page.evaluate("getComputedStyle(document.body).fontSize")
    assert size == ("17px" if language == "km" else "16px")


def test_nothing_is_blocked_by_our_own_policy(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    page.goto(reverse("account_login"))
    assert complaints == []
