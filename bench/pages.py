"""Which pages are pictured, in one language: prints JSON of names, addresses, sessions, and of the scorecard's file."""

import json
import sys
from pathlib import Path
from typing import Any

import django
from django.urls import reverse

django.setup()

from assessments.domain.states import AssessmentState, ReviewState  # noqa: E402
from assessments.models import Assessment, Review, Submission  # noqa: E402
from bench.world import heaviest_section, member_of, session_of  # noqa: E402
from reports.services.making import make_scorecard  # noqa: E402
from reports.services.scorecards import request_scorecard  # noqa: E402
from suppliers.models import Brand, User  # noqa: E402
from suppliers.roles import Role  # noqa: E402

Page = tuple[str, str]


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def public() -> list[Page]:
    return [("welcome", address("landing")), ("sign-in", address("account_login"))]


def of_factory(draft: Assessment) -> list[Page]:
    return [
        ("factory-home", address("assessments:factory_home", draft.factory.code)),
        ("assessment", address("assessments:assessment", draft.code)),
        ("section", address("assessments:section", draft.code, heaviest_section(draft).code)),
        ("missing", address("assessments:missing", draft.code)),
        ("sharing", address("assessments:sharing", draft.factory.code)),
        ("people", address("suppliers:factory_people", draft.factory.code)),
    ]


def of_submitter(submission: Submission) -> list[Page]:
    place = submission.assessment.code, submission.number
    return [
        ("result", address("assessments:result", *place)),
        ("scorecards", address("reports:scorecards", *place)),
    ]


def of_clarifier(returned: Assessment) -> list[Page]:
    return [("returned", address("assessments:assessment", returned.code))]


def of_brand(brand: Brand, submission: Submission) -> list[Page]:
    return [
        ("suppliers", address("assessments:supplier_table", brand.code)),
        ("submission", address("assessments:submission", submission.assessment.code, submission.number)),
    ]


def of_program(draft: Assessment) -> list[Page]:
    return [
        ("program", address("assessments:program_home")),
        ("campaigns", address("assessments:campaigns")),
        ("campaign", address("assessments:campaign", draft.campaign.code)),
        ("factories", address("suppliers:factories")),
        ("questionnaires", address("assessments:questionnaires")),
    ]


def in_state(state: AssessmentState, **conditions: Any) -> Assessment:
    """A Cambodian factory's, where there is one."""
    found = Assessment.objects.with_places().filter(state=state, **conditions)
    return found.order_by("factory__country", "-started_at", "pk")[0]


def reviewed() -> Review:
    """The one that a brand has said most about."""
    reviews = Review.objects.filter(brand__isnull=False).exclude(state=ReviewState.ACCEPTED)
    return max(reviews.select_related("brand", "assessment").order_by("pk"), key=lambda review: review.remarks.count())


def signed_in(user: User, language: str, pages: list[Page]) -> list[dict[str, str]]:
    user.language = language
    user.save(update_fields=["language"])
    session = session_of(user)
    return [{"name": name, "path": path, "session": session} for name, path in pages]


def pages(language: str) -> list[dict[str, str]]:
    draft = in_state(AssessmentState.DRAFT, started_at__isnull=False)
    returned = in_state(AssessmentState.RETURNED)
    submission, review = submission_to_show(), reviewed()
    latest = review.assessment.submissions.latest_first()[0]

    def manager(assessment: Assessment) -> User:
        return member_of(Role.FACTORY_MANAGER, factory=assessment.factory)

    assert review.brand is not None
    return [
        *({"name": name, "path": path, "session": ""} for name, path in public()),
        *signed_in(manager(draft), language, of_factory(draft)),
        *signed_in(manager(submission.assessment), language, of_submitter(submission)),
        *signed_in(manager(returned), language, of_clarifier(returned)),
        *signed_in(member_of(Role.BRAND_LEAD, brand=review.brand), language, of_brand(review.brand, latest)),
        *signed_in(member_of(Role.PROGRAM_ADMIN), language, of_program(draft)),
    ]


def submission_to_show() -> Submission:
    """The newest of a Cambodian factory with a year before it to compare with."""
    newest = Submission.objects.with_places().latest_first()
    return newest.filter(assessment__factory__country="KH").first() or newest[0]


def scorecard(language: str) -> str:
    row = request_scorecard(submission=submission_to_show(), language=language, by=None)
    if not row.has_file:
        make_scorecard(row.pk)
        row.refresh_from_db()
    return str(Path(row.file.path))


if __name__ == "__main__":
    chosen = sys.argv[1]
    print(json.dumps({"scorecard": scorecard(chosen), "pages": pages(chosen)}))
