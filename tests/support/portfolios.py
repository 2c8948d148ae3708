"""Many suppliers at once, for lists."""

from django.utils import timezone

from assessments.models import Assessment, Campaign, Share
from suppliers.models import Brand, Factory, SupplyLink, User

COUNTRIES = [("KH", "KH-12"), ("TH", "TH-10"), ("VN", "VN-HN")]
SECTORS = ["garments", "food", "electronics"]


def many_suppliers(brand: Brand, campaign: Campaign, count: int, by: User) -> list[Factory]:
    """Each shares and has submitted; written in bulk, because tests of lists want hundreds."""
    factories = []
    for number in range(count):
        country, province = COUNTRIES[number % 3]
        factory = Factory(
            code=f"{country}-M{number:04d}",
            name=f"រោងចក្រ {number}",
            name_latin=f"Works {number:04d}",
            country=country,
            province=province,
            sector=SECTORS[number % 3],
        )
        factory.fold_names()
        factories.append(factory)
    Factory.objects.bulk_create(factories)
    now = timezone.now()
    SupplyLink.objects.bulk_create(SupplyLink(brand=brand, factory=factory) for factory in factories)
    Share.objects.bulk_create(
        Share(brand=brand, factory=factory, granted_by=by, granted_at=now) for factory in factories
    )
    Assessment.objects.bulk_create(
        Assessment(
            code=f"{factory.code}-{campaign.code}", factory=factory, campaign=campaign, state="submitted",
            started_at=now, submitted_at=now, submission_count=1, overall=number % 100, band="developing",
            critical_count=number % 2,
        )
        for number, factory in enumerate(factories)
    )  # fmt: skip
    return factories
