"""Opening campaigns and inviting factories to them."""

from collections.abc import Iterable
from itertools import chain, count

from django.db import transaction
from django.db.models import Q

from assessments.models import Assessment, Campaign
from suppliers.models import Factory


def assessment_code(factory: Factory, campaign: Campaign) -> str:
    return f"{factory.code}-{campaign.code}"


def _free_codes(factories: list[Factory], campaign: Campaign) -> list[str]:
    """A-B in campaign C and A in campaign B-C would bear the same code: the later one gets a number behind it."""
    wanted = [assessment_code(factory, campaign) for factory in factories]
    alike = Q(code__in=wanted) | Q(code__regex=rf"-{campaign.code}-\d+$")
    taken = set(Assessment.objects.filter(alike).values_list("code", flat=True))
    codes = []
    for code in wanted:
        tries = chain([code], (f"{code}-{number}" for number in count(2)))
        free = next(one for one in tries if one not in taken)
        taken.add(free)
        codes.append(free)
    return codes


@transaction.atomic
def invite_factories(*, campaign: Campaign, factories: Iterable[Factory]) -> int:
    """How many were newly invited; those already in the campaign stay as they are."""
    # Two people who press at once must not invite the same factory twice.
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    present = set(campaign.assessments.values_list("factory_id", flat=True))
    fresh = [factory for factory in factories if factory.pk not in present]
    codes = _free_codes(fresh, campaign)
    Assessment.objects.bulk_create(
        Assessment(code=code, factory=factory, campaign=campaign) for factory, code in zip(fresh, codes, strict=True)
    )
    return len(fresh)
