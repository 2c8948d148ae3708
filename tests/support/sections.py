"""Section pages as tests open, read and send them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from tests.support.assessing import someone_of
from tests.support.world import signed_in


def address(assessment: Assessment, section: str = "E1") -> str:
    return reverse("assessments:section", args=[assessment.code, section])


def manager_of(assessment: Assessment) -> Client:
    return signed_in(someone_of(assessment))


def shown(client: Client, assessment: Assessment, section: str = "E1") -> str:
    answer = client.get(address(assessment, section))
    assert answer.status_code == 200
    return answer.content.decode()


def block(page: str, code: str) -> str:
    """The HTML of one question."""
    start = page.index(f'data-question="{code}"')
    return page[page.rindex("<section", 0, start) : page.index("</section>", start)]


def value_of(assessment: Assessment, code: str) -> Any:
    return assessment.answers.get(question_code=code).value


def versions(assessment: Assessment, *codes: str) -> dict[str, str]:
    stored = dict(assessment.answers.values_list("question_code", "version"))
    return {f"{code}.version": str(stored.get(code, 0)) for code in codes}
