"""Files behind answers: what is let in, and how it is kept."""

import hashlib
import zipfile
from pathlib import PurePath

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from assessments.models import Assessment, Evidence
from assessments.services import pictures
from assessments.services.answering import must_be_unlocked, question_in
from suppliers.models import User

# By content, not by name. An Office file is a ZIP: its kind is read from inside by the detector.
ALLOWED = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
}
_OFFICE = {suffix[0]: kind for kind, suffix in ALLOWED.items() if "officedocument" in kind}
SUFFIXES = frozenset(suffix for suffixes in ALLOWED.values() for suffix in suffixes)
_OFFICE_PARTS = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_MACROS = "vbaproject.bin"


class FileRefused(Exception):
    """`code`: empty, too_large, wrong_type, too_many, unreadable or too_many_pixels."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add_evidence(*, assessment: Assessment, code: str, upload: UploadedFile, by: User) -> Evidence:
    """Raises FileRefused, UnknownQuestion or Locked. The same file again at the same question is kept once."""
    question_in(assessment, code)
    must_be_unlocked(assessment, code)
    content_type = checked_type(upload)
    if content_type in pictures.KINDS:
        upload = _without_traces(upload, content_type)
    digest = _sha256(upload)
    with transaction.atomic():
        # Two uploads at once must not pass the limit together.
        Assessment.objects.select_for_update().get(pk=assessment.pk)
        present = assessment.evidence.current().filter(question_code=code)
        if same := present.filter(sha256=digest).first():
            return same
        if present.count() >= settings.EVIDENCE_MAX_FILES_PER_QUESTION:
            raise FileRefused("too_many")
        evidence = Evidence(
            assessment=assessment,
            question_code=code,
            name=safe_name(upload.name or ""),
            content_type=content_type,
            size=upload.size or 0,
            sha256=digest,
            uploaded_by=by,
        )
        evidence.file.save("evidence", upload, save=False)
        evidence.save()
    return evidence


def _without_traces(upload: UploadedFile, kind: str) -> UploadedFile:
    try:
        return pictures.without_traces(upload, kind)
    except pictures.PictureRefused as refused:
        raise FileRefused(refused.code) from refused


def remove_evidence(*, evidence: Evidence) -> None:
    """The file stays on disk: an earlier submission may name it."""
    must_be_unlocked(evidence.assessment, evidence.question_code)
    Evidence.objects.current().filter(pk=evidence.pk).update(removed_at=timezone.now())


def restore_evidence(*, evidence: Evidence) -> None:
    """Takes a removal back. Raises Locked or FileRefused."""
    must_be_unlocked(evidence.assessment, evidence.question_code)
    with transaction.atomic():
        Assessment.objects.select_for_update().get(pk=evidence.assessment_id)
        present = evidence.assessment.evidence.current().filter(question_code=evidence.question_code)
        if present.filter(sha256=evidence.sha256).exists():
            return
        if present.count() >= settings.EVIDENCE_MAX_FILES_PER_QUESTION:
            raise FileRefused("too_many")
        Evidence.objects.filter(pk=evidence.pk).update(removed_at=None)


def check_size(size: int) -> None:
    if size <= 0:
        raise FileRefused("empty")
    if size > settings.EVIDENCE_MAX_BYTES:
        raise FileRefused("too_large")


def checked_type(upload: UploadedFile) -> str:
    check_size(upload.size or 0)
    suffix = PurePath(upload.name or "").suffix.lower()
    kind = _kind_by_content(upload, suffix)
    if suffix not in ALLOWED.get(kind, ()):
        raise FileRefused("wrong_type")
    return kind


def _kind_by_content(upload: UploadedFile, suffix: str) -> str:
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    if suffix in _OFFICE:
        return _OFFICE[suffix] if _is_office(upload, suffix) else ""
    try:
        return str(puremagic.from_string(head, mime=True, filename=None))
    except (puremagic.PureError, ValueError):
        return ""


def _is_office(upload: UploadedFile, suffix: str) -> bool:
    """By the list of what is packed inside, without unpacking any of it. Nothing with macros is let in."""
    try:
        with zipfile.ZipFile(upload) as packed:
            names = [name.lower() for name in packed.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    finally:
        upload.seek(0)
    has_part = any(name.startswith(_OFFICE_PARTS[suffix]) for name in names)
    return has_part and not any(name.endswith(_MACROS) for name in names)


def safe_name(name: str) -> str:
    """The last part of the name, without what could break a header or a page."""
    kept = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable() and c not in '"<>|:*?')
    path = PurePath(kept or "file")
    return path.stem[: 190 - len(path.suffix)] + path.suffix


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
