"""The factory table that brands and the program read: heads that sort, and one row a factory in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from assessments.compiled import instrument_of
from assessments.domain.instrument import Instrument
from assessments.domain.scoring import band_of
from assessments.domain.states import AssessmentState, ReviewState
from assessments.labels import AssessmentStateName, BandName, ReviewStateName
from assessments.models import Campaign
from suppliers.models import Factory

PAGE_SIZE = 50

NOT_INVITED, NOT_SHARED, NOT_BEGUN = "not_invited", "not_shared", "not_begun"
STATE_LABELS: dict[str, Any] = {
    NOT_SHARED: _("Not shared"),
    NOT_INVITED: _("Not invited"),
    NOT_BEGUN: _("Not begun"),
    **{state.value: state.label for state in AssessmentStateName},
}
STATE_TONES = {
    AssessmentState.DRAFT: "progress",
    AssessmentState.RETURNED: "progress",
    AssessmentState.SUBMITTED: "done",
    AssessmentState.CLOSED: "done",
}
# Amber is for what waits for the reader: a review that has not been done.
REVIEW_TONES = {ReviewState.OPEN: "attention", ReviewState.CLARIFICATION_REQUESTED: "progress"}


@dataclass(frozen=True)
class Column:
    """`sort` names what the column is sorted by; "" where it cannot be."""

    label: Any
    sort: str = ""
    falls_first: bool = False
    is_number: bool = False


FACTORY = Column(_("Factory"), "name")
SECTOR = Column(_("Sector"))
STATE = Column(_("State"))
SCORE = Column(_("Score"), "overall", falls_first=True)
CRITICAL = Column(_("Critical findings"), "critical", falls_first=True, is_number=True)
SUBMITTED = Column(_("Submitted"), "submitted", falls_first=True)
REVIEW = Column(_("Your review"))

BRAND_COLUMNS = (FACTORY, SECTOR, STATE, SCORE, CRITICAL, SUBMITTED, REVIEW)
PROGRAM_COLUMNS = (FACTORY, SECTOR, STATE, SCORE, CRITICAL, SUBMITTED)


@dataclass(frozen=True)
class Head:
    """`order` as aria-sort says it; `next_sort`: the order that a press asks for."""

    column: Column
    order: str
    next_sort: str


@dataclass(frozen=True)
class Row:
    """`factory` as annotated by readmodels.portfolio; `instrument` of the campaign that the table is about."""

    factory: Any
    instrument: Instrument | None

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS.get(self.factory.state, self.factory.state))

    @property
    def state_tone(self) -> str:
        return STATE_TONES.get(self.factory.state, "neutral")

    @property
    def has_submission(self) -> bool:
        return bool(self.factory.submission_count)

    @property
    def band_name(self) -> str:
        return str(BandName(self.factory.band).label) if self.factory.band else ""

    @property
    def is_capped(self) -> bool:
        """A critical finding keeps the band below what the score alone would give."""
        if self.instrument is None or not self.factory.band:
            return False
        return band_of(self.instrument, self.factory.overall) != self.factory.band

    @property
    def change(self) -> int | None:
        """Between the two figures as they are shown, so that the eye can check the sum."""
        if self.factory.overall is None or self.factory.before is None:
            return None
        return _shown(self.factory.overall) - _shown(self.factory.before)

    @property
    def drop(self) -> int:
        return -(self.change or 0)

    @property
    def review_label(self) -> str:
        state = self.factory.review_state
        return str(ReviewStateName(state).label) if state else ""

    @property
    def review_tone(self) -> str:
        return REVIEW_TONES.get(self.factory.review_state, "done")


def _shown(percent: float) -> int:
    return int(percent + 0.5)


@dataclass
class FactoryTable:
    heads: list[Head]
    page: Page[Any]
    rows: list[Row]


def factory_table(
    columns: Iterable[Column], factories: Any, campaign: Campaign | None, sort: str, page: int
) -> FactoryTable:
    found: Page[Factory] = Paginator(factories, PAGE_SIZE).get_page(page)
    instrument = instrument_of(campaign.version_id) if campaign else None
    rows = [Row(factory, instrument) for factory in found]
    return FactoryTable([_head(column, sort) for column in columns], found, rows)


def _head(column: Column, sort: str) -> Head:
    if not column.sort:
        return Head(column, "", "")
    up, down = column.sort, f"-{column.sort}"
    if sort == up:
        return Head(column, "ascending", down)
    if sort == down:
        return Head(column, "descending", up)
    return Head(column, "none", down if column.falls_first else up)
