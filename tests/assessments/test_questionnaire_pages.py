import pytest
from django.test import Client
from django.urls import reverse

from assessments.services import questionnaires
from suppliers.roles import Role
from tests.support.questionnaire import publish_small, small_sheets
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("assessments:questionnaires")


def page_of(pk: int, query: str = "") -> str:
    return reverse("assessments:questionnaire", args=[pk]) + query


def block(page: str, code: str) -> str:
    start = page.index(f'<article class="answer" id="q-{code}"')
    return page[start : page.index("</article>", start)]


def test_only_the_program_comes_in(client: Client) -> None:
    version = publish_small()
    for address in (LIST, page_of(version.pk)):
        assert client.get(address).status_code == 302
        for held in (make_user(), hold(Role.FACTORY_MANAGER, make_factory()), hold(Role.BRAND_LEAD, make_brand())):
            assert signed_in(held).get(address).status_code == 403
        assert signed_in(hold(Role.PROGRAM_STAFF)).get(address).status_code == 200
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(page_of(version.pk + 1)).status_code == 404


def test_the_list_tells_drafts_from_what_is_published() -> None:
    client = signed_in(hold(Role.PROGRAM_STAFF))
    assert "No questionnaire yet" in client.get(LIST).content.decode()
    publish_small()
    questionnaires.load(small_sheets("2"))
    answer = client.get(LIST)
    listed = {version.number: version for version in answer.context["versions"]}
    assert listed["1"].published_at
    assert listed["2"].published_at is None
    assert listed["1"].question_count == 11
    assert "Draft" in answer.content.decode()


def test_a_version_shows_what_its_authors_check() -> None:
    page = signed_in(hold(Role.PROGRAM_STAFF)).get(page_of(publish_small().pk)).content.decode()
    assert "100% of the points" in block(page, "E1.01")
    assert "2 × weight 1" in block(page, "E1.01")
    assert "<code>${E1.01} = &#x27;yes&#x27;</code>" in block(page, "E1.02")
    assert "Electricity bills" in block(page, "E1.02")
    assert "Monthly table" in block(page, "E1.02")
    assert "kWh" in block(page, "E1.02")
    assert "Yes, with a reason" in block(page, "E1.04")
    assert "Can be critical" in block(page, "S1.01")
    for words in (". &lt;= 168", "A week has 168 hours.", "Law in Cambodia", "Labour Law · Art. 137 · 1997", "hours"):
        assert words in block(page, "S1.02")
    assert "For information: no points" in block(page, "S1.03")
    assert "Garments &amp; textiles" in block(page, "S1.04")


def test_it_is_shown_as_a_sector_is_asked() -> None:
    client, version = signed_in(hold(Role.PROGRAM_STAFF)), publish_small()
    assert 'id="q-S1.04"' in client.get(page_of(version.pk, "?sector=garments")).content.decode()
    assert 'id="q-S1.04"' not in client.get(page_of(version.pk, "?sector=food")).content.decode()
    assert client.get(page_of(version.pk, "?sector=toys")).context["sector"] == "garments"


@pytest.mark.parametrize(("language", "words"), [("km", "សប្តាហ៍ដែលធ្វើការយូរបំផុត"), ("vi", "Tuần làm việc dài nhất")])
def test_every_text_is_in_the_readers_language(language: str, words: str) -> None:
    staff = hold(Role.PROGRAM_STAFF)
    staff.user.language = language
    staff.user.save()
    page = signed_in(staff).get(page_of(publish_small().pk)).content.decode()
    assert words in block(page, "S1.02")


def test_a_draft_can_be_read_before_it_is_published() -> None:
    draft = questionnaires.load(small_sheets()).version
    page = signed_in(hold(Role.PROGRAM_STAFF)).get(page_of(draft.pk)).content.decode()
    assert "Version 1 · draft" in page
