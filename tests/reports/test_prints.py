"""The questionnaire on paper: asked for, made, kept while the answers stand, and seen by the right people."""

import pytest
from django.urls import reverse

from assessments.models import Assessment
from reports.models import Print
from reports.services import making
from reports.services.jobs import sweep
from reports.services.prints import request_print, request_version_print
from suppliers.roles import Role
from tests.support.assessing import complete, give, make_assessment, published_small, someone_of
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "render_questionnaire", lambda facts, on_progress: b"%PDF-1.7 short")


def made(assessment: Assessment, kind: str = "filled", language: str = "km") -> Print:
    job = request_print(assessment=assessment, kind=kind, language=language, by=None)
    making.make_print(job.pk)
    job.refresh_from_db()
    return job


def page_of(assessment: Assessment) -> str:
    return reverse("reports:paper", args=[assessment.code])


def file_of(job: Print) -> str:
    if job.assessment:
        return reverse("reports:download_print", args=[job.assessment.code, job.pk])
    return reverse("reports:download_version_print", args=[job.version_id, job.pk])


def test_asked_twice_it_is_one_row_and_one_file() -> None:
    assessment = make_assessment()
    first = made(assessment)
    assert first.is_done
    again = request_print(assessment=assessment, kind="filled", language="km", by=None)
    assert again.pk == first.pk
    assert again.file.name == first.file.name
    assert not making.make_print(again.pk)


def test_other_answers_make_it_anew_and_the_old_file_goes(django_capture_on_commit_callbacks) -> None:
    assessment = complete(make_assessment())
    first, blank = made(assessment), made(assessment, "blank")
    give(assessment, "S1.02", "50")
    with django_capture_on_commit_callbacks(execute=True):
        second = made(assessment)
    assert second.pk == first.pk
    assert second.file.name != first.file.name
    assert not first.file.storage.exists(first.file.name)
    assert made(assessment, "blank").file.name == blank.file.name


def test_the_sweep_rings_for_prints_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rung = []
    monkeypatch.setattr("reports.services.bell.current_app.send_task", lambda name, args: rung.append((name, args)))
    job = request_print(assessment=make_assessment(), kind="blank", language="vi", by=None)
    assert sweep() == 1
    assert rung == [("reports.tasks.render_print", [job.pk])]


def test_a_stranger_gets_404_and_a_buyer_403() -> None:
    assessment, brand = make_assessment(), make_brand()
    job = made(assessment)
    buys(brand, assessment.factory)
    cancel = reverse("reports:cancel_print", args=[assessment.code, job.pk])
    people = [(make_user(), 404), (hold(Role.FACTORY_MANAGER, make_factory()), 404)]
    for person, status in [*people, (hold(Role.BRAND_LEAD, brand), 403)]:
        client = signed_in(person)
        assert client.get(page_of(assessment)).status_code == status
        assert client.post(page_of(assessment), {"kind": "blank", "language": "km"}).status_code == status
        assert client.get(file_of(job)).status_code == status
        assert client.post(cancel).status_code == status


def test_the_factory_asks_for_it_and_downloads_a_private_file() -> None:
    assessment = make_assessment()
    client = signed_in(someone_of(assessment))
    assert client.post(page_of(assessment), {"kind": "blank", "language": "th"}).url == page_of(assessment)
    job = Print.objects.get()
    assert "Being made" in client.get(page_of(assessment)).content.decode() or job.is_active
    assert client.get(file_of(job)).status_code == 404
    making.make_print(job.pk)
    answer = client.get(file_of(job))
    assert answer["Content-Disposition"] == f'attachment; filename="{assessment.code}-blank-th.pdf"'
    assert (answer["Content-Language"], answer["Cache-Control"]) == ("th", "private, no-store")
    assert file_of(job) in client.get(page_of(assessment)).content.decode()


def test_an_outdated_one_is_offered_anew() -> None:
    assessment = complete(make_assessment())
    job, client = made(assessment), signed_in(someone_of(assessment))
    give(assessment, "S1.02", "50")
    page = client.get(page_of(assessment)).content.decode()
    assert "The answers have changed since it was made." in page
    assert file_of(job) not in page


def test_one_assessments_file_is_not_reached_through_another() -> None:
    job, other = made(make_assessment()), make_assessment()
    client = signed_in(someone_of(other))
    assert client.get(reverse("reports:download_print", args=[other.code, job.pk])).status_code == 404


def test_the_page_costs_the_same_however_much_is_made(django_assert_max_num_queries) -> None:
    assessment = make_assessment()
    client = signed_in(someone_of(assessment))
    client.get(page_of(assessment))
    with django_assert_max_num_queries(14):
        client.get(page_of(assessment))
    for language in ("en", "km", "th", "vi"):
        made(assessment, "blank", language)
        made(assessment, "filled", language)
    with django_assert_max_num_queries(14):
        client.get(page_of(assessment))


def test_the_program_prints_a_version_for_a_sector_and_a_country() -> None:
    version = published_small()
    page = reverse("reports:version_paper", args=[version.pk])
    staff = signed_in(hold(Role.PROGRAM_STAFF))
    assert staff.post(page, {"sector": "food", "country": "TH", "language": "th"}).url == page
    job = Print.objects.get()
    making.make_print(job.pk)
    assert staff.get(file_of(job))["Content-Disposition"].endswith('"small-1-food-th-th.pdf"')
    assert file_of(job) in staff.get(page).content.decode()
    assert signed_in(hold(Role.FACTORY_MANAGER, make_factory())).get(page).status_code == 403


def test_a_versions_print_is_made_once_for_each_reader() -> None:
    reader = {"sector": "food", "country": "TH", "language": "th", "by": None}
    first = request_version_print(version=published_small(), **reader)
    assert request_version_print(version=published_small(), **reader).pk == first.pk
