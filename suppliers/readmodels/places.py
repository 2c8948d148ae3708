"""Factories and brands as the program's lists show them."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from suppliers.models import Brand, Factory, Membership, SupplyLink, User
from suppliers.models.factories import FactoryQuerySet

CANDIDATES_SHOWN = 20


def _count_of(rows: QuerySet, place: str) -> Coalesce:
    """A subquery and no join: joins to two lists would multiply each other's rows."""
    counted = rows.filter(**{place: OuterRef("pk")}).order_by().values(place).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_counts(factories: FactoryQuerySet) -> FactoryQuerySet:
    return factories.annotate(
        brand_count=_count_of(SupplyLink.objects.current(), "factory"),
        people_count=_count_of(Membership.objects.active(), "factory"),
    )


def brands_with_counts(reader: User) -> QuerySet[Brand]:
    return Brand.objects.visible_to(reader).annotate(
        supplier_count=_count_of(SupplyLink.objects.current(), "brand"),
        people_count=_count_of(Membership.objects.active(), "brand"),
    )


def suppliers_of(brand: Brand, reader: User) -> FactoryQuerySet:
    linked = SupplyLink.objects.current().filter(brand=brand).values("factory")
    return Factory.objects.visible_to(reader).filter(pk__in=linked).in_reading_order()


def candidates(brand: Brand, reader: User, query: str) -> list[Factory]:
    """Factories that match and are not suppliers yet; the first few only."""
    linked = SupplyLink.objects.current().filter(brand=brand).values("factory")
    found = Factory.objects.visible_to(reader).search(query).exclude(pk__in=linked)
    return list(found.in_reading_order()[:CANDIDATES_SHOWN])
