"""With whom a factory shares, and what was given and withdrawn before."""

from dataclasses import dataclass

from assessments.models import Share
from suppliers.models import Brand, Factory


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
    buyers = Brand.objects.filter(supply_links__factory=factory, supply_links__ended_on=None)
    return SharingPage([BrandLine(brand, current.get(brand.pk)) for brand in buyers], shares)
