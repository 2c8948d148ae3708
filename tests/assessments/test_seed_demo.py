import datetime as dt
import io
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from assessments.demo import stories, world
from assessments.demo.quantities import known_figures
from assessments.domain.states import AssessmentState, ReviewState
from assessments.labels import BandName as Band
from assessments.models import (
    Answer,
    Assessment,
    Campaign,
    Evidence,
    Questionnaire,
    Remark,
    RemarkMessage,
    Review,
    Share,
    Submission,
)
from assessments.services.evidence import checked_type
from assessments.services.submitting import content_hash, score_of
from assessments.sheet import sheet_of_submission
from suppliers.labels import Country, Sector
from suppliers.models import Brand, Factory, Membership, User
from suppliers.places import provinces
from suppliers.roles import Role
from tests.support.questionnaire import publish_small
from tests.support.world import make_factory

pytestmark = pytest.mark.django_db
PASSWORD = "a-quiet-river-7"


@pytest.fixture(autouse=True)
def published(settings: Any) -> None:
    settings.DEMO_PASSWORD = PASSWORD
    publish_small()


def seed(**options: int) -> str:
    said = io.StringIO()
    call_command("seed_demo", stdout=said, **options)
    return said.getvalue()


def this_year() -> Campaign:
    return Campaign.objects.latest("reporting_year")


def test_24_factories_stand_in_three_countries_and_three_sectors() -> None:
    seed()
    assert Counter(Factory.objects.values_list("country", flat=True)) == dict.fromkeys(Country.values, 8)
    assert set(Factory.objects.values_list("sector", flat=True)) == set(Sector.values)
    assert all(provinces()[factory.province].country == factory.country for factory in Factory.objects.all())
    assert Factory.objects.values("name").distinct().count() == 24


def test_names_are_found_without_accents_and_most_garment_workers_are_women() -> None:
    seed()
    vietnamese = Factory.objects.filter(country="VN", name__startswith="Công ty TNHH May").first()
    assert vietnamese is not None
    assert vietnamese in Factory.objects.search("cong ty tnhh may")
    assert all(factory.women > 2 * factory.men for factory in Factory.objects.filter(sector="garments"))


def test_there_is_somebody_for_every_role_and_all_can_sign_in(client) -> None:
    seed()
    held = Membership.objects.active()
    assert {Role(role) for role in held.values_list("role", flat=True)} == set(Role)
    manager = User.objects.get(email="manager.kh@example.org")
    assert (manager.language, manager.emailaddress_set.get().verified) == ("km", True)
    page = client.post(reverse("account_login"), {"login": manager.email, "password": PASSWORD})
    assert page.status_code == 302
    assert client.session["_auth_user_id"] == str(manager.pk)
    assert held.filter(user__email="two.hats@example.org").count() == 2
    assert held.get(user__email="staff.vn@example.org").country == "VN"


def test_brands_buy_from_overlapping_factories() -> None:
    seed()
    supplied = [set(brand.factories.values_list("pk", flat=True)) for brand in Brand.objects.all()]
    assert len(supplied) == 3
    assert all(mine & other and mine != other for mine in supplied for other in supplied if mine is not other)


def test_last_years_campaign_is_closed_with_scores_and_this_years_is_open_in_every_state() -> None:
    seed()
    last = Campaign.objects.earliest("reporting_year")
    assert last.reporting_year == timezone.localdate().year - 2
    assert not last.is_open
    closed = last.assessments.filter(state=AssessmentState.CLOSED)
    assert closed.count() >= 16
    assert not closed.filter(overall=None).exists()
    assert this_year().is_open
    states = Counter(this_year().assessments.values_list("state", flat=True))
    assert set(states) == {state.value for state in AssessmentState}
    drafts = this_year().assessments.filter(state=AssessmentState.DRAFT)
    assert drafts.filter(started_at=None).exists()
    assert drafts.filter(started_at__isnull=False, answers__isnull=False).exists()
    assert this_year().assessments.filter(submission_count=2).exists()
    assert Review.objects.filter(state=ReviewState.ACCEPTED, assessment__campaign=this_year()).exists()


def test_scores_spread_over_the_bands() -> None:
    seed()
    assert len(set(Submission.objects.values_list("band", flat=True))) >= 4


def test_the_shipped_questionnaire_is_answered_with_scores_in_every_band() -> None:
    shipped = settings.BASE_DIR / "assessments" / "questionnaires" / "alliance-esg"
    call_command("load_questionnaire", shipped, publish=True, stdout=io.StringIO())
    seed()
    assert set(Submission.objects.values_list("band", flat=True)) == set(Band.values)
    assert 0 < Assessment.objects.filter(campaign=this_year(), critical_count__gt=0).count() < 9
    instrument = world.instrument_of(this_year().version_id)
    columns = {column.key for question in instrument.questions.values() for column in question.columns}
    assert set(known_figures()) <= columns | set(instrument.questions)


def test_submissions_are_complete_and_their_scores_and_hashes_true() -> None:
    seed(factories=9)
    for submission in Submission.objects.with_places():
        sheet = sheet_of_submission(submission)
        year = submission.assessment.campaign.reporting_year
        assert sheet.gaps() == []
        assert score_of(sheet, submission.assessment.factory, year) == submission.score
        assert content_hash(submission) == submission.content_hash


def test_lists_show_what_the_latest_submission_says() -> None:
    seed(factories=9)
    for assessment in Assessment.objects.filter(submission_count__gt=0):
        latest = assessment.submissions.latest("number")
        assert (assessment.submission_count, assessment.band) == (latest.number, latest.band)
        assert assessment.submitted_at == latest.submitted_at


def test_a_returned_assessment_waits_for_answers_at_its_questions() -> None:
    seed()
    for assessment in Assessment.objects.filter(state=AssessmentState.RETURNED):
        asked = Remark.objects.open_clarifications().filter(review__assessment=assessment)
        assert asked.exists()
        first = asked[0].messages.all()
        assert first[0].language == assessment.factory.language
        assert first[1].from_factory


def test_a_second_submission_has_changed_what_was_asked_about_and_history_knows() -> None:
    seed()
    for assessment in Assessment.objects.filter(submission_count=2):
        first, second = assessment.submissions.order_by("number")
        settled = set(
            Remark.objects.filter(review__assessment=assessment, asks_clarification=True)
            .exclude(settled_at=None)
            .values_list("question_code", flat=True)
        )
        changed = {code for code in second.answers if second.answers[code] != first.answers.get(code)}
        assert settled
        assert settled <= changed
        assert second.note
        for answer in Answer.objects.filter(assessment=assessment, question_code__in=settled):
            assert (answer.version, answer.events.count()) == (2, 2)


def test_consents_can_be_seen_to_have_been_withdrawn() -> None:
    seed()
    withdrawn = Share.objects.exclude(withdrawn_at=None)
    assert withdrawn.exists()
    assert all(share.events.count() == 2 for share in withdrawn)
    assert Share.objects.current().exists()


def test_evidence_is_real_files_of_the_kind_that_they_say() -> None:
    seed()
    kinds = Counter(Evidence.objects.values_list("content_type", flat=True))
    assert len(kinds) == 3
    for content_type in kinds:
        evidence = Evidence.objects.filter(content_type=content_type)[0]
        content = evidence.file.read()
        assert len(content) == evidence.size
        assert checked_type(SimpleUploadedFile(evidence.name, content)) == content_type


def test_people_write_in_their_own_language_and_nothing_lies_in_the_future() -> None:
    seed()
    assert set(RemarkMessage.objects.values_list("language", flat=True)) >= {"km", "th", "vi"}
    now = timezone.now()
    assert not Submission.objects.filter(submitted_at__gt=now).exists()
    assert not RemarkMessage.objects.filter(written_at__gt=now).exists()
    assert not Answer.objects.filter(updated_at__gt=now).exists()
    assert not Evidence.objects.filter(uploaded_at__gt=now).exists()


def _said() -> list[tuple[object, ...]]:
    return sorted(
        Submission.objects.values_list("assessment__code", "number", "overall", "submitted_at", "evidence", "answers"),
        key=lambda row: row[:2],
    )


def test_the_same_seed_makes_the_same_world_and_another_another() -> None:
    day = dt.date(2026, 6, 1)
    worlds = []
    for number in (7, 7, 8):
        world.make(factories=6, seed=number, password=PASSWORD, today=day)
        worlds.append((list(Factory.objects.order_by("code").values_list("name", "os_id", "women")), _said()))
        _unmake()
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]


def _unmake() -> None:
    """Submissions refuse to be deleted, so the whole is emptied below their trigger."""
    models = (Assessment, Campaign, Factory, Brand, User)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(model._meta.db_table for model in models)} CASCADE")


def test_more_factories_leave_the_story_of_the_first_as_it_is() -> None:
    factory = make_factory(code="TH-0009", country="TH", province="TH-20")
    questionnaire = Questionnaire.objects.get(code="small")
    instrument = world.instrument_of(questionnaire.versions.get().pk)
    told = [stories.story_of(factory, 25, instrument, "2026") for _ in range(2)]
    assert told[0].stage == told[1].stage
    assert told[0].luck == told[1].luck


def test_a_second_call_finds_the_world_and_leaves_it() -> None:
    seed(factories=3)
    before = Submission.objects.count()
    assert "here already" in seed(factories=9)
    assert (Factory.objects.count(), Submission.objects.count()) == (3, before)


def test_a_world_of_somebody_else_is_not_touched() -> None:
    make_factory()
    with pytest.raises(CommandError, match="other people or places"):
        seed()
    assert Factory.objects.count() == 1
    assert not User.objects.exists()


def test_settings_without_a_demo_password_have_no_demo(settings) -> None:
    del settings.DEMO_PASSWORD
    with pytest.raises(CommandError, match="DEMO_PASSWORD"):
        seed()


def test_without_a_published_questionnaire_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world.QuestionnaireVersion.objects, "published", world.QuestionnaireVersion.objects.none)
    with pytest.raises(CommandError, match="load_questionnaire"):
        seed()
    assert not Factory.objects.exists()


def test_a_world_has_all_three_countries() -> None:
    with pytest.raises(CommandError, match="--factories 3"):
        seed(factories=2)
