"""A brand's suppliers in one table, and the program's factories in one list. Filtered, sorted and cut in SQL."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from assessments.domain.states import AssessmentState, ReviewState
from assessments.models import Assessment, Campaign, Review, Share
from assessments.readmodels.factory_table import (
    BRAND_COLUMNS,
    NOT_BEGUN,
    NOT_INVITED,
    NOT_SHARED,
    FactoryTable,
    factory_table,
)
from suppliers.models import Brand, Factory


@dataclass(frozen=True)
class Filters:
    """As chosen by the reader; "" means all."""

    campaign: str = ""
    search: str = ""
    country: str = ""
    sector: str = ""
    state: str = ""
    band: str = ""
    critical: bool = False
    to_review: bool = False
    sort: str = "name"
    page: int = 1

    @property
    def are_set(self) -> bool:
        """Whether anything is left out, apart from order, page and campaign."""
        return replace(self, campaign="", sort="name", page=1) != Filters()


@dataclass
class Portfolio:
    table: FactoryTable
    filters: Filters
    campaign: Campaign | None
    campaigns: list[Campaign]
    total: int
    shared: int
    submitted: int
    to_review: int


def _of_assessment(campaign: Campaign | None, field: str, previous: bool = False) -> Subquery:
    year = campaign.reporting_year if campaign else 0
    found = Assessment.objects.filter(factory=OuterRef("pk"))
    if previous:
        found = found.filter(campaign__reporting_year__lt=year).order_by("-campaign__reporting_year")
    else:
        found = found.filter(campaign=campaign)
    return Subquery(found.values(field)[:1])


def campaigns_of(factories: QuerySet[Factory]) -> list[Campaign]:
    """Those in which one of these factories takes part, the newest first; what is still to open comes last."""
    taking_part = Assessment.objects.filter(campaign=OuterRef("pk"), factory__in=factories)
    return list(Campaign.objects.filter(Exists(taking_part)).begun_first())


def suppliers_of(brand: Brand, campaign: Campaign | None) -> QuerySet[Factory]:
    """Scores are null where the factory does not share, whatever is stored: sorting must not tell either."""
    factories = Factory.objects.supplied_to(brand)
    shared = Share.objects.current().filter(factory=OuterRef("pk"), brand=brand)
    review = Review.objects.filter(brand=brand, assessment__factory=OuterRef("pk"), assessment__campaign=campaign)
    return _with_scores(factories.annotate(is_shared=Exists(shared)), campaign).annotate(
        review_state=Case(
            When(
                is_shared=True,
                submission_count__gte=1,
                then=Coalesce(Subquery(review.values("state")[:1]), Value("open")),
            ),
            default=Value(""),
            output_field=CharField(),
        )
    )


def factories_in(factories: QuerySet[Factory], campaign: Campaign | None) -> QuerySet[Factory]:
    """The program's view: it sees every score in its scope."""
    everything = factories.annotate(is_shared=Value(True, output_field=BooleanField()))
    return _with_scores(everything, campaign).annotate(review_state=Value("", output_field=CharField()))


def _with_scores(factories: QuerySet[Factory], campaign: Campaign | None) -> QuerySet[Factory]:
    raw = factories.annotate(
        assessment_code=_of_assessment(campaign, "code"),
        raw_state=_of_assessment(campaign, "state"),
        started_at=_of_assessment(campaign, "started_at"),
        raw_count=_of_assessment(campaign, "submission_count"),
        raw_submitted_at=_of_assessment(campaign, "submitted_at"),
        raw_overall=_of_assessment(campaign, "overall"),
        raw_band=_of_assessment(campaign, "band"),
        raw_critical=_of_assessment(campaign, "critical_count"),
        raw_before=_of_assessment(campaign, "overall", previous=True),
    )

    def if_shared(field: str, output: Any) -> Case:
        return Case(When(is_shared=True, then=F(field)), default=None, output_field=output)

    return raw.annotate(
        submission_count=if_shared("raw_count", IntegerField()),
        submitted_at=Case(When(is_shared=True, then=F("raw_submitted_at"))),
        overall=if_shared("raw_overall", FloatField()),
        band=if_shared("raw_band", CharField()),
        critical_count=if_shared("raw_critical", IntegerField()),
        before=if_shared("raw_before", FloatField()),
        state=Case(
            When(is_shared=False, then=Value(NOT_SHARED)),
            When(raw_state=None, then=Value(NOT_INVITED)),
            When(raw_state=AssessmentState.DRAFT, started_at=None, then=Value(NOT_BEGUN)),
            default=F("raw_state"),
            output_field=CharField(),
        ),
    )


def filtered(factories: QuerySet[Factory], filters: Filters, language: str) -> QuerySet[Factory]:
    if filters.search:
        factories = factories.search(filters.search)  # type: ignore[attr-defined]
    wanted = {
        "country": filters.country,
        "sector": filters.sector,
        "state": filters.state,
        "band": filters.band,
    }
    factories = factories.filter(**{field: value for field, value in wanted.items() if value})
    if filters.critical:
        factories = factories.filter(critical_count__gt=0)
    if filters.to_review:
        factories = factories.filter(review_state=ReviewState.OPEN)
    return factories.order_by(*_order(filters.sort, language))


def _order(sort: str, language: str) -> list[Any]:
    descending = sort.startswith("-")
    columns = {"overall": "overall", "submitted": "submitted_at", "critical": "critical_count"}
    by_name = F(f"sort_{language}")
    column = columns.get(sort.removeprefix("-"))
    if column is None:
        return [by_name.desc() if descending else by_name.asc(), "pk"]
    first = F(column).desc(nulls_last=True) if descending else F(column).asc(nulls_last=True)
    return [first, by_name.asc(), "pk"]


def portfolio(brand: Brand, filters: Filters, language: str, *, country: str = "") -> Portfolio:
    """`country`: the part of the brand's suppliers that staff of one country may see; "" for all."""
    scope = {"country": country} if country else {}
    suppliers = Factory.objects.supplied_to(brand).filter(**scope)
    campaigns = campaigns_of(suppliers)
    named = (campaign for campaign in campaigns if campaign.code == filters.campaign)
    campaign = next(named, campaigns[0] if campaigns else None)
    everything = suppliers_of(brand, campaign).filter(**scope)
    counts = everything.aggregate(
        total=_count(),
        shared=_count(is_shared=True),
        submitted=_count(submission_count__gte=1),
        to_review=_count(review_state=ReviewState.OPEN),
    )
    shown = filtered(everything, filters, language)
    return Portfolio(
        table=factory_table(BRAND_COLUMNS, shown, campaign, filters.sort, filters.page),
        filters=filters,
        campaign=campaign,
        campaigns=campaigns,
        **counts,
    )


def _count(**condition: Any) -> Any:
    return Count("pk", filter=Q(**condition)) if condition else Count("pk")
