"""What happens to each factory of the demo world, as data: how good it is, and how far it has come this year."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from django.utils import timezone

from assessments.domain.instrument import Instrument
from suppliers.labels import Country
from suppliers.models import Factory


class Stage(StrEnum):
    NOT_BEGUN = "not_begun"
    HALF_DONE = "half_done"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RESUBMITTED = "resubmitted"
    ACCEPTED = "accepted"
    CLOSED = "closed"


_S = Stage
# Of the first eight factories of each country; the first is the one whose people's addresses are easily remembered.
FIRST_EIGHT = {
    Country.CAMBODIA: (
        _S.HALF_DONE, _S.RETURNED, _S.RESUBMITTED, _S.SUBMITTED, _S.ACCEPTED, _S.CLOSED, _S.NOT_BEGUN, _S.SUBMITTED,
    ),
    Country.THAILAND: (
        _S.RETURNED, _S.HALF_DONE, _S.SUBMITTED, _S.RESUBMITTED, _S.CLOSED, _S.ACCEPTED, _S.HALF_DONE, _S.NOT_BEGUN,
    ),
    Country.VIETNAM: (
        _S.RESUBMITTED, _S.SUBMITTED, _S.HALF_DONE, _S.ACCEPTED, _S.RETURNED, _S.SUBMITTED, _S.CLOSED, _S.NOT_BEGUN,
    ),
}  # fmt: skip
# Of all further ones.
CHANCES = {
    _S.NOT_BEGUN: 15, _S.HALF_DONE: 20, _S.SUBMITTED: 22, _S.RETURNED: 8, _S.RESUBMITTED: 8, _S.ACCEPTED: 15,
    _S.CLOSED: 12,
}  # fmt: skip
WORST, BEST = 0.0, 0.97
# Steps of this size spread the first few as evenly as the first thousand.
GOLDEN = 0.6180339887


@dataclass(frozen=True)
class Story:
    """`took_part`: in last year's campaign; `finished`: and submitted."""

    factory: Factory
    number: int
    stage: Stage
    quality: float
    quality_before: float
    took_part: bool
    finished: bool
    luck: dict[str, float]
    chance: Random


def story_of(factory: Factory, place: int, instrument: Instrument, seed: str) -> Story:
    """`place` among all factories. Each has a source of chance of its own: more factories change no earlier one."""
    chance = Random(f"{seed}:{factory.code}")  # noqa: S311
    number = int(factory.code.rsplit("-", 1)[1])
    first = FIRST_EIGHT[Country(factory.country)]
    stage = first[number - 1] if number <= len(first) else chance.choices(list(CHANCES), list(CHANCES.values()))[0]
    quality = WORST + (BEST - WORST) * ((0.85 + GOLDEN * place) % 1)
    return Story(
        factory=factory,
        number=number,
        stage=stage,
        quality=quality,
        quality_before=min(BEST, max(WORST, quality - chance.uniform(-0.06, 0.16))),
        took_part=number % 8 != 0,
        finished=number % 8 != 7,
        luck={code: chance.random() for code in instrument.questions},
        chance=chance,
    )


@dataclass(frozen=True)
class Calendar:
    """Everything happened so many days before today, at an hour at which offices are open."""

    today: dt.date

    def day(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def moment(self, ago: int, chance: Random) -> dt.datetime:
        hour = dt.time(8 + chance.randrange(9), chance.randrange(60), chance.randrange(60))
        return timezone.make_aware(dt.datetime.combine(self.day(ago), hour))
