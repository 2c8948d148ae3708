"""With whom a factory shares, and what was given and withdrawn before."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from assessments.models import Share
from suppliers.models import Brand, Factory, SupplyLink


@dataclass
class BrandLine:
    brand: Brand
    share: Share | None


@dataclass
class SharingPage:
    brands: list[BrandLine]
    log: list[Share]


def sharing_page(factory: Factory) -> SharingPage:
    shares = list(factory.shares.select_related("brand", "granted_by", "withdrawn_by").order_by("-granted_at"))
    current = {share.brand_id: share for share in shares if share.withdrawn_at is None}
    lines = [BrandLine(brand, current.get(brand.pk)) for brand in brands_of(factory)]
    return SharingPage(lines, shares)


def brands_of(factory: Factory) -> QuerySet[Brand]:
    """Those that buy, and those that no longer do but are still shared with: consent ends only when it is withdrawn."""
    buying = SupplyLink.objects.current().filter(factory=factory)
    shared = Share.objects.current().filter(factory=factory)
    return Brand.objects.filter(Q(pk__in=buying.values("brand")) | Q(pk__in=shared.values("brand")))
