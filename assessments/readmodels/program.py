"""How a campaign goes, for the program's staff: by state, country and sector, and factory by factory."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from assessments.domain.states import AssessmentState
from assessments.labels import AssessmentStateName
from assessments.models import Assessment, Campaign
from assessments.readmodels.factory_table import (
    NOT_BEGUN,
    PROGRAM_COLUMNS,
    STATE_LABELS,
    FactoryTable,
    factory_table,
)
from assessments.readmodels.portfolio import Filters, factories_in, filtered
from suppliers.labels import Country, Sector
from suppliers.models import Factory, User

STATES = (NOT_BEGUN, *(state.value for state in AssessmentStateName))
NOT_SUBMITTED = (NOT_BEGUN, AssessmentState.DRAFT)


@dataclass
class Share:
    """One piece of a stacked bar; `percent` of the bar's whole, `start` where it begins."""

    state: str
    label: str
    count: int
    percent: float
    start: float


@dataclass
class StackedBar:
    label: str
    total: int
    shares: list[Share]

    @property
    def submitted(self) -> int:
        """Submitted at least once, whatever came after."""
        return sum(share.count for share in self.shares if share.state not in NOT_SUBMITTED)


@dataclass
class CampaignProgress:
    campaign: Campaign
    overall: StackedBar
    by_country: list[StackedBar]
    by_sector: list[StackedBar]


@dataclass
class Overview:
    progress: CampaignProgress | None
    campaigns: list[Campaign]
    table: FactoryTable
    filters: Filters


def overview(user: User, campaign: Campaign | None, filters: Filters, language: str) -> Overview:
    factories = Factory.objects.visible_to(user)
    campaigns = list(Campaign.objects.visible_to(user).begun_first())
    chosen = campaign or (campaigns[0] if campaigns else None)
    listed = filtered(factories_in(factories, chosen), filters, language)
    return Overview(
        progress=campaign_progress(chosen, factories) if chosen else None,
        campaigns=campaigns,
        table=factory_table(PROGRAM_COLUMNS, listed, chosen, filters.sort, filters.page),
        filters=filters,
    )


def campaign_list(user: User) -> QuerySet[Campaign]:
    """Each campaign with `invited` and `submitted` of the factories that the reader may see."""
    seen = Q(assessments__factory__in=Factory.objects.visible_to(user))
    submitted = seen & Q(assessments__submission_count__gte=1)
    return (
        Campaign.objects.visible_to(user)
        .select_related("version__questionnaire")
        .annotate(
            invited=Count("assessments", filter=seen, distinct=True),
            submitted=Count("assessments", filter=submitted, distinct=True),
        )
    )


def campaign_progress(campaign: Campaign, factories: QuerySet[Factory]) -> CampaignProgress:
    """One query, however many factories."""
    not_begun = Q(state=AssessmentStateName.DRAFT, started_at=None)
    rows = (
        Assessment.objects.filter(campaign=campaign, factory__in=factories)
        .values("factory__country", "factory__sector", "state")
        .annotate(all=Count("pk"), not_begun=Count("pk", filter=not_begun))
    )
    counts: list[tuple[str, str, str, int]] = []
    for row in rows:
        country, sector = row["factory__country"], row["factory__sector"]
        counts.append((country, sector, NOT_BEGUN, row["not_begun"]))
        counts.append((country, sector, row["state"], row["all"] - row["not_begun"]))
    return CampaignProgress(
        campaign=campaign,
        overall=_bar("", counts),
        by_country=[_bar(str(c.label), [row for row in counts if row[0] == c.value]) for c in Country],
        by_sector=[_bar(str(s.label), [row for row in counts if row[1] == s.value]) for s in Sector],
    )


def _bar(label: str, counts: list[tuple[str, str, str, int]]) -> StackedBar:
    total = sum(count for *_, count in counts)
    shares, start = [], 0.0
    for state in STATES:
        count = sum(n for _, _, key, n in counts if key == state)
        percent = 100 * count / total if total else 0.0
        shares.append(Share(state, str(STATE_LABELS[state]), count, round(percent, 2), round(start, 2)))
        start += percent
    return StackedBar(label, total, shares)
