import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Campaign
from assessments.services import campaigns as service
from assessments.services import questionnaires
from assessments.views import program
from suppliers.models import Factory
from suppliers.roles import Role
from tests.support.assessing import make_assessment, make_campaign, submit
from tests.support.questionnaire import publish_small, small_sheets
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW = reverse("assessments:campaigns"), reverse("assessments:campaign_new")


def address(campaign: Campaign, page: str = "campaign") -> str:
    return reverse(f"assessments:{page}", args=[campaign.code])


def fields(**changes: Any) -> dict[str, Any]:
    return {
        "code": "2027",
        "name_en": "Assessment 2027",
        "name_km": "ការវាយតម្លៃ 2027",
        "name_th": "การประเมิน 2570",
        "name_vi": "Đánh giá 2027",
        "version": changes.pop("version", None) or publish_small().pk,
        "reporting_year": "2026",
        "opens_on": "2027-01-01",
        "closes_on": "2027-03-31",
    } | changes


@pytest.fixture
def staff() -> Client:
    return signed_in(hold(Role.PROGRAM_STAFF))


def test_only_the_program_comes_in(client: Client) -> None:
    campaign = make_campaign()
    addresses = [LIST, NEW, *(address(campaign, page) for page in ("campaign", "campaign_edit"))]
    factory = make_factory()
    make_assessment(factory, campaign)
    for page in addresses:
        assert client.get(page).status_code == 302
        for held in (make_user(), hold(Role.FACTORY_MANAGER, factory), hold(Role.BRAND_LEAD, make_brand())):
            assert signed_in(held).get(page).status_code == 403
        assert signed_in(hold(Role.PROGRAM_ADMIN)).get(page).status_code == 200


def test_only_the_program_invites(client: Client) -> None:
    campaign, factory = make_campaign(), make_factory()
    invite = address(campaign, "campaign_invite")
    assert client.post(invite).status_code == 302
    assert signed_in(hold(Role.FACTORY_MANAGER, factory)).post(invite).status_code == 403
    assert not Assessment.objects.exists()


def test_a_campaign_that_is_not_there_is_not_found(staff: Client) -> None:
    assert staff.get("/program/campaigns/nowhere/").status_code == 404


def test_the_list_shows_dates_and_progress(staff: Client) -> None:
    campaign = make_campaign()
    submit(make_assessment(None, campaign))
    make_assessment(make_factory(), campaign)
    listed = staff.get(LIST).context["campaigns"].get()
    assert (listed.invited, listed.submitted) == (2, 1)
    page = staff.get(LIST).content.decode()
    assert "1 / 2" in page
    assert "Open" in page


def test_staff_of_one_country_count_its_factories_only() -> None:
    campaign = make_campaign()
    make_assessment(make_factory(country="TH", province="TH-10"), campaign)
    make_assessment(make_factory(), campaign)
    client = signed_in(hold(Role.PROGRAM_STAFF, country="TH"))
    assert client.get(LIST).context["campaigns"].get().invited == 1


def test_a_campaign_is_opened_in_four_languages(staff: Client) -> None:
    assert staff.post(NEW, fields()).url == "/program/campaigns/2027/"
    assert Campaign.objects.get().name_km == "ការវាយតម្លៃ 2027"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("closes_on", "2026-12-31", "The closing date lies before the opening date."),
        ("name_th", "", "This field is required."),
        (
            "code",
            "two words",
            "Small letters, digits and hyphens. It appears in addresses and stays the same for ever.",
        ),
    ],
)
def test_a_form_with_mistakes_says_where(staff: Client, field: str, value: str, error: str) -> None:
    form = staff.post(NEW, fields(**{field: value})).context["form"]
    assert form.errors[field] == [error]
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("year", ["1800", "99999", "soon"])
def test_a_campaign_is_about_a_year_that_somebody_remembers(staff: Client, year: str) -> None:
    assert staff.post(NEW, fields(reporting_year=year)).context["form"].errors["reporting_year"]


def test_a_draft_of_a_questionnaire_cannot_be_answered(staff: Client) -> None:
    draft = questionnaires.load(small_sheets("2")).version
    assert "version" in staff.post(NEW, fields(version=draft.pk)).context["form"].errors


def test_dates_and_names_can_change_but_not_the_questions_under_answers(staff: Client) -> None:
    campaign = make_campaign()
    make_assessment(make_factory(), campaign)
    other = publish_small("2")
    later = (timezone.localdate() + dt.timedelta(days=90)).isoformat()
    changed = fields(code="other", version=other.pk, reporting_year="1999", closes_on=later)
    changed["opens_on"] = campaign.opens_on.isoformat()
    assert staff.post(address(campaign, "campaign_edit"), changed).status_code == 302
    known = (campaign.code, campaign.version_id, campaign.reporting_year)
    campaign.refresh_from_db()
    assert (campaign.code, campaign.version_id, campaign.reporting_year) == known
    assert (campaign.name_en, campaign.closes_on.isoformat()) == ("Assessment 2027", later)


def test_before_inviting_the_number_is_said(staff: Client) -> None:
    campaign = make_campaign()
    for country, province in (("KH", "KH-12"), ("KH", "KH-12"), ("TH", "TH-10")):
        make_factory(country=country, province=province)
    make_assessment(Factory.objects.filter(country="KH").first(), campaign)
    assert staff.get(address(campaign)).context["fresh"] is None
    answer = staff.get(address(campaign) + "?count=1&country=KH")
    assert answer.context["fresh"] == 1
    assert "1 factory is not in this campaign yet." in answer.content.decode()
    assert campaign.assessments.count() == 1


def test_the_chosen_factories_are_invited_once(staff: Client) -> None:
    campaign = make_campaign()
    make_factory(sector="food")
    make_factory()
    invite = address(campaign, "campaign_invite")
    answer = staff.post(invite, {"country": "KH", "sector": "food"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 factory invited."]
    staff.post(invite, {"country": "", "sector": ""})
    staff.post(invite, {"country": "", "sector": ""})
    assert campaign.assessments.count() == 2
    answer = staff.get(address(campaign) + "?count=1")
    assert "All of these factories are in this campaign already." in answer.content.decode()


def test_factories_are_invited_by_name(staff: Client) -> None:
    campaign = make_campaign()
    wanted, other = make_factory(name_latin="Hong Kong Garments"), make_factory(name_latin="Kong Foods")
    make_factory(name_latin="Elsewhere")
    shown = staff.get(address(campaign) + "?count=1&search=kong").context["named"]
    assert set(shown) == {wanted, other}
    staff.post(address(campaign, "campaign_invite"), {"search": "kong", "named": "1", "factory": [wanted.code]})
    assert [assessment.factory for assessment in campaign.assessments.all()] == [wanted]


def test_with_every_box_unticked_nobody_is_invited(staff: Client) -> None:
    campaign = make_campaign()
    make_factory(name_latin="Kong Foods")
    sent = {"search": "kong", "named": "1"}
    answer = staff.post(address(campaign, "campaign_invite"), sent, follow=True)
    assert "Nobody was invited. Tick at least one factory." in answer.content.decode()
    assert [factory.name_latin for factory in answer.context["named"]] == ["Kong Foods"]
    assert not campaign.assessments.exists()


def test_a_long_list_is_invited_as_a_group(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "NAMED_AT_MOST", 1)
    campaign = make_campaign()
    for _ in range(2):
        make_factory()
    answer = staff.get(address(campaign) + "?count=1")
    assert (answer.context["fresh"], answer.context["named"]) == (2, [])
    assert "Invite 2 factories" in answer.content.decode()
    assert "narrow the search to 1 or fewer" in answer.content.decode()


def test_a_factory_of_another_country_cannot_be_ticked() -> None:
    campaign, cambodian = make_campaign(), make_factory()
    thai = signed_in(hold(Role.PROGRAM_STAFF, country="TH"))
    thai.post(address(campaign, "campaign_invite"), {"named": "1", "factory": [cambodian.code]})
    assert not campaign.assessments.exists()


def test_staff_invite_within_their_country() -> None:
    campaign = make_campaign()
    make_factory()
    thai = make_factory(country="TH", province="TH-10")
    signed_in(hold(Role.PROGRAM_STAFF, country="TH")).post(address(campaign, "campaign_invite"), {})
    assert [assessment.factory for assessment in campaign.assessments.all()] == [thai]


def test_a_factory_that_is_invited_again_keeps_its_answers() -> None:
    assessment = make_assessment()
    again = service.invite_factories(campaign=assessment.campaign, factories=[assessment.factory])
    assert again == 0
    assert Assessment.objects.get() == assessment


def test_two_assessments_whose_codes_would_be_alike_get_different_ones() -> None:
    first = make_assessment(make_factory(code="A-B"), make_campaign(code="C"))
    second = make_assessment(make_factory(code="A"), make_campaign(code="B-C"))
    assert (first.code, second.code) == ("A-B-C", "A-B-C-2")
    third = make_assessment(make_factory(code="A-B-C"), make_campaign(code="2"))
    assert third.code == "A-B-C-2-2"
