"""Which brand buys from which factory."""

from django.db import transaction
from django.utils import timezone

from suppliers.models import Brand, Factory, SupplyLink


@transaction.atomic
def link(*, brand: Brand, factory: Factory) -> SupplyLink:
    """Linking twice is harmless."""
    made, _created = SupplyLink.objects.current().get_or_create(brand=brand, factory=factory)
    return made


def unlink(*, brand: Brand, factory: Factory) -> None:
    """The link ends today and stays on record."""
    SupplyLink.objects.current().filter(brand=brand, factory=factory).update(ended_on=timezone.localdate())
