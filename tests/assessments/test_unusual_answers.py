"""An unusual answer is asked about, may be confirmed, and is told to the reviewers with that."""

import pytest
from django.urls import reverse

from assessments.domain.states import AssessmentState
from assessments.models import AnswerNote, Assessment
from tests.support.assessing import complete, give, make_assessment, make_campaign, someone_of, submit
from tests.support.sections import address, block, manager_of, shown, versions
from tests.support.syncing import change, sync
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db

HIGH = "S1.02"


@pytest.fixture
def assessment() -> Assessment:
    made = make_assessment()
    give(made, HIGH, "100")
    return made


def confirm(assessment: Assessment, code: str = HIGH):  # type: ignore[no-untyped-def]
    return manager_of(assessment).post(reverse("assessments:confirm", args=[assessment.code, code]))


def asked(assessment: Assessment) -> bool:
    page = block(shown(manager_of(assessment), assessment, "S1"), HIGH)
    return 'data-checks aria-live="polite" hidden' not in page


def test_it_is_asked_at_the_question(assessment: Assessment) -> None:
    page = block(shown(manager_of(assessment), assessment, "S1"), HIGH)
    assert "100 hours in one week is very long." in page
    assert "Is this right?" in page
    assert asked(assessment)


def test_yes_it_is_right_is_kept_with_who_said_it(assessment: Assessment) -> None:
    assert confirm(assessment).json() == {"state": "saved"}
    note = AnswerNote.objects.get()
    assert (note.check_code, note.values, note.noted_by) == ("long_week", {"value": 100}, someone_of(assessment))
    assert not asked(assessment)
    assert "You said that this is right" in block(shown(manager_of(assessment), assessment, "S1"), HIGH)


def test_the_plain_form_confirms_too(assessment: Assessment) -> None:
    sent = versions(assessment, HIGH) | {HIGH: "100", "right": HIGH}
    manager_of(assessment).post(address(assessment, "S1"), sent)
    assert AnswerNote.objects.count() == 1


def test_another_figure_is_asked_about_again(assessment: Assessment) -> None:
    confirm(assessment)
    give(assessment, HIGH, "110")
    assert asked(assessment)
    confirm(assessment)
    assert AnswerNote.objects.get().values == {"value": 110}


def test_the_script_is_told_with_the_save(assessment: Assessment) -> None:
    told = sync(assessment, change(HIGH, "120", 1), change(HIGH, "48", 2))
    assert [one["checks"] for one in told] == [["120 hours in one week is very long."], []]


def test_ten_times_last_years_electricity_is_asked_about() -> None:
    factory = make_factory()
    submit(make_assessment(factory, make_campaign(reporting_year=2024)))
    assessment = make_assessment(factory)
    give(assessment, "E1.01", "yes")
    give(assessment, "E1.02", {"grid_kwh": ["10000"] * 12})
    page = block(shown(manager_of(assessment), assessment), "E1.02")
    assert "Electricity: 120,000 kWh is far more than last year’s 12,000 kWh." in page
    [told] = sync(assessment, change("E1.02", {"grid_kwh": ["20000"] * 12}, 1))
    assert told["checks"] == ["Electricity: 240,000 kWh is far more than last year’s 12,000 kWh."]


def test_it_does_not_block_and_is_counted_before_submitting(assessment: Assessment) -> None:
    complete(assessment, S1_02="100")
    page = manager_of(assessment).get(reverse("assessments:submit", args=[assessment.code])).content.decode()
    assert "1 answer looks unusual" in page
    assert "100 hours in one week" in page
    manager_of(assessment).post(reverse("assessments:submit", args=[assessment.code]), {"declared": "on"})
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.SUBMITTED


def test_reviewers_read_what_was_confirmed(assessment: Assessment) -> None:
    confirm(assessment)
    submission = submit(assessment, S1_02="100")
    noted = [{"check": "long_week", "column": "", "values": {"value": 100}}]
    assert submission.answers[HIGH] == {"value": 100, "confirmed": noted}
    page = manager_of(assessment).get(submission.get_absolute_url()).content.decode()
    assert "100 hours in one week is very long." in page
    assert "The factory checked this and says that it is right." in page


def test_nothing_is_confirmed_where_nothing_can_change(assessment: Assessment) -> None:
    submit(assessment, S1_02="100")
    assert confirm(assessment).status_code == 423
    assert confirm(assessment, "Z9.99").status_code == 404
    assert not AnswerNote.objects.exists()


def test_the_preview_names_what_would_raise_each_section(assessment: Assessment) -> None:
    page = manager_of(assessment).get(reverse("assessments:submit", args=[assessment.code])).content.decode()
    assert "Section by section" in page
    assert "Are all emergency exits unlocked?" in page
    assert "for your score" in page
