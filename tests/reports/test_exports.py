"""Many submissions in one file: made by a worker, of what its reader may read, and given out only while they may."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessments.models import Campaign, Submission
from assessments.services import sharing
from reports.domain.exports import KEPT_FOR
from reports.domain.jobs import JobError, JobState
from reports.models import Export, Job, Scorecard
from reports.services import bell, exports, making
from reports.services.jobs import cancel
from reports.services.scorecards import request_scorecard
from suppliers.models import Brand, Membership, User
from suppliers.roles import Role
from tests.support.assessing import make_assessment, make_campaign, resubmit, shares_with, submit
from tests.support.reviewing import ask_back
from tests.support.world import hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The scorecards that were really rendered, by their language."""
    rendered: list[str] = []

    def render(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        rendered.append(facts.language)
        return b"%PDF-1.7 " + facts.number.encode()

    monkeypatch.setattr(making, "render_scorecard", render)
    return rendered


@pytest.fixture
def campaign() -> Campaign:
    return make_campaign()


def submission_in(campaign: Campaign, **factory: Any) -> Submission:
    return submit(make_assessment(make_factory(**factory), campaign))


def page_of(campaign: Campaign, brand: Brand | None = None) -> str:
    if brand:
        return reverse("reports:brand_exports", args=[brand.code, campaign.code])
    return reverse("reports:campaign_exports", args=[campaign.code])


def file_of(export: Export) -> str:
    return reverse("reports:download_export", args=[export.pk])


def ask(client: Client, page: str, **sent: str) -> Export:
    assert client.post(page, {"kind": "scorecards", "language": "km"} | sent).url == page
    return Export.objects.first()


def made(export: Export) -> Export:
    assert exports.make_export(export.pk)
    export.refresh_from_db()
    return export


def fetched(client: Client, export: Export) -> bytes:
    return b"".join(client.get(file_of(export)).streaming_content)  # type: ignore[arg-type]


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def table_in(content: bytes) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def staff(**place: Any) -> Client:
    return signed_in(hold(Role.PROGRAM_STAFF, **place))


def test_the_zip_holds_the_last_scorecard_of_each_factory_and_the_scores(campaign: Campaign) -> None:
    first, second = submission_in(campaign, code="KH-A"), submission_in(campaign, code="KH-B")
    make_assessment(make_factory(code="KH-C"), campaign)
    ask_back(first, "S1.02", "Sure?")
    again = resubmit(first.assessment, S1_02="50")
    client = staff()
    export = made(ask(client, page_of(campaign)))
    content = fetched(client, export)
    assert names_in(content) == [
        "scores-km.xlsx",
        f"KH-A-{campaign.code}-{again.number}-km.pdf",
        f"KH-B-{campaign.code}-{second.number}-km.pdf",
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read(names_in(content)[1]) == f"%PDF-1.7 {again.assessment.code}-{again.number}".encode()


def test_a_scorecard_is_rendered_once_whoever_asks_first(campaign: Campaign, paper: list[str]) -> None:
    kept, new = submission_in(campaign), submission_in(campaign)
    making.make_scorecard(request_scorecard(submission=kept, language="km", by=None).pk)
    client = staff()
    made(ask(client, page_of(campaign)))
    made(ask(client, page_of(campaign)))
    assert paper == ["km", "km"]
    assert {scorecard.submission for scorecard in Scorecard.objects.all()} == {kept, new}


def test_the_scores_are_numbers_under_heads_in_the_chosen_language(campaign: Campaign) -> None:
    submission = submission_in(campaign, code="TH-1", country="TH", province="TH-10", women=60, men=40)
    client = staff()
    export = made(ask(client, page_of(campaign), kind="scores", language="th"))
    assert client.get(file_of(export))["Content-Disposition"].endswith('-scores-th.xlsx"')
    [row] = table_in(fetched(client, export))
    assert row["รหัส"] == "TH-1"
    assert row["ประเทศ"] == "ไทย"
    assert row["ผลคะแนนรวม"] == submission.overall
    assert list(row.values())[6:10] == [100, 60, 1, dt.datetime.combine(timezone.localdate(), dt.time())]
    sections = {section["code"]: section["percent"] for section in submission.score["sections"]}
    assert {head.split()[0]: value for head, value in row.items() if head.split()[0] in sections} == sections
    assert row["E1 พลังงาน"] == sections["E1"]


def test_a_name_that_looks_like_a_formula_stays_a_text(campaign: Campaign) -> None:
    submission_in(campaign, name="=1+1")
    client = staff()
    export = made(ask(client, page_of(campaign), kind="scores", language="en"))
    [row] = table_in(fetched(client, export))
    assert row["Name in local script"] == "=1+1"


def test_country_and_sector_narrow_it_down(campaign: Campaign) -> None:
    submission_in(campaign, sector="food")
    wanted = submission_in(campaign, sector="food", country="TH", province="TH-10")
    submission_in(campaign, country="TH", province="TH-10")
    assert ask(staff(), page_of(campaign), country="TH", sector="food").submission_ids == [wanted.pk]


def test_staff_of_one_country_export_its_factories_only(campaign: Campaign) -> None:
    here = submission_in(campaign)
    submission_in(campaign, country="TH", province="TH-10")
    assert ask(staff(country="KH"), page_of(campaign)).submission_ids == [here.pk]


def test_a_brand_exports_what_is_shared_with_it(campaign: Campaign) -> None:
    brand, shared = make_brand(), submission_in(campaign)
    submission_in(campaign)
    shares_with(shared.assessment.factory, brand)
    client = signed_in(hold(Role.BRAND_REVIEWER, brand))
    export = made(ask(client, page_of(campaign, brand)))
    assert (export.brand, export.submission_ids) == (brand, [shared.pk])
    assert len(names_in(fetched(client, export))) == 2


def test_a_withdrawn_consent_closes_the_file_that_was_made_before(campaign: Campaign) -> None:
    brand, shared = make_brand(), submission_in(campaign)
    factory = shared.assessment.factory
    shares_with(factory, brand)
    client = signed_in(hold(Role.BRAND_REVIEWER, brand))
    export = made(ask(client, page_of(campaign, brand)))
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    answer = client.get(file_of(export), follow=True)
    assert "Not everything in this file may be read any more." in answer.content.decode()
    assert answer.redirect_chain == [(page_of(campaign, brand), 302)]


def outsiders() -> list[tuple[User | Membership, int]]:
    """Program pages are no secret, so whoever is signed in is refused there."""
    return [
        (make_user(), 403),
        (hold(Role.FACTORY_MANAGER, make_factory()), 403),
        (hold(Role.BRAND_LEAD, make_brand()), 403),
    ]


def test_strangers_and_wrong_roles_are_kept_out_of_the_programs_exports(campaign: Campaign) -> None:
    submission_in(campaign)
    export = made(ask(staff(), page_of(campaign)))
    for outsider, status in outsiders():
        client = signed_in(outsider)
        assert client.get(page_of(campaign)).status_code == status
        assert client.post(page_of(campaign), {"kind": "scores", "language": "en"}).status_code == status
        assert client.get(file_of(export)).status_code == 404
        assert client.post(reverse("reports:cancel_export", args=[export.pk])).status_code == 404
    assert Client().get(page_of(campaign)).url.startswith(reverse("account_login"))
    assert staff().get(file_of(export)).status_code == 404, "another colleague's file"
    assert staff().get(page_of(Campaign(code="nowhere"))).status_code == 404


def test_strangers_and_wrong_roles_are_kept_out_of_a_brands_exports(campaign: Campaign) -> None:
    brand, factory = make_brand(), make_factory()
    shares_with(factory, brand)
    submit(make_assessment(factory, campaign))
    for outsider in (make_user(), hold(Role.BRAND_LEAD, make_brand()), hold(Role.FACTORY_MANAGER, factory)):
        assert signed_in(outsider).get(page_of(campaign, brand)).status_code == 404
    other = make_campaign(code="other")
    assert signed_in(hold(Role.BRAND_LEAD, brand)).get(page_of(other, brand)).status_code == 404


def test_who_leaves_the_program_does_not_fetch_their_file_any_more(campaign: Campaign) -> None:
    submission_in(campaign)
    hat = hold(Role.PROGRAM_STAFF)
    client = signed_in(hat)
    export = made(ask(client, page_of(campaign)))
    Membership.objects.filter(pk=hat.pk).update(ended_at=timezone.now())
    assert client.get(file_of(export)).status_code == 403


def test_a_worker_knows_the_task_that_the_bell_rings_for_each_kind_of_job() -> None:
    current_app.loader.import_default_modules()
    assert set(bell.TASKS.values()) <= set(current_app.tasks)
    assert set(bell.TASKS) == set(Job.__subclasses__())


def test_pressed_twice_it_is_made_once(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    assert ask(client, page_of(campaign)) == ask(client, page_of(campaign))
    assert Export.objects.count() == 1


def test_with_nothing_to_export_the_form_says_so(campaign: Campaign) -> None:
    submission_in(campaign)
    answer = staff().post(page_of(campaign), {"kind": "scores", "language": "en", "country": "VN"})
    assert "There is no submission like this yet." in answer.content.decode()
    assert not Export.objects.exists()


def test_a_campaign_without_submissions_explains_itself(campaign: Campaign) -> None:
    assert "Nothing to export yet" in staff().get(page_of(campaign)).content.decode()


def test_while_it_is_being_made_the_page_asks_again_and_it_can_be_cancelled(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    export = ask(client, page_of(campaign))
    Export.objects.claim(export.pk, "somebody")
    Export.objects.filter(pk=export.pk).beat("somebody", progress=40)
    page = client.get(page_of(campaign)).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert '<progress max="100" value="40"' in page
    assert client.post(reverse("reports:cancel_export", args=[export.pk])).url == page_of(campaign)
    page = client.get(page_of(campaign), headers={"HX-Request": "true"}).content.decode()
    assert "Cancelled" in page
    assert "hx-trigger" not in page


def test_a_cancelled_one_stops_before_the_next_scorecard(
    campaign: Campaign, paper: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "TELL_EVERY", 0)
    for _ in range(3):
        submission_in(campaign)
    export = ask(staff(), page_of(campaign))
    render = making.render_scorecard

    def cancelled_meanwhile(facts: Any, on_progress: Callable[[int], None]) -> bytes:
        cancel(job=export)
        return render(facts, on_progress)

    monkeypatch.setattr(making, "render_scorecard", cancelled_meanwhile)
    assert not exports.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.file.name, len(paper)) == (JobState.CANCELLED, "", 1)


def test_without_one_of_its_scorecards_there_is_no_file(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_facts: Any, _on_progress: Callable[[int], None]) -> bytes:
        raise RuntimeError("no paper left")

    monkeypatch.setattr(making, "render_scorecard", broken)
    monkeypatch.setattr(exports, "LOOK_AGAIN", 0)
    submission_in(campaign)
    export = ask(staff(), page_of(campaign))
    for _ in range(3):
        exports.make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error) == (JobState.FAILED, JobError.RENDERING)


def test_old_ones_go_with_their_files(campaign: Campaign) -> None:
    submission_in(campaign)
    client = staff()
    old = made(ask(client, page_of(campaign)))
    Export.objects.filter(pk=old.pk).update(requested_at=timezone.now() - KEPT_FOR - dt.timedelta(hours=1))
    new = made(ask(client, page_of(campaign)))
    assert exports.drop_old() == 1
    assert list(Export.objects.all()) == [new]
    assert not old.file.storage.exists(old.file.name)
    assert new.has_file


def test_the_page_costs_the_same_with_many_files_and_factories(campaign: Campaign) -> None:
    client, costs = staff(), []
    for _ in range(2):
        for _ in range(3):
            submission_in(campaign)
            made(ask(client, page_of(campaign)))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(campaign)).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
