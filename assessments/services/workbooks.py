"""Answers out of a workbook: kept until their sender has seen every change, then saved like any others."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.models import Assessment, WorkbookUpload
from assessments.readmodels.workbook_answers import read_answers
from assessments.services import answering
from assessments.sheets import Upload
from suppliers.models import User

# What nobody came back for is answers of a factory that lie about.
KEPT = dt.timedelta(days=14)


@dataclass
class Taken:
    """By question code: saved, changed by somebody else meanwhile, closed."""

    saved: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    locked: list[str] = field(default_factory=list)


@transaction.atomic
def stage(*, assessment: Assessment, upload: Upload, by: User) -> WorkbookUpload:
    """In place of an earlier workbook of the same person. Raises NotOurs."""
    read = read_answers(upload, instrument_of(assessment.campaign.version_id), assessment.code)
    WorkbookUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT).delete()
    WorkbookUpload.objects.filter(assessment=assessment, uploaded_by=by).delete()
    return WorkbookUpload.objects.create(
        assessment=assessment,
        uploaded_by=by,
        name=upload.name[:100],
        language=read.language,
        answers=read.answers,
        problems=[list(problem) for problem in read.problems],
    )


def take(
    *, upload: WorkbookUpload, assessment: Assessment, codes: Iterable[str], seen: Mapping[str, int], by: User
) -> Taken:
    """Save the chosen answers, based on the version that stands in the workbook.

    `seen`: for those in conflict, the version of the portal's answer over which the workbook's was chosen.
    """
    taken = Taken()
    for code in codes:
        entry = upload.answers.get(code)
        if entry is None or entry["odd"]:
            continue
        try:
            saved = answering.save_answer(
                assessment=assessment,
                code=code,
                entry=answering.Entry(
                    sent=entry["sent"],
                    is_na=entry["is_na"],
                    na_reason=entry["na_reason"],
                    based_on=seen.get(code, entry["based_on"]),
                    change_id=uuid.uuid4(),
                ),
                by=by,
                language=upload.language,
            )
        except answering.Locked:
            taken.locked.append(code)
            continue
        if saved.conflict:
            taken.conflicts.append(code)
        elif saved.changed:
            taken.saved.append(code)
    return taken


def discard(*, upload: WorkbookUpload) -> None:
    upload.delete()
