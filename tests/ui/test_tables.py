"""Monthly tables: pasted from a spreadsheet, typed in the unit of the bill, reckoned while somebody types."""

import os
from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from assessments.models import Assessment
from assessments.services import questionnaires
from assessments.sheets import read_folder
from tests.support.assessing import give, make_assessment, make_campaign, someone_of
from tests.support.browser import PHONE
from tests.ui.test_pages import NewPage, assert_fits, offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHIPPED = settings.BASE_DIR / "assessments" / "questionnaires" / "alliance-esg"
PASTE = """(cell, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

Opened = Callable[..., Page]


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    made = make_assessment()
    give(made, "E1.01", "yes")
    return made


@pytest.fixture
def open_table(new_page: NewPage, assessment: Assessment) -> Opened:
    def opened(section: str = "E1", **options: object) -> Page:
        page = new_page(**PHONE | options)
        sign_in(page, someone_of(assessment).email)
        page.goto(reverse("assessments:section", args=[assessment.code, section]))
        return page

    return opened


def cell(page: Page, column: str, month: int) -> Locator:
    return page.locator(f'[name="E1.02.{column}.{month}"]')


def foot(page: Page, name: str) -> Locator:
    return page.locator(f"[data-{name}]")


def value_of(assessment: Assessment) -> dict[str, list[float | None]]:
    return dict(assessment.answers.get(question_code="E1.02").value)


def saved(page: Page) -> None:
    expect(page.locator('[data-question="E1.02"] [data-state]')).to_have_attribute("data-state", "saved")


def test_a_column_is_pasted_with_its_head_and_reckoned_at_once(open_table: Opened, assessment: Assessment) -> None:
    page = open_table()
    page.route("**/answers/**", lambda route: route.abort())
    cell(page, "grid_kwh", 0).evaluate(PASTE, "Grid (kWh)\r\n" + "\r\n".join(["1,000", "២០០០", "about 3", *["1"] * 10]))
    expect(cell(page, "grid_kwh", 1)).to_have_value("២០០០")
    expect(cell(page, "grid_kwh", 2)).to_have_attribute("aria-invalid", "true")
    expect(foot(page, 'total="grid_kwh"')).to_have_text("3,009")
    note = page.locator('[data-question="E1.02"] [data-table-note]')
    expect(note).to_contain_text("Cells filled: 12.")
    expect(note).to_contain_text("Cells not understood: 1.")
    expect(note).to_contain_text("did not fit into the table: 1.")


def test_a_block_fills_the_columns_beside_it(open_table: Opened, assessment: Assessment) -> None:
    page = open_table()
    cell(page, "grid_kwh", 10).evaluate(PASTE, "100\t5\n200\t\n300\t7")
    saved(page)
    assert value_of(assessment) == {
        "grid_kwh": [*[None] * 10, 100, 200],
        "diesel_l": [*[None] * 10, 5, None],
    }


def test_the_unit_of_the_bill_is_converted_and_remembered(open_table: Opened, assessment: Assessment) -> None:
    page = open_table()
    cell(page, "grid_kwh", 0).fill("1.5")
    page.locator('[data-unit="grid_kwh"]').select_option("MWh")
    expect(foot(page, 'own-total="grid_kwh"')).to_have_text("= 1,500 kWh")
    expect(foot(page, 'tonnes="grid_kwh"')).to_have_text("0.748")
    saved(page)
    assert value_of(assessment)["grid_kwh"][0] == 1500
    live = foot(page, "table-tonnes").text_content()
    page.reload()
    expect(cell(page, "grid_kwh", 0)).to_have_value("1.5")
    expect(page.locator('[data-unit="grid_kwh"]')).to_have_value("MWh")
    expect(foot(page, "table-tonnes")).to_have_text(live or "")


def test_keys_move_as_in_a_spreadsheet(open_table: Opened, assessment: Assessment) -> None:
    page = open_table()
    cell(page, "grid_kwh", 0).focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(cell(page, "grid_kwh", 1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "diesel_l", 1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(cell(page, "diesel_l", 0)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, "grid_kwh", 0)).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(cell(page, "grid_kwh", 0)).to_have_value("12")


def test_helpers_fill_only_what_is_empty(open_table: Opened, assessment: Assessment) -> None:
    page = open_table()
    cell(page, "diesel_l", 3).fill("7")
    cell(page, "diesel_l", 3).focus()
    page.locator('[data-question="E1.02"] [data-fill="zero"]').click()
    saved(page)
    assert value_of(assessment) == {"diesel_l": [0, 0, 0, 7, *[0] * 8]}
    cell(page, "grid_kwh", 9).fill("5")
    page.locator('[data-question="E1.02"] [data-fill="copy"]').click()
    expect(foot(page, 'total="grid_kwh"')).to_have_text("15")
    expect(cell(page, "grid_kwh", 0)).to_have_value("")


def test_numbers_and_dates_are_understood_without_the_server(open_table: Opened, assessment: Assessment) -> None:
    page = open_table("S1")
    page.route("**/answers/**", lambda route: route.abort())
    hours = page.locator('[data-question="S1.02"]')
    hours.locator("[name='S1.02']").fill("១,០០០")
    expect(hours.locator("[data-understood]")).to_contain_text("1,000 hours")
    expect(hours.locator("[data-problems]")).to_be_empty()
    hours.locator("[name='S1.02']").blur()
    expect(hours.locator("[data-problems]")).to_contain_text("A week has 168 hours")
    hours.locator("[name='S1.02']").fill("48")
    expect(hours.locator("[data-problems]")).to_be_empty()
    drill = page.locator('[data-question="S1.03"]')
    drill.locator("[name='S1.03']").fill("31/3/2569")
    expect(drill.locator("[data-understood]")).to_contain_text("31 March 2026")


def test_the_table_fits_the_phone_and_is_read_aloud_well(open_table: Opened, assessment: Assessment) -> None:
    for options in (PHONE, {"locale": "km-KH"}, {"viewport": {"width": 1280, "height": 900}, "is_mobile": False}):
        page = open_table(**options)
        assert_fits(page)
        assert offences(page) == []
        if folder := os.environ.get("PICTURES"):
            width = page.viewport_size["width"] if page.viewport_size else 0
            name = f"{folder}/table-{width}-{options.get('locale', 'en')}.png"
            page.locator('[data-question="E1.02"]').screenshot(path=name)


def test_a_wide_table_shows_one_column_at_a_time_on_a_phone(new_page: NewPage, transactional_db: None) -> None:
    shipped = questionnaires.publish(questionnaires.load(read_folder(SHIPPED)).version)
    wide = make_assessment(campaign=make_campaign(shipped))
    page = new_page(**PHONE)
    sign_in(page, someone_of(wide).email)
    page.goto(reverse("assessments:section", args=[wide.code, "E1"]))
    assert_fits(page)
    page.locator('[data-question="E1.02"] [data-column-choice] select').select_option("fuel_oil_l")
    expect(cell(page, "fuel_oil_l", 0)).to_be_focused()
    expect(cell(page, "diesel_l", 0)).to_be_hidden()
    cell(page, "fuel_oil_l", 0).fill("100")
    expect(foot(page, 'tonnes="fuel_oil_l"')).to_have_text("0.308")
    page.locator('[data-question="E1.02"] [data-column-choice] select').select_option("")
    expect(cell(page, "diesel_l", 0)).to_be_visible()
    saved(page)
    assert wide.answers.get(question_code="E1.02").value["fuel_oil_l"][0] == 100
    if folder := os.environ.get("PICTURES"):
        page.locator('[data-question="E1.02"]').screenshot(path=f"{folder}/fuel.png")
