"""Last year's answer stands beside the question, and one press takes it over; nothing is filled in by itself."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from assessments.compiled import instrument_of
from assessments.domain.instrument import Kind
from assessments.models import Assessment
from assessments.readmodels.offers import last_year_of, offer_for
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, make_campaign, someone_of, submit
from tests.support.questionnaire import publish_small
from tests.support.sections import address, block, manager_of, shown, value_of, versions
from tests.support.world import hold, make_factory, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    """Of this year; last year everything was answered."""
    factory = make_factory()
    older = make_assessment(factory, make_campaign(reporting_year=2024))
    give(older, "E1.03", "12.5")
    give(older, "E1.04", [], is_na=True, na_reason="No machines")
    give(older, "S1.03", "2025-03-31")
    submit(older, G1_02="More light")
    return make_assessment(factory)


def press(client: Client, assessment: Assessment, section: str, code: str, button: str = "take", **sent: str):  # type: ignore[no-untyped-def]
    return client.post(address(assessment, section), versions(assessment, code) | {button: code} | sent)


def test_last_years_answer_is_shown_with_its_year_and_not_filled_in(assessment: Assessment) -> None:
    page = block(shown(manager_of(assessment), assessment), "E1.03")
    assert "Your answer for 2024" in page
    assert "12.5%" in page
    assert "Same as last year" in page
    assert 'name="E1.03" value=""' in page
    assert not assessment.answers.exists()


def test_one_press_takes_it_over_by_the_plain_form(assessment: Assessment) -> None:
    client = manager_of(assessment)
    for section, code in (("E1", "E1.03"), ("S1", "S1.02"), ("S1", "S1.03"), ("G1", "G1.01"), ("G1", "G1.02")):
        answer = press(client, assessment, section, code)
        assert answer.url == f"{address(assessment, section)}#q-{code.replace('.', '-')}"
    assert value_of(assessment, "E1.03") == 12.5
    assert value_of(assessment, "S1.02") == 48
    assert value_of(assessment, "S1.03") == "2025-03-31"
    assert value_of(assessment, "G1.01") == "yes"
    assert value_of(assessment, "G1.02") == "More light"
    assert "data-take hidden" in block(shown(client, assessment), "E1.03")


def test_what_did_not_apply_can_be_taken_over_with_its_reason(assessment: Assessment) -> None:
    client = manager_of(assessment)
    assert "Does not apply: No machines" in block(shown(client, assessment), "E1.04")
    press(client, assessment, "E1", "E1.04")
    assert assessment.answers.get(question_code="E1.04").na_reason == "No machines"


def test_a_years_figures_are_shown_as_totals_without_a_button(assessment: Assessment) -> None:
    give(assessment, "E1.01", "yes")
    page = block(shown(manager_of(assessment), assessment), "E1.02")
    assert "Electricity: 12,000 kWh" in page
    assert "Same as last year" not in page
    press(manager_of(assessment), assessment, "E1", "E1.02")
    assert not assessment.answers.filter(question_code="E1.02").exists()


def test_documents_are_not_taken_over(assessment: Assessment) -> None:
    assert "Same as last year" not in block(shown(manager_of(assessment), assessment, "G1"), "G1.03")


def test_a_colleagues_answer_meanwhile_is_not_overwritten(assessment: Assessment) -> None:
    client = manager_of(assessment)
    give(assessment, "E1.03", "30", by=hold(Role.FACTORY_CONTRIBUTOR, assessment.factory).user)
    answer = client.post(address(assessment), {"E1.03.version": "0", "E1.03": "", "take": "E1.03"})
    assert answer.status_code == 200
    assert value_of(assessment, "E1.03") == 30


def test_only_the_same_factory_and_the_same_questionnaire_count(assessment: Assessment) -> None:
    other = make_assessment()
    submit(make_assessment(make_factory(), make_campaign(reporting_year=2023)))
    assert last_year_of(other) is None
    assert last_year_of(assessment).year == 2024  # type: ignore[union-attr]
    assert "Your answer for" not in shown(manager_of(other), other)


def test_what_fits_no_more_is_shown_but_not_offered(assessment: Assessment) -> None:
    last = last_year_of(assessment)
    assert last is not None
    was = last.now.questions["G1.01"]
    now = replace(was, choices=tuple(choice for choice in was.choices if choice.key != "yes"))
    offer = offer_for(now, last, "en")
    assert offer
    assert offer.text == "Yes"
    assert not offer.fits


def test_a_newer_version_of_the_questionnaire_still_offers(assessment: Assessment) -> None:
    newer = make_assessment(assessment.factory, make_campaign(publish_small("2"), reporting_year=2026))
    assert "Same as last year" in block(shown(manager_of(newer), newer), "E1.03")


def test_a_default_is_suggested_in_the_same_way() -> None:
    question = replace(instrument_of(make_assessment().campaign.version_id).questions["S1.02"], default="48")
    offer = offer_for(question, None, "en")
    assert offer
    assert (offer.year, offer.value, offer.text, offer.fits) == (0, 48, "48 hours", True)
    assert offer_for(replace(question, kind=Kind.FILE), None, "en") is None


def test_the_script_gets_what_to_put_into_the_inputs(assessment: Assessment) -> None:
    page = shown(manager_of(assessment), assessment)
    data = page.split('id="section-offers" type="application/json">')[1].split("</script>")[0]
    assert json.loads(data)["E1.03"]["text"] == "12.5"
    assert "E1.02" not in json.loads(data)


def test_who_only_reads_is_offered_nothing(assessment: Assessment) -> None:
    page = block(shown(signed_in(hold(Role.PROGRAM_STAFF)), assessment), "E1.03")
    assert "Your answer for 2024" in page
    assert "Same as last year" not in page


def test_a_chosen_answer_can_be_cleared() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    client = manager_of(assessment)
    assert "Clear this answer" in block(shown(client, assessment), "E1.01")
    press(client, assessment, "E1", "E1.01", button="clear", **{"E1.01": "yes"})
    assert value_of(assessment, "E1.01") is None


def test_clearing_one_answer_saves_the_others_of_the_page() -> None:
    assessment = make_assessment()
    give(assessment, "E1.01", "yes")
    sent = versions(assessment, "E1.01", "E1.03") | {"E1.01": "yes", "E1.03": "20", "clear": "E1.01"}
    manager_of(assessment).post(address(assessment), sent)
    assert value_of(assessment, "E1.01") is None
    assert value_of(assessment, "E1.03") == 20


def test_buttons_that_name_another_sections_question_do_nothing(assessment: Assessment) -> None:
    client = manager_of(assessment)
    for button in ("take", "clear", "right"):
        assert client.post(address(assessment), {button: "S1.02"}).url == address(assessment)
        assert client.post(address(assessment), {button: "nonsense"}).status_code == 302
    assert not assessment.answers.exists()


def test_required_recommended_and_optional_are_told_apart_and_counted() -> None:
    assessment = complete(make_assessment())
    page = shown(manager_of(assessment), assessment)
    assert "Required" in block(page, "E1.01")
    assert "Recommended" in block(page, "E1.03")
    assert "Optional" in block(shown(manager_of(assessment), assessment, "G1"), "G1.02")
    counts = {
        count.key: count.progress for count in manager_of(assessment).get(address(assessment)).context["page"].counts
    }
    assert (counts["required"].answered, counts["required"].asked) == (2, 2)
    assert (counts["recommended"].answered, counts["recommended"].asked) == (0, 2)


def test_the_fold_says_why_we_ask() -> None:
    assessment = make_assessment()
    page = block(shown(manager_of(assessment), assessment, "S1"), "S1.01")
    assert "looks after the people who work there" in page
    assert "A full answer earns 5 points" in page
    assert "It can be shown with: A photo of an exit" in page
    assert "The law in your country" in block(shown(manager_of(assessment), assessment, "S1"), "S1.02")


def test_someone_elses_confirm_and_next_are_closed() -> None:
    assessment = make_assessment()
    stranger = signed_in(someone_of(make_assessment()))
    assert stranger.post(reverse("assessments:confirm", args=[assessment.code, "S1.02"])).status_code == 404
    staff = signed_in(hold(Role.PROGRAM_STAFF))
    assert staff.post(reverse("assessments:confirm", args=[assessment.code, "S1.02"])).status_code == 403
