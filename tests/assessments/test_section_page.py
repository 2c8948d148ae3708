"""A section as a page: what it shows, and what happens when it is sent as a plain form."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Answer, Evidence
from suppliers.roles import Role
from tests.support.assessing import PDF, complete, give, make_assessment, prove, someone_of, submit
from tests.support.reviewing import ask_back
from tests.support.sections import address, block, manager_of, shown, value_of, versions
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def test_each_kind_of_question_has_its_control() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    energy = shown(client, assessment)
    assert len(re.findall(r'type="radio" name="E1.01"', energy)) == 2
    assert len(re.findall(r'name="E1\.02\.grid_kwh\.\d+"', energy)) == 12
    assert len(re.findall(r'type="checkbox" name="E1.04" value="(?:led|motors)"', energy)) == 2
    assert 'name="E1.04.na"' in energy
    safety = shown(client, assessment, "S1")
    assert "day/month/year" in block(safety, "S1.03")
    assert 'inputmode="numeric"' in block(safety, "S1.02")
    ethics = shown(client, assessment, "G1")
    assert "<textarea" in block(ethics, "G1.02")
    assert 'type="file"' in block(ethics, "G1.03")


def test_questions_not_asked_are_there_but_hidden() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    assert " hidden " in block(shown(client, assessment), "E1.02")[:200]
    give(assessment, "E1.01", "yes")
    assert " hidden " not in block(shown(client, assessment), "E1.02")[:200]


def test_a_question_for_another_sector_is_not_on_the_page() -> None:
    assessment = make_assessment(make_factory(sector="food"))
    assert 'data-question="S1.04"' not in shown(manager_of(assessment), assessment, "S1")


def test_the_law_of_the_own_country_says_why_we_ask() -> None:
    cambodian, thai = make_assessment(), make_assessment(make_factory(country="TH", province="TH-10"))
    assert "Labour Law · Art. 137 · 1997" in block(shown(manager_of(cambodian), cambodian, "S1"), "S1.02")
    assert "Labour Law" not in shown(manager_of(thai), thai, "S1")


def test_a_section_of_which_nothing_is_asked_says_so() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    page = client.get(address(assessment, "G1")).context["page"]
    page.links.clear()
    assert page.position == 0
    assert page.following is None
    assert page.previous is None


def test_an_unknown_section_is_not_there() -> None:
    assessment = make_assessment()
    assert manager_of(assessment).get(address(assessment, "X9")).status_code == 404


def test_the_plain_form_saves_all_answers_of_the_page() -> None:
    assessment = make_assessment()
    sent = versions(assessment, "E1.01", "E1.02", "E1.03", "E1.04") | {
        "E1.01": "yes",
        "E1.03": "12.5",
        "E1.04": ["led", "motors"],
        "E1.02.grid_kwh.0": "1000",
        "E1.02.grid_kwh.11": "1100",
    }
    answer = manager_of(assessment).post(address(assessment), sent)
    assert answer.url == address(assessment)
    assert value_of(assessment, "E1.01") == "yes"
    assert value_of(assessment, "E1.03") == 12.5
    assert value_of(assessment, "E1.04") == ["led", "motors"]
    assert value_of(assessment, "E1.02")["grid_kwh"] == [1000, *[None] * 10, 1100]


def test_save_and_continue_leads_to_the_next_section_and_at_last_to_what_is_missing() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    assert client.post(address(assessment, "E1"), {"next": "1"}).url == address(assessment, "S1")
    assert client.post(address(assessment, "G1"), {"next": "1"}).url == reverse(
        "assessments:missing", args=[assessment.code]
    )


def test_not_applicable_needs_a_reason_and_keeps_it() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    client.post(address(assessment), versions(assessment, "E1.04") | {"E1.04.na": "1", "E1.04.na_reason": ""})
    assert "Please say why this does not apply" in block(shown(client, assessment), "E1.04")
    sent = {"E1.04.na": "1", "E1.04.na_reason": "No machines"}
    client.post(address(assessment), versions(assessment, "E1.04") | sent)
    page = block(shown(client, assessment), "E1.04")
    assert "No machines" in page
    assert "Please say why" not in page


def test_odd_input_is_kept_and_explained() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    client.post(address(assessment), versions(assessment, "E1.03") | {"E1.03": "about half"})
    page = block(shown(client, assessment), "E1.03")
    assert 'value="about half"' in page
    assert "This is not a number" in page
    assert value_of(assessment, "E1.03") is None


def test_an_odd_cell_is_kept_beside_the_good_ones() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    give(assessment, "E1.01", "yes")
    sent = {"E1.02.grid_kwh.0": "1000", "E1.02.grid_kwh.1": "-5"}
    client.post(address(assessment), versions(assessment, "E1.02") | sent)
    page = block(shown(client, assessment), "E1.02")
    assert 'value="-5"' in page
    assert "Please enter 0 or more" in page
    assert value_of(assessment, "E1.02")["grid_kwh"][0] == 1000


def test_what_breaks_the_constraint_is_said_in_the_questions_own_words() -> None:
    assessment = make_assessment()
    give(assessment, "S1.02", "200")
    assert "A week has 168 hours" in block(shown(manager_of(assessment), assessment, "S1"), "S1.02")


def test_numbers_say_how_they_were_understood() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "12.5")
    assert re.search(r"Understood as:\s+12\.5%", block(shown(manager_of(assessment), assessment), "E1.03"))


def test_files_come_with_the_plain_form_and_are_removed_by_it() -> None:
    assessment = make_assessment()
    client = manager_of(assessment)
    client.post(address(assessment, "S1"), {"S1.01.file": SimpleUploadedFile("exit.pdf", PDF)})
    file = Evidence.objects.current().get()
    assert "exit.pdf" in block(shown(client, assessment, "S1"), "S1.01")
    client.post(address(assessment, "S1"), {"remove": str(file.public_id)})
    assert not Evidence.objects.current().exists()


def test_a_file_that_is_refused_says_why() -> None:
    assessment = make_assessment()
    upload = {"S1.01.file": SimpleUploadedFile("exit.exe", b"MZ")}
    answer = manager_of(assessment).post(address(assessment, "S1"), upload, follow=True)
    assert "This kind of file cannot be used" in answer.content.decode()


def test_after_submission_the_page_is_for_reading_only() -> None:
    assessment = make_assessment()
    submit(assessment)
    client = manager_of(assessment)
    page = shown(client, assessment, "S1")
    assert "submitted" in page
    assert 'name="S1.02"' not in page
    assert "48 hours" in block(page, "S1.02")
    assert "section.js" not in page
    client.post(address(assessment, "S1"), {"S1.02": "50", "S1.02.version": "1"})
    assert value_of(assessment, "S1.02") == 48


def test_after_a_return_only_the_questions_asked_about_can_change() -> None:
    assessment = make_assessment()
    remark = ask_back(submit(assessment), "S1.02", "Is this with overtime?")
    client = manager_of(assessment)
    page = shown(client, assessment, "S1")
    assert 'name="S1.02"' in page
    assert 'name="S1.01"' not in page
    assert "Is this with overtime?" in block(page, "S1.02")
    sent = {
        "S1.01": "no",
        "S1.01.version": "1",
        "S1.02": "55",
        "S1.02.version": "1",
        f"reply.{remark.pk}": "Yes, it is",
    }
    client.post(address(assessment, "S1"), sent)
    assert value_of(assessment, "S1.01") == "yes"
    assert value_of(assessment, "S1.02") == 55
    assert "Yes, it is" in block(shown(client, assessment, "S1"), "S1.02")


def test_only_managers_reply_to_remarks() -> None:
    assessment = make_assessment()
    remark = ask_back(submit(assessment), "S1.02", "Is this with overtime?")
    client = signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory))
    assert f"reply.{remark.pk}" not in shown(client, assessment, "S1")
    assert client.post(address(assessment, "S1"), {f"reply.{remark.pk}": "Yes"}).status_code == 403


def test_the_program_reads_a_draft_but_cannot_write() -> None:
    assessment = make_assessment()
    give(assessment, "E1.03", "12.5")
    client = signed_in(hold(Role.PROGRAM_STAFF, country="KH"))
    page = shown(client, assessment)
    assert "12.5%" in page
    assert 'name="E1.03"' not in page
    assert client.post(address(assessment), {"E1.03": "30", "E1.03.version": "1"}).status_code == 403


def test_a_stranger_finds_nothing_and_a_buyer_is_refused() -> None:
    assessment, brand = make_assessment(), make_brand()
    buys(brand, assessment.factory)
    assert signed_in(make_user()).get(address(assessment)).status_code == 404
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(address(assessment)).status_code == 404
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(address(assessment)).status_code == 403


def test_the_browser_keeps_no_copy_of_the_page() -> None:
    assessment = make_assessment()
    assert "no-store" in manager_of(assessment).get(address(assessment))["Cache-Control"]


def test_the_page_costs_the_same_with_few_and_with_many_answers() -> None:
    few, many = make_assessment(), make_assessment()
    give(few, "E1.01", "yes")
    complete(many)
    for number in range(5):
        prove(many, "E1.02", f"bill-{number}.pdf", PDF + bytes([65 + number]))
    Answer.objects.bulk_create(
        Answer(assessment=many, question_code=f"Z9.{n:02}", updated_at=many.created_at, updated_by=someone_of(many))
        for n in range(90)
    )
    counts = []
    for assessment in (few, many):
        client = manager_of(assessment)
        shown(client, assessment)
        with CaptureQueriesContext(connection) as queries:
            shown(client, assessment)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_odd_names_of_fields_are_passed_over() -> None:
    assessment = make_assessment()
    sent = {"reply.²": "x", "reply.": "x", "E1.03.version": "²", "E1.03": "5", "E1.01.version": "9" * 30}
    assert manager_of(assessment).post(address(assessment), sent).status_code == 302
    assert value_of(assessment, "E1.03") == 5


def test_what_is_wrong_with_many_cells_is_said_once() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    give(assessment, "E1.02", {"grid_kwh": ["x", "y"], "diesel_l": ["z"]})
    page = block(shown(manager_of(assessment), assessment), "E1.02")
    assert page.count("This is not a number") == 1
    assert page.count('aria-invalid="true"') == 3


def test_what_is_refused_stores_nothing_of_the_page() -> None:
    assessment = make_assessment()
    remark = ask_back(submit(assessment), "S1.02", "Is this with overtime?")
    client = signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory))
    sent = {"S1.02": "50", "S1.02.version": "1"}
    assert client.post(address(assessment, "S1"), sent | {f"reply.{remark.pk}": "Yes"}).status_code == 403
    assert client.post(address(assessment, "S1"), sent | {"remove": str(remark.pk)}).status_code == 404
    assert value_of(assessment, "S1.02") == 48
