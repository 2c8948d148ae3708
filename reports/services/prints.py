"""Asking for a questionnaire on paper."""

from functools import partial

from django.db import transaction

from assessments.models import Assessment, QuestionnaireVersion
from reports.domain.prints import PrintKind
from reports.models import Print
from reports.readmodels.print_content import content_of
from reports.services import jobs
from suppliers.models import User


@transaction.atomic
def request_print(*, assessment: Assessment, kind: str, language: str, by: User | None) -> Print:
    """The one row of this assessment, kind and language; made anew when its answers have changed since."""
    return _request({"assessment": assessment, "kind": kind, "language": language}, by)


@transaction.atomic
def request_version_print(
    *, version: QuestionnaireVersion, sector: str, country: str, language: str, by: User | None
) -> Print:
    reader = {"sector": sector, "country": country, "language": language}
    return _request({"version": version, "kind": PrintKind.BLANK, **reader}, by)


def _request(which: dict[str, object], by: User | None) -> Print:
    job: Print
    job, is_new = Print.objects.select_for_update(of=("self",)).get_or_create(**which, defaults={"requested_by": by})
    if is_new or (_is_wanting(job) and _restarted(job, by)):
        jobs.ring_after_commit(job)
    return job


def _is_wanting(job: Print) -> bool:
    return not job.has_file or job.content != content_of(job)


def _restarted(job: Print, by: User | None) -> bool:
    """An outdated file shows answers that nobody stands by any more: it does not stay on the disk."""
    storage, name = job.file.storage, job.file.name
    if not jobs.restart(job, by):
        return False
    if name:
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return True
