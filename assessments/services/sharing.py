"""The factory's consent, given and withdrawn. Every share row stays; a database trigger keeps its history."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from assessments.models import Share
from suppliers.models import Brand, Factory, SupplyLink, User
from suppliers.services.supplying import link_ended


class NotASupplier(Exception):
    """The brand does not buy from this factory: there is nobody to share with."""


@transaction.atomic
def share(*, factory: Factory, brand: Brand, by: User) -> Share:
    """Sharing again changes nothing."""
    if not SupplyLink.objects.current().filter(factory=factory, brand=brand).exists():
        raise NotASupplier
    given, _ = Share.objects.current().get_or_create(
        factory=factory,
        brand=brand,
        withdrawn_at=None,
        defaults={"granted_by": by, "granted_at": timezone.now()},
    )
    return given


def withdraw(*, factory: Factory, brand: Brand, by: User) -> None:
    """From now on the brand sees nothing, earlier submissions included. Withdrawing again changes nothing."""
    Share.objects.current().filter(factory=factory, brand=brand).update(withdrawn_by=by, withdrawn_at=timezone.now())


@receiver(link_ended)
def withdraw_with_the_link(*, factory: Factory, brand: Brand, by: User, **_sent: Any) -> None:
    """Consent was given to a buyer: one who begins to buy again asks anew."""
    withdraw(factory=factory, brand=brand, by=by)
