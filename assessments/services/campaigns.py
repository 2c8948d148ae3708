"""Opening campaigns and inviting factories to them."""

from collections.abc import Iterable

from django.db import transaction

from assessments.models import Assessment, Campaign
from suppliers.models import Factory


def assessment_code(factory: Factory, campaign: Campaign) -> str:
    return f"{factory.code}-{campaign.code}"


@transaction.atomic
def invite_factories(*, campaign: Campaign, factories: Iterable[Factory]) -> int:
    """How many were newly invited; those already in the campaign stay as they are."""
    # Two people who press at once must not invite the same factory twice.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    present = set(campaign.assessments.values_list("factory_id", flat=True))
    fresh = [factory for factory in factories if factory.pk not in present]
    Assessment.objects.bulk_create(
        Assessment(code=assessment_code(factory, campaign), factory=factory, campaign=campaign) for factory in fresh
    )
    return len(fresh)
