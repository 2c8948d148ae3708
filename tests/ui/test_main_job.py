"""The main job, from beginning to end: a factory manager in Khmer on a phone, a buyer, a worker, and the PDF."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliance_portal.local.processes import Process
from assessments.models import Assessment, Share
from suppliers.models import Brand
from suppliers.roles import Role
from tests.reports.pdf_reading import page_texts
from tests.support.assessing import PDF, make_assessment
from tests.support.browser import PHONE, NewPage
from tests.support.world import PASSWORD, buys, hold, make_brand, make_user
from tests.ui.test_filling import expect_state, pick, question, type_in

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

KHMER = re.compile("[\u1780-\u17ff]")
# Names, units and abbreviations that stand in Latin letters in every language.
LATIN = {
    "kwh",
    "pdf",
    "word",
    "excel",
    "powerpoint",
    "led",
    "sha",
    "english",
    "tiếng",
    "việt",
    "brand",
    "co",
    "kb",
    "ghg",
    "xlsx",
}


def english_on(page: Page, *names: str) -> set[str]:
    """Words in Latin letters that a reader of Khmer would not know."""
    known = LATIN | {word.lower() for name in names for word in re.findall(r"\w+", name)}
    marked = "document.querySelectorAll('[lang=en]').forEach((part) => part.remove())"
    page.evaluate(marked)  # what stands in another language on purpose says so
    words = re.findall(r"[A-Za-z]{3,}", page.inner_text("body"))
    return {word for word in words if word.lower() not in known}


@pytest.fixture
def assessment(transactional_db: None) -> Assessment:
    return make_assessment()


@pytest.fixture
def buyer(assessment: Assessment) -> Brand:
    brand = make_brand()
    buys(brand, assessment.factory)
    return brand


@pytest.fixture
def phone(new_page: NewPage, assessment: Assessment) -> Page:
    """The manager's, signed in by hand; the portal speaks the manager's own language from then on."""
    manager = make_user("sokha@example.org", language="km", name="សុខា ចាន់")
    hold(Role.FACTORY_MANAGER, assessment.factory, user=manager)
    page = new_page(**PHONE, locale="km-KH")
    page.goto(reverse("account_login"))
    page.fill("[name=login]", manager.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url("**" + reverse("assessments:factory_home", args=[assessment.factory.code]))
    return page


def fill_in_everything(page: Page) -> None:
    pick(page, "E1.01", "yes")
    page.fill('[name="E1.02.grid_kwh.0"]', "១២៥០")
    for month in range(1, 12):
        page.fill(f'[name="E1.02.grid_kwh.{month}"]', "1000")
    expect_state(page, "E1.01", "saved")
    expect_state(page, "E1.02", "saved")
    expect(page.locator('[data-total="grid_kwh"]')).to_have_text("12,250")
    page.locator("button[name=next]").click()
    page.wait_for_url("**/sections/S1/")
    pick(page, "S1.01", "yes")
    type_in(page, "S1.02", "48")
    page.locator('[name="S1.01.file"]').set_input_files(
        {"name": "ច្រក.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(question(page, "S1.01").locator("[data-files] li")).to_have_count(1)
    expect_state(page, "S1.02", "saved")
    page.locator("button[name=next]").click()
    page.wait_for_url("**/sections/G1/")
    pick(page, "G1.01", "yes")
    type_in(page, "G1.02", "យើងចង់ដំឡើងបន្ទះសូឡា។")
    expect_state(page, "G1.02", "saved")
    page.locator("button[name=next]").click()
    page.wait_for_url("**/missing/")


def share_with(page: Page, brand: Brand) -> None:
    page.locator("summary.btn").first.click()
    page.locator(".confirm-box button").first.click()
    expect(page.locator("main [role=status]")).to_contain_text(brand.name)


@pytest.mark.timeout(180)
def test_a_manager_answers_submits_shares_and_downloads_the_scorecard_in_khmer(
    phone: Page, assessment: Assessment, buyer: Brand, celery_worker_process: Process, tmp_path: Path
) -> None:
    names = (assessment.factory.name_latin, buyer.name, assessment.code, "sokha@example.org")
    assert english_on(phone, *names) == set()
    phone.goto(reverse("assessments:section", args=[assessment.code, "E1"]))
    assert english_on(phone, *names) == set()
    fill_in_everything(phone)
    assert english_on(phone, *names) == set()

    phone.goto(reverse("assessments:submit", args=[assessment.code]))
    phone.check("[name=declared]")
    phone.click("main form button.btn-primary")
    phone.wait_for_url("**/receipt/")
    submission = assessment.submissions.get()
    assert submission.content_hash in phone.inner_text("main")
    assert submission.answers["E1.02"]["value"]["grid_kwh"][0] == 1250
    phone.goto(reverse("assessments:result", args=[assessment.code, 1]))
    assert english_on(phone, *names) == set()

    phone.goto(reverse("assessments:sharing", args=[assessment.factory.code]))
    share_with(phone, buyer)
    assert Share.objects.current().get().brand == buyer

    phone.goto(reverse("reports:scorecards", args=[assessment.code, 1]))
    phone.locator("li", has_text="ខ្មែរ").locator("button").click()
    link = phone.locator("li", has_text="ខ្មែរ").locator("a[hreflang=km]")
    link.wait_for(timeout=60_000)
    with phone.expect_download() as download:
        link.click()
    file = tmp_path / "scorecard.pdf"
    download.value.save_as(file)
    text = "".join(page_texts(file.read_bytes()))
    assert "".join(assessment.factory.name.split()) in "".join(text.split())
    assert submission.content_hash in text
    assert len(KHMER.findall(text)) > 300
