"""A document as a script that lists it needs it."""

from typing import Any

from django.urls import reverse

from assessments.labels import FILE_PROBLEMS, file_problem_text
from assessments.models import Evidence
from assessments.words import reading_language
from suppliers.localization import file_size


def file_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "state": "removed" if evidence.removed_at else "saved",
        "id": str(evidence.public_id),
        "name": evidence.name,
        "size": file_size(evidence.size, reading_language()),
        "url": reverse("assessments:evidence", args=[evidence.public_id]),
        "picture": reverse("assessments:thumbnail", args=[evidence.public_id]) if evidence.is_picture else "",
        "remove": reverse("assessments:remove_evidence", args=[evidence.public_id]),
        "restore": reverse("assessments:restore_evidence", args=[evidence.public_id]),
    }


def problem_texts() -> dict[str, str]:
    return {f"file_{code}": file_problem_text(code) for code in FILE_PROBLEMS}
