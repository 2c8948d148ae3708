"""Where the workbook is fetched and brought back, and the page that shows what it would change."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, WorkbookUpload
from suppliers.roles import Role
from tests.support.answer_workbooks import as_file, downloaded, staged, write
from tests.support.assessing import complete, give, make_assessment, someone_of, submit
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def page_of(assessment: Assessment) -> str:
    return reverse("assessments:workbook", args=[assessment.code])


def file_of(assessment: Assessment) -> str:
    return reverse("assessments:workbook_download", args=[assessment.code])


def changes_of(upload: WorkbookUpload) -> str:
    return reverse("assessments:workbook_changes", args=[upload.assessment.code, upload.public_id])


def discard_of(upload: WorkbookUpload) -> str:
    return reverse("assessments:workbook_discard", args=[upload.assessment.code, upload.public_id])


@pytest.fixture
def assessment() -> Assessment:
    return complete(make_assessment())


@pytest.fixture
def manager(assessment: Assessment) -> Client:
    return signed_in(someone_of(assessment))


def changed(assessment: Assessment, **cells: object) -> WorkbookUpload:
    book = downloaded(assessment)
    for code, value in cells.items():
        write(book, code.replace("_", "."), value)
    return staged(assessment, book)


def value_of(assessment: Assessment, code: str) -> object:
    return assessment.answers.get(question_code=code).value


def test_a_stranger_gets_404_on_every_address(assessment: Assessment) -> None:
    upload = changed(assessment, S1_02=50)
    for stranger in (make_user(), hold(Role.FACTORY_MANAGER, make_factory()), hold(Role.BRAND_LEAD, make_brand())):
        client = signed_in(stranger)
        assert client.get(page_of(assessment)).status_code == 404
        assert client.get(file_of(assessment)).status_code == 404
        assert client.get(changes_of(upload)).status_code == 404
        assert client.post(changes_of(upload), {"all": "1"}).status_code == 404
        assert client.post(discard_of(upload)).status_code == 404


def test_the_program_reads_the_workbook_but_brings_nothing_back(assessment: Assessment) -> None:
    upload, staff = changed(assessment, S1_02=50), signed_in(hold(Role.PROGRAM_STAFF))
    assert staff.get(page_of(assessment)).status_code == 200
    assert staff.get(file_of(assessment)).status_code == 200
    assert staff.post(page_of(assessment)).status_code == 403
    assert staff.get(changes_of(upload)).status_code == 403
    assert staff.post(discard_of(upload)).status_code == 403


def test_a_brand_that_buys_may_not_have_the_draft(assessment: Assessment) -> None:
    brand = make_brand()
    buys(brand, assessment.factory)
    reviewer = signed_in(hold(Role.BRAND_REVIEWER, brand))
    assert reviewer.get(page_of(assessment)).status_code == 403
    assert reviewer.get(file_of(assessment)).status_code == 403


def test_a_colleague_does_not_see_what_another_one_uploaded(assessment: Assessment) -> None:
    upload = changed(assessment, S1_02=50)
    colleague = signed_in(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory))
    assert colleague.get(changes_of(upload)).status_code == 404


def test_the_workbook_is_a_private_file_in_the_readers_language(assessment: Assessment, manager: Client) -> None:
    answer = manager.get(file_of(assessment), headers={"accept-language": "en"})
    assert answer["Content-Disposition"] == f'attachment; filename="{assessment.code}-en.xlsx"'
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content.startswith(b"PK")


def test_upload_then_all_changes_at_once(assessment: Assessment, manager: Client) -> None:
    book = downloaded(assessment)
    write(book, "S1.02", 50)
    write(book, "G1.02", "More light")
    sent = manager.post(page_of(assessment), {"workbook": as_file(book)})
    page = manager.get(sent.url).content.decode()
    assert "48 hours" in page
    assert "More light" in page
    assert value_of(assessment, "S1.02") == 48
    done = manager.post(sent.url, {"all": "1"})
    assert done.url == assessment.get_absolute_url()
    assert (value_of(assessment, "S1.02"), value_of(assessment, "G1.02")) == (50, "More light")
    assert not WorkbookUpload.objects.exists()


def test_only_what_is_ticked_is_taken_over_and_the_rest_waits(assessment: Assessment, manager: Client) -> None:
    upload = changed(assessment, S1_02=50, G1_02="More light")
    answer = manager.post(changes_of(upload), {"take": ["G1.02"]})
    assert answer.url == changes_of(upload)
    assert (value_of(assessment, "S1.02"), value_of(assessment, "G1.02")) == (48, "More light")
    page = manager.get(changes_of(upload)).content.decode()
    assert 'value="S1.02"' in page
    assert 'value="G1.02"' not in page


def test_a_conflict_is_chosen_by_hand_and_never_by_all(assessment: Assessment, manager: Client) -> None:
    upload = changed(assessment, S1_02=50)
    give(assessment, "S1.02", "55")
    page = manager.get(changes_of(upload)).content.decode()
    assert "55 hours" in page
    assert "50 hours" in page
    manager.post(changes_of(upload), {"all": "1"})
    assert value_of(assessment, "S1.02") == 55
    choice = {"S1.02.choose": "workbook", "S1.02.version": str(assessment.answers.get(question_code="S1.02").version)}
    manager.post(changes_of(upload), choice)
    assert value_of(assessment, "S1.02") == 50


def test_a_choice_over_an_answer_that_changed_again_is_asked_anew(assessment: Assessment, manager: Client) -> None:
    upload = changed(assessment, S1_02=50)
    give(assessment, "S1.02", "55")
    seen = assessment.answers.get(question_code="S1.02").version
    give(assessment, "S1.02", "56")
    for version in (str(seen), "", "-1", "x"):
        manager.post(changes_of(upload), {"S1.02.choose": "workbook", "S1.02.version": version})
        assert value_of(assessment, "S1.02") == 56


def test_bad_cells_and_formulas_are_named(assessment: Assessment, manager: Client) -> None:
    upload = changed(assessment, S1_02="lots", S1_03="=TODAY()")
    page = manager.get(changes_of(upload)).content.decode()
    assert "S1!D" in page
    assert "This is not a number" in page
    assert "A formula stands in this cell" in page


@pytest.mark.parametrize("language", ["km", "th", "vi"])
def test_the_pages_open_in_every_language(language: str, assessment: Assessment) -> None:
    person = someone_of(assessment)
    person.language = language
    person.save()
    client = signed_in(person)
    upload = changed(assessment, S1_02=50)
    assert client.get(page_of(assessment)).status_code == 200
    assert f'lang="{language}"' in client.get(changes_of(upload)).content.decode()


def test_another_assessments_workbook_is_refused_in_words(assessment: Assessment, manager: Client) -> None:
    book = downloaded(make_assessment())
    page = manager.post(page_of(assessment), {"workbook": as_file(book)}).content.decode()
    assert "belongs to another assessment" in page
    assert not WorkbookUpload.objects.exists()


def test_a_submitted_assessment_takes_no_workbook() -> None:
    assessment = submit(make_assessment()).assessment
    client = signed_in(someone_of(assessment))
    assert "workbook" not in client.get(page_of(assessment)).context["form"].data
    upload = changed(assessment, S1_02=50)
    page = client.get(changes_of(upload)).content.decode()
    assert "cannot be changed now" in page
    client.post(changes_of(upload), {"all": "1", "take": ["S1.02"]})
    assert value_of(assessment, "S1.02") == 48


def test_put_aside_it_is_gone_and_nothing_has_changed(assessment: Assessment, manager: Client) -> None:
    upload = changed(assessment, S1_02=50)
    assert manager.post(discard_of(upload)).url == page_of(assessment)
    assert not WorkbookUpload.objects.exists()
    assert value_of(assessment, "S1.02") == 48


def test_the_page_costs_the_same_however_much_differs(
    assessment: Assessment, manager: Client, django_assert_max_num_queries
) -> None:
    upload = changed(assessment, S1_02=50)
    manager.get(changes_of(upload))
    with django_assert_max_num_queries(16):
        manager.get(changes_of(upload))
    upload = changed(assessment, S1_02=50, E1_03=5, G1_02="x", S1_03="2026-01-02", E1_01="No", G1_01="No")
    with django_assert_max_num_queries(16):
        manager.get(changes_of(upload))
