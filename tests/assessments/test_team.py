"""Who does what, and who changed what."""

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, SectionAssignment
from assessments.services import assigning
from suppliers.models import Membership
from suppliers.roles import Role
from tests.support.assessing import give, make_assessment, someone_of, submit
from tests.support.sections import address, manager_of, shown
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture
def dara(assessment: Assessment) -> Membership:
    return hold(Role.FACTORY_CONTRIBUTOR, assessment.factory, user=make_user(name="Dara", language="km"))


def team(assessment: Assessment) -> str:
    return reverse("assessments:team", args=[assessment.code])


def activity(assessment: Assessment) -> str:
    return reverse("assessments:activity", args=[assessment.code])


def assign(assessment: Assessment, **wanted: Membership | None) -> None:
    assigning.assign_sections(assessment=assessment, wanted=wanted, by=someone_of(assessment))


def test_a_manager_hands_sections_to_a_colleague_who_gets_one_letter(
    assessment: Assessment, dara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"section-E1": str(dara.pk), "section-S1": str(dara.pk), "section-G1": ""}
        assert manager_of(assessment).post(team(assessment), sent).url == team(assessment)
    held = SectionAssignment.objects.order_by("section_code")
    assert [(each.section_code, each.membership) for each in held] == [("E1", dara), ("S1", dara)]
    assert held[0].assigned_by == someone_of(assessment)
    [letter] = mail.outbox
    assert letter.to == [dara.user.email]
    assert "ថាមពល" in letter.body
    assert "សុវត្ថិភាព" in letter.body
    assert assessment.get_absolute_url() in letter.body


def test_who_takes_a_section_for_themselves_gets_no_letter(
    assessment: Assessment, django_capture_on_commit_callbacks: Any
) -> None:
    own = assessment.factory.memberships.get(user=someone_of(assessment))
    with django_capture_on_commit_callbacks(execute=True):
        manager_of(assessment).post(team(assessment), {"section-E1": str(own.pk)})
    assert SectionAssignment.objects.get().membership == own
    assert mail.outbox == []


def test_handing_on_and_taking_back_leave_a_trace(assessment: Assessment, dara: Membership) -> None:
    other = hold(Role.FACTORY_MANAGER, assessment.factory)
    assign(assessment, E1=dara)
    assign(assessment, E1=other)
    assign(assessment, E1=None)
    assert not SectionAssignment.objects.exists()
    events = SectionAssignment.pgh_event_model.objects.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.pgh_label for event in events] == ["insert", "update", "delete"]


def test_nothing_is_told_twice_when_the_page_is_saved_again(
    assessment: Assessment, dara: Membership, django_capture_on_commit_callbacks: Any
) -> None:
    assign(assessment, E1=dara)
    with django_capture_on_commit_callbacks(execute=True):
        manager_of(assessment).post(team(assessment), {"section-E1": str(dara.pk)})
    assert mail.outbox == []


def test_somebody_from_elsewhere_cannot_be_asked(assessment: Assessment) -> None:
    stranger = hold(Role.FACTORY_CONTRIBUTOR, make_factory())
    answer = manager_of(assessment).post(team(assessment), {"section-E1": str(stranger.pk)})
    assert answer.status_code == 200
    assert not SectionAssignment.objects.exists()


def test_who_left_the_factory_looks_after_nothing(assessment: Assessment, dara: Membership) -> None:
    assign(assessment, E1=dara)
    dara.ended_at = timezone.now()
    dara.save()
    assert "looks after this section" not in shown(manager_of(assessment), assessment)
    assert "Dara" not in manager_of(assessment).get(team(assessment)).content.decode()


def test_your_sections_come_first_at_home_and_in_the_map(assessment: Assessment, dara: Membership) -> None:
    assign(assessment, G1=dara)
    dara.user.language = "en"
    dara.user.save()
    client = signed_in(dara)
    home = client.get(reverse("assessments:factory_home", args=[assessment.factory.code])).content.decode()
    assert "Your sections" in home
    assert address(assessment, "G1") in home
    page = shown(client, assessment, "G1")
    assert "You look after this section." in page
    way = page[page.index('class="filling-map"') :]
    assert way.index(address(assessment, "G1")) < way.index("Other sections") < way.index(address(assessment, "E1"))
    assert "Dara looks after this section." in shown(manager_of(assessment), assessment, "G1")


def test_everybody_may_still_answer_everything(assessment: Assessment, dara: Membership) -> None:
    assign(assessment, E1=assessment.factory.memberships.get(user=someone_of(assessment)))
    give(assessment, "E1.01", "yes", by=dara.user)
    assert 'name="E1.03"' in shown(signed_in(dara), assessment)


def test_after_submission_nothing_is_handed_out(assessment: Assessment, dara: Membership) -> None:
    submit(assessment)
    assert manager_of(assessment).post(team(assessment), {"section-E1": str(dara.pk)}).status_code == 403


def test_the_overview_says_who_changed_each_section_last(assessment: Assessment, dara: Membership) -> None:
    give(assessment, "E1.01", "yes", by=dara.user)
    assert "Last change: Dara" in manager_of(assessment).get(assessment.get_absolute_url()).content.decode()


def test_the_activity_lists_each_change_the_newest_first(assessment: Assessment, dara: Membership) -> None:
    give(assessment, "E1.01", "yes", by=dara.user)
    give(assessment, "S1.02", "48")
    give(assessment, "E1.01", "no", by=dara.user)
    page = manager_of(assessment).get(activity(assessment))
    assert [(line.question.code, line.text) for line in page.context["lines"]] == [
        ("E1.01", "No"),
        ("S1.02", "48 hours"),
        ("E1.01", "Yes"),
    ]
    assert "Dara" in page.content.decode()
    only = manager_of(assessment).get(activity(assessment), {"section": "S1"})
    assert [line.question.code for line in only.context["lines"]] == ["S1.02"]


def test_the_history_keeps_also_that_alone_which_does_not_apply(assessment: Assessment) -> None:
    give(assessment, "E1.04", ["led"])
    give(assessment, "E1.04", [], is_na=False)
    give(assessment, "E1.04", [], is_na=True)
    answer = assessment.answers.get(question_code="E1.04")
    assert [event.is_na for event in answer.events.order_by("pgh_id")] == [False, False, True]


def test_many_changes_are_paged_and_cost_no_more_than_few(assessment: Assessment) -> None:
    counts = []
    client = manager_of(assessment)
    for changes in (2, 40):
        for number in range(changes):
            give(assessment, "S1.02", str(number + changes * 2), by=make_user())
        client.get(activity(assessment))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(activity(assessment))
        counts.append(len(queries))
    assert len(page.context["lines"]) == 30
    assert len(client.get(activity(assessment), {"page": "2"}).context["lines"]) == 12
    assert counts[0] == counts[1] <= 10


def test_odd_pages_and_sections_show_what_there_is(assessment: Assessment) -> None:
    client = manager_of(assessment)
    assert client.get(activity(assessment), {"page": "x", "section": "nowhere"}).status_code == 200


@pytest.mark.parametrize("name", ["team", "activity"])
def test_only_the_factorys_managers_coordinate(assessment: Assessment, dara: Membership, name: str) -> None:
    brand = make_brand()
    buys(brand, assessment.factory)
    page = reverse(f"assessments:{name}", args=[assessment.code])
    assert signed_in(make_user()).get(page).status_code == 404
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(page).status_code == 404
    assert signed_in(dara).get(page).status_code == 403
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(page).status_code == 403
    assert signed_in(hold(Role.PROGRAM_STAFF)).get(page).status_code == 403
    assert manager_of(assessment).get(page).status_code == 200
