"""From a workbook to a published version, as program staff do it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from assessments.models import Question, QuestionnaireVersion
from assessments.sheets import Sheets, read_upload, write_workbook
from suppliers.roles import Role
from tests.support.questionnaire import publish_small, small_sheets
from tests.support.workbooks import workbook
from tests.support.world import hold, make_brand, make_factory, signed_in

pytestmark = pytest.mark.django_db

UPLOAD = "assessments:questionnaire_upload"
PAGES = ("questionnaire_check", "questionnaire_preview", "questionnaire_workbook")
ACTIONS = ("questionnaire_publish", "questionnaire_discard")


@pytest.fixture
def admin() -> Client:
    return signed_in(hold(Role.PROGRAM_ADMIN))


def send(client: Client, sheets: Sheets | None = None, content: bytes = b"", name: str = "form.xlsx") -> Any:
    file = SimpleUploadedFile(name, content or write_workbook(sheets or small_sheets()))
    return client.post(reverse(UPLOAD), {"workbook": file})


def draft(client: Client, sheets: Sheets | None = None) -> QuestionnaireVersion:
    response = send(client, sheets)
    assert response.status_code == 302, response.content.decode()
    return QuestionnaireVersion.objects.get(published_at=None)


def without(sheets: Sheets, column: str) -> Sheets:
    """The same survey with one column emptied below its heading."""
    at = sheets["survey"][0].index(column)
    survey = [sheets["survey"][0], *([*row[:at], "", *row[at + 1 :]] for row in sheets["survey"][1:])]
    return sheets | {"survey": survey}


def test_a_workbook_becomes_a_draft_to_check(admin: Client) -> None:
    response = send(admin)
    version = QuestionnaireVersion.objects.get()
    assert response.url == reverse("assessments:questionnaire_check", args=[version.pk])
    assert not version.is_published
    page = admin.get(response.url)
    assert page.context["page"].questions == 11
    assert page.context["page"].may_publish


def test_all_problems_are_listed_by_sheet_row_and_column_and_nothing_is_stored(admin: Client) -> None:
    rows = [["type", "name", "label"], ["frob", "a", "A"], ["text", "b", "=1"], ["select_one x", "c", "C"]]
    response = send(admin, content=workbook(survey=rows, choices=[["list_name", "name", "label"], ["l", "", "X"]]))
    found = {(line.sheet, line.row, line.column) for line in response.context["problems"]}
    assert found >= {("survey", 2, "type"), ("survey", 3, "C"), ("survey", 4, "type"), ("choices", 2, "name")}
    assert not QuestionnaireVersion.objects.exists()


def test_problems_are_said_in_the_readers_language(admin: Client) -> None:
    member = hold(Role.PROGRAM_ADMIN)
    member.user.language = "km"
    member.user.save()
    response = send(signed_in(member), content=b"no workbook at all")
    error = str(response.context["form"].errors["workbook"][0])
    assert any("ក" <= letter <= "៿" for letter in error)


def test_a_file_that_is_no_workbook_is_refused_at_the_field(admin: Client) -> None:
    assert "workbook" in send(admin, content=b"x", name="form.pdf").context["form"].errors
    assert "workbook" in admin.post(reverse(UPLOAD), {}).context["form"].errors


def test_a_draft_can_be_uploaded_again_and_a_published_version_cannot_change(admin: Client) -> None:
    first = draft(admin)
    changed = small_sheets()
    changed["survey"][1] = [cell.replace("Energy", "Energy use") for cell in changed["survey"][1]]
    second = draft(admin, changed)
    assert first.pk != second.pk
    admin.post(reverse("assessments:questionnaire_publish", args=[second.pk]))
    assert "workbook" in send(admin).context["form"].errors
    assert send(admin, changed).status_code == 302  # the very same content: nothing to do


def test_the_database_itself_keeps_a_published_version_as_it_is() -> None:
    version = publish_small()
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.filter(version=version).update(label_en="Something else")
    with pytest.raises(DatabaseError), transaction.atomic():
        version.delete()


def test_a_version_with_missing_texts_is_not_published(admin: Client) -> None:
    version = draft(admin, without(small_sheets(), "label::Khmer (km)"))
    page = admin.get(reverse("assessments:questionnaire_check", args=[version.pk])).context["page"]
    assert not page.may_publish
    assert {line.problem for line in page.text_problems} == {"Missing"}
    admin.post(reverse("assessments:questionnaire_publish", args=[version.pk]))
    version.refresh_from_db()
    assert not version.is_published


def test_a_draft_can_be_deleted_and_a_published_version_cannot(admin: Client) -> None:
    version = draft(admin)
    admin.post(reverse("assessments:questionnaire_discard", args=[version.pk]))
    assert not QuestionnaireVersion.objects.exists()
    published = publish_small()
    admin.post(reverse("assessments:questionnaire_discard", args=[published.pk]))
    assert QuestionnaireVersion.objects.get() == published


def test_a_new_version_is_compared_with_the_published_one(admin: Client) -> None:
    publish_small("1")
    version = draft(admin, small_sheets("2"))
    page = admin.get(reverse("assessments:questionnaire_check", args=[version.pk])).context["page"]
    assert page.before.number == "1"
    assert page.comparison.is_empty


def test_what_has_no_effect_is_remembered_and_shown(admin: Client) -> None:
    survey = [["type", "name", "label", "appearance"], ["deviceid", "d", "", ""], ["text", "a", "A", "w1"]]
    version = draft(admin, read_upload("f.xlsx", workbook(survey=survey)).sheets)
    page = admin.get(reverse("assessments:questionnaire_check", args=[version.pk])).context["page"]
    assert [(line.sheet, line.row) for line in page.remarks] == [("survey", 2), ("survey", 3)]


@pytest.mark.parametrize(("language", "title"), [("km", "ថាមពល"), ("th", "พลังงาน"), ("vi", "Năng lượng")])
def test_the_preview_speaks_the_factorys_language(admin: Client, language: str, title: str) -> None:
    version = draft(admin)
    response = admin.get(reverse("assessments:questionnaire_preview", args=[version.pk]), {"language": language})
    assert f'<html lang="{language}">' in response.content.decode()
    assert response.context["page"].title == title


def test_the_preview_shows_what_a_sector_and_country_see(admin: Client) -> None:
    version = draft(admin)
    url = reverse("assessments:questionnaire_preview", args=[version.pk])
    garments = admin.get(url, {"section": "S1", "sector": "garments", "country": "KH"}).context["page"]
    food = admin.get(url, {"section": "S1", "sector": "food", "country": "VN"}).context["page"]
    assert [block.code for block in garments.blocks] == ["S1.01", "S1.02", "S1.03", "S1.04"]
    assert [block.code for block in food.blocks] == ["S1.01", "S1.02", "S1.03"]
    assert garments.blocks[1].why.law
    assert not food.blocks[1].why.law


def test_the_workbook_can_be_uploaded_again_as_it_is(admin: Client) -> None:
    version = draft(admin)
    response = admin.get(reverse("assessments:questionnaire_workbook", args=[version.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="small-1.xlsx"'
    again = send(admin, content=response.content)
    assert again.url == reverse("assessments:questionnaire_check", args=[version.pk])


def test_staff_read_versions_but_only_admins_change_them() -> None:
    staff, version = signed_in(hold(Role.PROGRAM_STAFF)), publish_small()
    for page in PAGES:
        assert staff.get(reverse(f"assessments:{page}", args=[version.pk])).status_code == 200
    for action in ACTIONS:
        assert staff.post(reverse(f"assessments:{action}", args=[version.pk])).status_code == 403
    assert staff.get(reverse(UPLOAD)).status_code == 403


@pytest.mark.parametrize("role", [Role.FACTORY_MANAGER, Role.BRAND_LEAD])
def test_nobody_else_may_look(role: Role) -> None:
    place = make_factory() if role is Role.FACTORY_MANAGER else make_brand()
    other, version = signed_in(hold(role, place)), publish_small()
    for page in PAGES:
        assert other.get(reverse(f"assessments:{page}", args=[version.pk])).status_code == 403
    assert other.get(reverse(UPLOAD)).status_code == 403


def test_a_version_that_does_not_exist_is_not_found(admin: Client) -> None:
    for page in PAGES:
        assert admin.get(reverse(f"assessments:{page}", args=[10**9])).status_code == 404
