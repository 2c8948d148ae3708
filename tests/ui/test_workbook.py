"""Bringing a workbook back, in a browser: the pages fit a phone, pass axe, and work without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.support.answer_workbooks import downloaded, write
from tests.support.assessing import complete, give, make_assessment, someone_of
from tests.support.browser import PHONE, NewPage
from tests.support.workbooks import saved
from tests.ui.test_pages import assert_fits, offences, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_workbook_is_compared_and_taken_over(new_page: NewPage) -> None:
    assessment = complete(make_assessment())
    book = downloaded(assessment)
    for code, value in {"S1.02": 50, "G1.02": "More light", "E1.03": "lots", "G1.01": "No"}.items():
        write(book, code, value)
    give(assessment, "G1.02", "Less noise")
    page = new_page(**PHONE)
    sign_in(page, someone_of(assessment).email)
    page.goto(reverse("assessments:workbook", args=[assessment.code]))
    assert offences(page) == []
    assert_fits(page)
    file = {"name": "answers.xlsx", "mimeType": XLSX, "buffer": saved(book)}
    page.set_input_files('[name="workbook"]', file)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.get_by_text("Less noise")).to_be_visible()
    assert offences(page) == []
    assert_fits(page)
    page.locator('[name="G1.02.choose"][value="workbook"]').check(force=True)
    page.get_by_role("button", name="Take over all changes").click()
    expect(page.get_by_text("3 answers taken over.")).to_be_visible()
    assert assessment.answers.get(question_code="G1.02").value == "More light"
    page.goto(reverse("reports:paper", args=[assessment.code]))
    assert offences(page) == []
    assert_fits(page)
