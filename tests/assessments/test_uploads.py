"""Files in pieces: over a line that breaks, by several servers at once, and never by somebody else."""

import datetime as dt
import os
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from assessments.models import Assessment, Evidence, Upload
from assessments.services import uploads
from assessments.tasks import sweep_uploads
from suppliers.roles import Role
from tests.support.assessing import PDF, make_assessment, prove, submit
from tests.support.sections import manager_of
from tests.support.uploading import Sending, photo
from tests.support.world import buys, hold, make_brand, make_user, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture
def sending(assessment: Assessment) -> Sending:
    return Sending(manager_of(assessment), assessment)


def stored(evidence: Evidence) -> bytes:
    with evidence.file.open() as file:
        return bytes(file.read())


def test_a_file_arrives_in_pieces(sending: Sending, django_capture_on_commit_callbacks: Any) -> None:
    assert sending.begin().json() == {"state": "receiving", "offset": 0}
    assert sending.put(0, PDF[:10]).json() == {"state": "receiving", "offset": 10}
    assert sending.status().json() == {"state": "receiving", "offset": 10}
    assert sending.put(10, PDF[10:]).json()["offset"] == len(PDF)
    with django_capture_on_commit_callbacks(execute=True):
        answer = sending.complete()
    kept = Evidence.objects.get()
    assert (answer.status_code, answer.json()["state"], answer.json()["id"]) == (200, "saved", str(kept.public_id))
    assert (kept.name, kept.question_code, stored(kept)) == ("bill.pdf", "S1.01", PDF)
    assert not Path(default_storage.path(Upload.objects.get().path)).exists()


def test_every_request_may_be_sent_twice(sending: Sending) -> None:
    assert sending.begin().json() == sending.begin().json()
    sending.put(0, PDF[:10])
    assert sending.begin().json()["offset"] == 10
    again = sending.put(0, PDF[:10])
    assert (again.status_code, again.json()["offset"]) == (409, 10)
    sending.put(10, PDF[10:])
    first, second = sending.complete(), sending.complete()
    assert first.json() == second.json() == sending.begin().json() == sending.status().json()
    assert sending.put(0, PDF).status_code == 409
    assert Evidence.objects.count() == 1
    assert sending.client.delete(sending.address).status_code == 200
    assert sending.client.delete(sending.address).status_code == 404
    assert Evidence.objects.current().count() == 1


def test_a_piece_out_of_order_is_told_where_to_go_on(sending: Sending) -> None:
    sending.begin()
    for offset in (5, 10, len(PDF)):
        answer = sending.put(offset, b"x")
        assert (answer.status_code, answer.json()["offset"]) == (409, 0)
    sending.put(0, PDF[:10])
    answer = sending.complete()
    assert (answer.status_code, answer.json()["offset"]) == (409, 10)


def test_what_an_interrupted_request_left_is_written_over(sending: Sending) -> None:
    sending.begin()
    sending.put(0, PDF[:10])
    place = Path(default_storage.path(Upload.objects.get().path))
    place.write_bytes(PDF[:10] + b"half a piece, before the server was killed" * 9)
    sending.put(10, PDF[10:])
    assert sending.complete().status_code == 200
    assert stored(Evidence.objects.get()) == PDF


def test_pieces_that_are_gone_from_the_disk_are_sent_again(sending: Sending) -> None:
    sending.begin()
    sending.put(0, PDF[:10])
    Path(default_storage.path(Upload.objects.get().path)).unlink()
    answer = sending.put(10, PDF[10:])
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)
    assert sending.all().status_code == 200


def test_a_file_that_changed_on_the_way_is_sent_again(sending: Sending) -> None:
    sending.begin()
    sending.put(0, b"x" * len(PDF))
    answer = sending.complete()
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)
    assert not Evidence.objects.exists()
    sending.put(0, PDF)
    assert sending.complete().status_code == 200


def test_a_browser_that_cannot_count_a_hash_sends_none(sending: Sending) -> None:
    sending.sha256 = ""
    assert sending.all().status_code == 200


def test_what_is_not_welcome_is_said_before_it_is_sent(sending: Sending, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    settings.EVIDENCE_MAX_FILES_PER_QUESTION = 1
    assert "at most 1 MB" in sending.begin(size=1024 * 1024 + 1).json()["problem"]
    assert "empty" in sending.begin(size=0).json()["problem"]
    assert "cannot be used" in sending.begin(name="run.exe").json()["problem"]
    prove(sending.assessment, "S1.01", content=PDF + b"other")
    answer = sending.begin()
    assert (answer.status_code, "already 1" in answer.json()["problem"]) == (422, True)
    assert not Upload.objects.exists()


def test_more_than_was_said_is_refused(sending: Sending) -> None:
    sending.begin()
    assert sending.put(0, PDF + b"x").status_code == 422
    assert sending.status().json()["offset"] == 0
    assert sending.put(0, b"x" * (django_settings.UPLOAD_PIECE_MAX_BYTES + 1)).status_code == 413


def test_what_is_something_else_inside_is_refused_when_it_is_complete(sending: Sending) -> None:
    sending.content = b"<html><script>alert(1)</script>"
    answer = sending.all()
    assert (answer.status_code, "cannot be used" in answer.json()["problem"]) == (422, True)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"id": "x"}, {"size": "many"}, {"size": -1}, {"size": 2**40}, {"sha256": "x"}, {"question": None, "id": None}],
)
def test_nonsense_is_refused(sending: Sending, changed: dict[str, Any]) -> None:
    assert sending.begin(**changed).status_code == 400


def test_pieces_say_where_they_belong(sending: Sending) -> None:
    sending.begin()
    assert sending.client.put(sending.address, PDF).status_code == 400
    assert sending.client.put(sending.address, PDF, headers={"Upload-Offset": "-1"}).status_code == 400


def test_one_id_is_one_file(sending: Sending) -> None:
    sending.begin()
    assert sending.begin(size=7).status_code == 412
    assert sending.begin(question="E1.02").status_code == 412


def test_a_file_that_is_there_already_is_not_sent_again(sending: Sending) -> None:
    kept = prove(sending.assessment, "S1.01")
    answer = sending.begin()
    assert (answer.json()["state"], answer.json()["id"]) == ("saved", str(kept.public_id))


def test_the_place_where_a_photo_was_taken_is_not_kept(sending: Sending) -> None:
    sending.content, sending.name = photo(), "exit.jpg"
    assert sending.all().status_code == 200
    assert b"Secret" not in stored(Evidence.objects.get())


def test_who_may_send(sending: Sending) -> None:
    sending.begin()
    buyer = make_brand()
    buys(buyer, sending.assessment.factory)
    refused = [hold(Role.PROGRAM_STAFF), hold(Role.PROGRAM_ADMIN), hold(Role.BRAND_LEAD, buyer)]
    for who, status in [(make_user(), 404), *((one, 403) for one in refused)]:
        other = Sending(signed_in(who), sending.assessment, public_id=sending.public_id)
        answers = [other.begin(), other.put(0, PDF), other.status(), other.complete()]
        answers.append(other.client.delete(other.address))
        assert [answer.status_code for answer in answers] == [status] * 5
    assert Sending(sending.client, sending.assessment, code="X9").begin().status_code == 404


def test_a_colleague_does_not_go_on_with_ones_file(sending: Sending) -> None:
    sending.begin()
    colleague = signed_in(hold(Role.FACTORY_CONTRIBUTOR, sending.assessment.factory))
    theirs = Sending(colleague, sending.assessment, public_id=sending.public_id)
    assert [theirs.status().status_code, theirs.begin().status_code] == [404, 412]
    assert Sending(colleague, sending.assessment).all().status_code == 200


def test_a_question_is_unlocked_at_the_start_and_at_the_end(sending: Sending) -> None:
    sending.content = PDF + b"late"
    sending.begin()
    sending.put(0, sending.content)
    submit(sending.assessment)
    assert sending.complete().status_code == 423
    assert Sending(sending.client, sending.assessment, content=PDF + b"later").begin().status_code == 423
    assert Evidence.objects.count() == 1


def test_uploads_that_nobody_goes_on_with_are_swept(sending: Sending, media_folder: Path) -> None:
    sending.begin()
    sending.put(0, PDF[:10])
    fresh = Sending(sending.client, sending.assessment, content=PDF + b"fresh")
    fresh.begin()
    old = timezone.now() - uploads.KEPT_FOR - dt.timedelta(minutes=1)
    Upload.objects.filter(public_id=sending.public_id).update(touched_at=old)
    sweep_uploads()
    assert sending.status().status_code == 404
    assert fresh.status().status_code == 200
    assert sending.all().status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_sweep_takes_the_pieces_too(media_folder: Path) -> None:
    sending = Sending(manager_of(assessment := make_assessment()), assessment)
    sending.begin()
    sending.put(0, PDF[:10])
    orphan = media_folder / "uploads" / uuid.uuid4().hex
    orphan.write_bytes(b"x")
    Upload.objects.update(touched_at=timezone.now() - uploads.KEPT_FOR - dt.timedelta(minutes=1))
    os.utime(orphan, (0, 0))
    assert uploads.sweep() == 1
    assert list((media_folder / "uploads").iterdir()) == []


def test_somebody_who_begins_without_end_fills_no_disk(sending: Sending, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_UNFINISHED", 3)
    for number in range(5):
        Sending(sending.client, sending.assessment, content=PDF + bytes([number])).begin()
    assert Upload.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_that_send_the_same_file_at_once_make_one_document() -> None:
    """Two tabs, or a request that was repeated while the first still ran."""
    sending = Sending(manager_of(assessment := make_assessment()), assessment, content=PDF * 50)
    sending.begin()
    statuses: list[int] = []

    def send() -> None:
        offset = 0
        while offset < len(sending.content):
            answer = sending.put(offset, sending.content[offset : offset + 500])
            offset = answer.json()["offset"]
        statuses.append(sending.complete().status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 3
    assert stored(Evidence.objects.get()) == sending.content
