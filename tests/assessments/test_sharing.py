import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessments.models import Share
from assessments.services import sharing
from suppliers.roles import Role
from suppliers.services import supplying
from tests.support.assessing import make_submission, shares_with
from tests.support.world import buys, hold, make_brand, make_factory, make_user, signed_in

pytestmark = pytest.mark.django_db


def test_a_share_says_who_gave_it_and_when() -> None:
    brand, factory, manager = make_brand(), make_factory(), make_user()
    buys(brand, factory)
    share = sharing.share(factory=factory, brand=brand, by=manager)
    assert (share.granted_by, share.withdrawn_at) == (manager, None)
    assert sharing.share(factory=factory, brand=brand, by=make_user()) == share


def test_only_a_buyer_is_shared_with() -> None:
    with pytest.raises(sharing.NotASupplier):
        sharing.share(factory=make_factory(), brand=make_brand(), by=make_user())


def test_a_brand_that_stopped_buying_is_not_shared_with_again() -> None:
    brand, factory = make_brand(), make_factory()
    link = buys(brand, factory)
    link.ended_on = timezone.localdate()
    link.save()
    with pytest.raises(sharing.NotASupplier):
        sharing.share(factory=factory, brand=brand, by=make_user())


def test_every_share_and_withdrawal_stays_in_the_log() -> None:
    brand, factory, manager = make_brand(), make_factory(), make_user()
    shares_with(factory, brand)
    sharing.withdraw(factory=factory, brand=brand, by=manager)
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    shares_with(factory, brand)
    shares = list(Share.objects.order_by("granted_at"))
    assert [(share.withdrawn_by, share.withdrawn_at is None) for share in shares] == [(manager, False), (None, True)]
    assert [event.pgh_label for event in shares[0].events.order_by("pgh_id")] == ["insert", "update"]


def test_there_is_one_current_share_at_a_time() -> None:
    brand, factory = make_brand(), make_factory()
    shares_with(factory, brand)
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.create(factory=factory, brand=brand, granted_by=make_user(), granted_at=timezone.now())


def test_a_withdrawal_says_who_did_it() -> None:
    share = shares_with(make_factory(), make_brand())
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(pk=share.pk).update(withdrawn_at=timezone.now())


def test_after_a_withdrawal_the_brand_sees_nothing_earlier_submissions_included() -> None:
    submission, brand = make_submission(), make_brand()
    factory = submission.assessment.factory
    shares_with(factory, brand)
    reader = signed_in(hold(Role.BRAND_REVIEWER, brand))
    pages = [
        submission.get_absolute_url(),
        reverse("assessments:result", args=[submission.assessment.code, 1]),
        reverse("assessments:evidence", args=[submission.evidence["S1.01"][0]["id"]]),
        reverse("reports:scorecards", args=[submission.assessment.code, 1]),
    ]
    for page in pages[::2]:
        assert reader.get(page).status_code == 200, page
    sharing.withdraw(factory=factory, brand=brand, by=make_user())
    for page in pages:
        assert reader.get(page).status_code == 404, page


def test_sharing_with_one_brand_tells_another_nothing() -> None:
    submission, other = make_submission(), make_brand()
    buys(other, submission.assessment.factory)
    shares_with(submission.assessment.factory, make_brand())
    assert signed_in(hold(Role.BRAND_LEAD, other)).get(submission.get_absolute_url()).status_code == 404


def test_consent_ends_with_the_supply_link_and_does_not_come_back_with_a_new_one() -> None:
    submission, brand, staff = make_submission(), make_brand(), make_user()
    factory = submission.assessment.factory
    shares_with(factory, brand)
    supplying.unlink(brand=brand, factory=factory, by=staff)
    assert Share.objects.get().withdrawn_by == staff
    supplying.link(brand=brand, factory=factory)
    reader = signed_in(hold(Role.BRAND_REVIEWER, brand))
    assert reader.get(submission.get_absolute_url()).status_code == 404
    shares_with(factory, brand)
    assert reader.get(submission.get_absolute_url()).status_code == 200


def test_ending_a_link_that_is_not_there_withdraws_nothing() -> None:
    factory, brand = make_factory(), make_brand()
    share = shares_with(factory, brand)
    supplying.unlink(brand=make_brand(), factory=factory, by=make_user())
    share.refresh_from_db()
    assert share.withdrawn_at is None
