"""The whole demo world, made in one transaction: all of it is there, or nothing."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from assessments.compiled import instrument_of
from assessments.demo.chronicle import Chronicle
from assessments.demo.judging import Party
from assessments.demo.ledger import Ledger
from assessments.demo.stories import Calendar, Story, story_of
from assessments.demo.years import CLOSES, LAST_CLOSED, LAST_OPENED, OPENED, last_year, this_year
from assessments.domain.instrument import Instrument
from assessments.models import Assessment, Campaign, QuestionnaireVersion, Share
from suppliers.demo.cast import ADMIN_EMAIL, BrandTeam, Cast, bring_together
from suppliers.models import Brand, Factory, User

FACTORIES, SEED = 24, 2026
# So many factories are kept in memory before they are written.
BATCH = 200
NAMES = {
    "en": "Alliance ESG assessment {year}",
    "km": "ការវាយតម្លៃ ESG របស់សម្ព័ន្ធភាព {year}",
    "th": "การประเมิน ESG ของพันธมิตร {buddhist_year}",
    "vi": "Đánh giá ESG của Liên minh {year}",
}


class NoQuestionnaire(Exception):
    """Nothing is published that factories could have answered."""


class SomebodyElses(Exception):
    """The database holds people, factories or campaigns that are none of ours."""


def exists() -> bool:
    return User.objects.filter(email=ADMIN_EMAIL).exists() and Campaign.objects.exists()


@transaction.atomic
def make(*, factories: int = FACTORIES, seed: int = SEED, password: str, today: dt.date | None = None) -> None:
    """The same seed gives the same world, dated back from `today`. Raises NoQuestionnaire or SomebodyElses."""
    if any(model.objects.exists() for model in (User, Factory, Brand, Campaign)):
        raise SomebodyElses
    version = QuestionnaireVersion.objects.published().order_by("published_at").last()
    if version is None:
        raise NoQuestionnaire
    _check_references_at_once()
    calendar = Calendar(today or timezone.localdate())
    cast = bring_together(factories, password, Random(f"{seed}:cast"), calendar.today)  # noqa: S311
    instrument = instrument_of(version.pk)
    world = _World(cast, instrument, calendar, *_campaigns(version, calendar))
    stories = [story_of(factory, place, instrument, str(seed)) for place, factory in enumerate(cast.factories)]
    for start in range(0, len(stories), BATCH):
        ledger = Ledger()
        for story in stories[start : start + BATCH]:
            world.tell(story, ledger)
        ledger.store()
    world.date_invitations()


def _check_references_at_once() -> None:
    """Checks put off to the end of a transaction pile up, and the pile makes each further row dearer."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _campaigns(version: QuestionnaireVersion, calendar: Calendar) -> Iterator[Campaign]:
    """Last year's and this year's, each about the calendar year before it."""
    for ago, opened, closes in ((2, LAST_OPENED, LAST_CLOSED), (1, OPENED, CLOSES)):
        year = calendar.today.year - ago
        names = {
            f"name_{language}": name.format(year=year, buddhist_year=year + 543) for language, name in NAMES.items()
        }
        yield Campaign.objects.create(
            code=f"esg-{year}",
            version=version,
            reporting_year=year,
            opens_on=calendar.day(opened),
            closes_on=calendar.day(closes),
            **names,
        )


class _World:
    def __init__(self, cast: Cast, instrument: Instrument, calendar: Calendar, before: Campaign, now: Campaign) -> None:
        self.cast, self.instrument, self.calendar = cast, instrument, calendar
        self.before, self.now = before, now

    def tell(self, story: Story, ledger: Ledger) -> None:
        factory = story.factory
        people = self.cast.managers[factory.pk], self.cast.contributors[factory.pk]
        program = Party(None, self.cast.staff[factory.country])
        if story.took_part:
            last_year(Chronicle(story, self.before, self.instrument, people, ledger), self.calendar, program)
        teams = self._share(story, ledger)
        brands = [Party(team.brand, team.regional[factory.country]) for team in teams]
        this_year(Chronicle(story, self.now, self.instrument, people, ledger), self.calendar, program, brands)

    def _share(self, story: Story, ledger: Ledger) -> list[BrandTeam]:
        """With most of those who buy. The third factory of a country, and a few others, took one consent back."""
        factory, chance = story.factory, story.chance
        manager = self.cast.managers[factory.pk]
        buyers = self.cast.buyers[factory.pk]
        shared = [team for team in buyers if story.number <= 6 or chance.random() < 0.85]
        granted = self.calendar.moment(LAST_CLOSED - 5 if story.took_part else OPENED - 5, chance)
        shares = [Share(factory=factory, brand=team.brand, granted_by=manager, granted_at=granted) for team in shared]
        ledger.shares += shares
        if len(shares) > 1 and (story.number == 3 or chance.random() < 0.03):
            ledger.withdrawals.append((shares[-1], manager, self.calendar.moment(chance.randrange(3, 40), chance)))
            return shared[:-1]
        return shared

    def date_invitations(self) -> None:
        for campaign, opened in ((self.before, LAST_OPENED), (self.now, OPENED)):
            invited = self.calendar.moment(opened, Random(0))  # noqa: S311
            Assessment.objects.filter(campaign=campaign).update(created_at=invited)
