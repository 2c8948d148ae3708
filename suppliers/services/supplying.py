"""Which brand buys from which factory."""

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from suppliers.models import Brand, Factory, SupplyLink, User

# Within the transaction that ends a link: `brand`, `factory` and who ended it, `by`.
link_ended = Signal()


@transaction.atomic
def link(*, brand: Brand, factory: Factory) -> SupplyLink:
    """Linking twice is harmless."""
    made, _created = SupplyLink.objects.current().get_or_create(brand=brand, factory=factory)
    return made


@transaction.atomic
def unlink(*, brand: Brand, factory: Factory, by: User) -> None:
    """The link ends today and stays on record. What rests on it ends, too: see `link_ended`."""
    if SupplyLink.objects.current().filter(brand=brand, factory=factory).update(ended_on=timezone.localdate()):
        link_ended.send(SupplyLink, brand=brand, factory=factory, by=by)
