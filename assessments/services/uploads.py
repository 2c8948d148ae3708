"""Files that arrive in pieces over a bad line, and how they become evidence."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, Evidence, Upload
from assessments.models.uploads import path_of
from assessments.services import evidence
from assessments.services.answering import must_be_unlocked, question_in
from suppliers.models import User

KEPT_FOR = dt.timedelta(days=7)
# Far more than anybody photographs in a day; beyond it the one longest untouched makes room.
MOST_UNFINISHED = 60


@dataclass(frozen=True)
class Announced:
    """What the browser says of a file before it sends it. `sha256` is empty where a browser cannot count it."""

    public_id: uuid.UUID
    code: str
    name: str
    size: int
    sha256: str = ""


class Mismatch(Exception):
    """This id already stands for another file."""


class OutOfStep(Exception):
    """The piece does not follow what has arrived: go on at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def begin(*, assessment: Assessment, announced: Announced, by: User) -> Upload:
    """Begun twice, it is one upload. Raises UnknownQuestion, Locked, FileRefused or Mismatch."""
    question_in(assessment, announced.code)
    must_be_unlocked(assessment, announced.code)
    facts = {
        "assessment": assessment,
        "question_code": announced.code,
        "size": announced.size,
        "sha256": announced.sha256,
        "started_by": by,
    }
    known = Upload.objects.filter(public_id=announced.public_id).first()
    if known is None:
        same = _same_file(assessment, announced)
        _must_be_welcome(assessment, announced, is_known=same is not None)
        _make_room(assessment, by)
        fresh = facts | {"name": evidence.safe_name(announced.name), "evidence": same}
        known, _created = Upload.objects.get_or_create(public_id=announced.public_id, defaults=fresh)
    if any(getattr(known, name) != value for name, value in facts.items()):
        raise Mismatch
    return known


def _same_file(assessment: Assessment, announced: Announced) -> Evidence | None:
    if not announced.sha256:
        return None
    return assessment.evidence.current().filter(question_code=announced.code, sha256=announced.sha256).first()


def _must_be_welcome(assessment: Assessment, announced: Announced, *, is_known: bool) -> None:
    """Said before a slow line carries all of it; what is inside is looked at when it is complete."""
    evidence.check_size(announced.size)
    if PurePath(announced.name).suffix.lower() not in evidence.SUFFIXES:
        raise evidence.FileRefused("wrong_type")
    present = assessment.evidence.current().filter(question_code=announced.code)
    if not is_known and present.count() >= settings.EVIDENCE_MAX_FILES_PER_QUESTION:
        raise evidence.FileRefused("too_many")


def _make_room(assessment: Assessment, by: User) -> None:
    mine = assessment.uploads.unfinished().filter(started_by=by).order_by("-touched_at")
    for upload in mine[MOST_UNFINISHED - 1 :]:
        discard(upload=upload)


def receive(*, upload: Upload, offset: int, piece: bytes) -> Upload:
    """Raises OutOfStep, and FileRefused where more comes than was said."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if offset != held.received or held.evidence_id:
            raise OutOfStep(held.size if held.evidence_id else held.received)
        if offset + len(piece) > held.size:
            raise evidence.FileRefused("too_large")
        is_lost = offset > 0 and not _place(held.path).exists()
        if not is_lost:
            _write(held, offset, piece)
        held.received = 0 if is_lost else offset + len(piece)
        held.save(update_fields=["received", "touched_at"])
    if is_lost:
        raise OutOfStep(0)
    return held


def _write(upload: Upload, offset: int, piece: bytes) -> None:
    """Whatever an interrupted request left beyond `offset` is written over."""
    place = _place(upload.path)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("r+b" if offset else "wb") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()


def complete(*, upload: Upload, by: User) -> Evidence:
    """Completed twice, it is one document. Raises OutOfStep, Locked or FileRefused."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.evidence:
            return held.evidence
        if not _is_whole(held):
            _begin_anew(held)
        else:
            held.evidence = _as_evidence(held, by)
            held.save(update_fields=["evidence", "touched_at"])
            transaction.on_commit(lambda: _place(held.path).unlink(missing_ok=True))
    if held.evidence is None:
        raise OutOfStep(held.received)
    return held.evidence


def _is_whole(upload: Upload) -> bool:
    place = _place(upload.path)
    if not place.exists() or place.stat().st_size != upload.size:
        return False
    with place.open("rb") as file:
        return upload.sha256 in ("", hashlib.file_digest(file, "sha256").hexdigest())


def _begin_anew(upload: Upload) -> None:
    """Pieces that are still to come are waited for; a whole that differs from what was said is sent again."""
    place = _place(upload.path)
    if upload.received == upload.size or not place.exists():
        upload.received = 0
        upload.save(update_fields=["received", "touched_at"])


def _as_evidence(upload: Upload, by: User) -> Evidence:
    with _opened(upload) as file:
        whole = UploadedFile(file, name=upload.name, size=upload.size)
        return evidence.add_evidence(assessment=upload.assessment, code=upload.question_code, upload=whole, by=by)


@contextmanager
def _opened(upload: Upload) -> Iterator[BinaryIO]:
    with _place(upload.path).open("rb") as file:
        yield file


def discard(*, upload: Upload) -> None:
    """A document that it became stays."""
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).delete()
        transaction.on_commit(lambda: _place(upload.path).unlink(missing_ok=True))


def sweep() -> int:
    """Uploads that nobody went on with, and pieces whose row is gone. How many uploads were dropped."""
    old = timezone.now() - KEPT_FOR
    with transaction.atomic():
        dropped = list(Upload.objects.select_for_update(skip_locked=True).filter(touched_at__lt=old))
        for upload in dropped:
            discard(upload=upload)
    _sweep_files(old)
    return len(dropped)


def _sweep_files(old: dt.datetime) -> None:
    folder = _place(path_of(uuid.UUID(int=0))).parent
    for place in folder.iterdir() if folder.exists() else ():
        if place.stat().st_mtime < old.timestamp():
            place.unlink(missing_ok=True)


def _place(path: str) -> Path:
    return Path(default_storage.path(path))
