"""Who may know of what: the same for pages, lists and files."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, Campaign, Submission
from assessments.services import evidence as files
from assessments.services import sharing, submitting
from suppliers.models import Membership, User
from suppliers.roles import Role
from tests.support.assessing import (
    complete,
    make_assessment,
    make_campaign,
    make_submission,
    prove,
    shares_with,
    someone_of,
)
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def status(who: User | Membership, address: str) -> int:
    return signed_in(who).get(address).status_code


def file_of(item: str) -> str:
    return reverse("assessments:evidence", args=[item])


def test_lists_hold_what_pages_would_open() -> None:
    submission, brand = make_submission(), make_brand()
    factory = submission.assessment.factory
    shares_with(factory, brand)
    manager = hold(Role.FACTORY_CONTRIBUTOR, factory).user
    staff = hold(Role.PROGRAM_STAFF, country="KH").user
    reviewer = hold(Role.BRAND_REVIEWER, brand).user
    for user in (manager, staff, reviewer):
        assert list(Submission.objects.visible_to(user)) == [submission]
        assert list(Assessment.objects.visible_to(user)) == [submission.assessment]
        assert list(Campaign.objects.visible_to(user)) == [submission.assessment.campaign]


def test_strangers_see_no_list() -> None:
    make_submission()
    others = [
        make_user(),
        hold(Role.FACTORY_MANAGER, make_factory()).user,
        hold(Role.BRAND_LEAD, make_brand()).user,
        hold(Role.PROGRAM_STAFF, country="VN").user,
    ]
    for user in others:
        assert not Submission.objects.visible_to(user).exists()
        assert not Assessment.objects.visible_to(user).exists()


def test_a_buyer_without_a_share_knows_the_assessment_but_no_submission() -> None:
    submission, brand = make_submission(), make_brand()
    buys(brand, submission.assessment.factory)
    reviewer = hold(Role.BRAND_REVIEWER, brand)
    assert Assessment.objects.visible_to(reviewer.user).exists()
    assert not Submission.objects.visible_to(reviewer.user).exists()
    assert status(reviewer, submission.assessment.get_absolute_url()) == 403
    assert status(reviewer, submission.get_absolute_url()) == 404


@pytest.mark.parametrize("how", ["share", "purchase"])
def test_what_ends_ends_at_once(how: str) -> None:
    submission, brand = make_submission(), make_brand()
    factory = submission.assessment.factory
    shares_with(factory, brand)
    reviewer = hold(Role.BRAND_REVIEWER, brand)
    assert status(reviewer, submission.get_absolute_url()) == 200
    if how == "share":
        sharing.withdraw(factory=factory, brand=brand, by=make_user())
    else:
        brand.supply_links.update(ended_on=timezone.localdate())
    assert status(reviewer, submission.get_absolute_url()) == 404
    assert not Submission.objects.visible_to(reviewer.user).exists()


def test_only_the_program_without_a_campaign_of_its_own_sees_every_campaign() -> None:
    campaign = make_campaign()
    assert list(Campaign.objects.visible_to(hold(Role.PROGRAM_STAFF).user)) == [campaign]
    assert not Campaign.objects.visible_to(hold(Role.FACTORY_MANAGER, make_factory()).user).exists()


def test_files_of_a_draft_are_the_factorys_and_the_programs() -> None:
    assessment, brand = make_assessment(), make_brand()
    shares_with(assessment.factory, brand)
    address = file_of(str(prove(assessment, "S1.01").public_id))
    assert status(hold(Role.FACTORY_CONTRIBUTOR, assessment.factory), address) == 200
    assert status(hold(Role.PROGRAM_STAFF, country="KH"), address) == 200
    assert status(hold(Role.BRAND_REVIEWER, brand), address) == 404
    assert status(hold(Role.FACTORY_MANAGER, make_factory()), address) == 404
    assert status(hold(Role.PROGRAM_STAFF, country="TH"), address) == 404
    assert status(make_user(), address) == 404


def test_reviewers_read_the_files_that_a_submission_names_and_no_others() -> None:
    assessment, brand = complete(make_assessment()), make_brand()
    shares_with(assessment.factory, brand)
    removed = prove(assessment, "E1.02", "old.pdf")
    files.remove_evidence(evidence=removed)
    submission = submitting.submit(assessment=assessment, by=someone_of(assessment))
    reviewer = hold(Role.BRAND_REVIEWER, brand)
    assert status(reviewer, file_of(submission.evidence["S1.01"][0]["id"])) == 200
    assert status(reviewer, file_of(str(removed.public_id))) == 404


def test_a_file_is_always_a_download_and_never_a_page() -> None:
    assessment = make_assessment()
    address = file_of(str(prove(assessment, "S1.01", "រូបភាព.pdf").public_id))
    answer = signed_in(hold(Role.FACTORY_MANAGER, assessment.factory)).get(address)
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")


def test_a_file_that_lies_nowhere_is_not_found() -> None:
    assessment = make_assessment()
    kept = prove(assessment, "S1.01")
    kept.file.storage.delete(kept.file.name)
    assert status(hold(Role.FACTORY_MANAGER, assessment.factory), file_of(str(kept.public_id))) == 404
