"""Who takes part in the demo world: factories, brands, and somebody for every role."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from suppliers.demo import names
from suppliers.demo.factories import invent_factories
from suppliers.labels import LANGUAGE_OF_COUNTRY, Country, Language
from suppliers.models import Brand, Factory, Membership, SupplyLink, User
from suppliers.roles import Role

DOMAIN = "example.org"
# The account that tells a demo world from any other.
ADMIN_EMAIL = f"admin@{DOMAIN}"
# Which share of the factories each brand buys from. All three names are invented.
BRANDS = (
    ("nordhavn", "Nordhavn Friluft", 0.8, "Ingrid Solberg", "Mikkel Aagaard"),
    ("hoshikawa", "Hoshikawa Living", 0.5, "Haruka Mori", "Kenji Takeda"),
    ("calder-rowe", "Calder & Rowe", 0.4, "Denise Whitaker", "Marcus Reed"),
)


@dataclass
class BrandTeam:
    brand: Brand
    lead: User
    reviewer: User
    regional: dict[str, User]
    """By country: somebody there who writes to factories in their language."""


@dataclass
class Cast:
    factories: list[Factory]
    managers: dict[int, User] = field(default_factory=dict)
    contributors: dict[int, User] = field(default_factory=dict)
    teams: list[BrandTeam] = field(default_factory=list)
    staff: dict[str, User] = field(default_factory=dict)
    buyers: dict[int, list[BrandTeam]] = field(default_factory=dict)
    """The brands that buy from a factory, by its id."""


class Casting:
    """Collects people and what they may do, and stores them in a few statements."""

    def __init__(self, password: str, chance: Random) -> None:
        # One hash for all: making each its own takes a third of a second.
        self.password, self.chance = make_password(password), chance
        self.users: list[User] = []
        self.memberships: list[Membership] = []

    def person(self, address: str, name: str, language: str = Language.ENGLISH.value) -> User:
        user = User(email=f"{address}@{DOMAIN}", name=name, language=language, password=self.password)
        self.users.append(user)
        return user

    def local(self, address: str, country: str) -> User:
        name = names.person_name(country, self.chance)
        return self.person(address, name, LANGUAGE_OF_COUNTRY[Country(country)])

    def hold(self, user: User, role: Role, **place: object) -> User:
        self.memberships.append(Membership(user=user, role=role.value, **place))
        return user

    def store(self) -> None:
        User.objects.bulk_create(self.users, batch_size=2000)
        EmailAddress.objects.bulk_create(
            (EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in self.users),
            batch_size=2000,
        )
        Membership.objects.bulk_create(self.memberships, batch_size=2000)


def bring_together(count: int, password: str, chance: Random, today: dt.date) -> Cast:
    cast = Cast(Factory.objects.bulk_create(invent_factories(count, chance), batch_size=500))
    casting = Casting(password, chance)
    for factory in cast.factories:
        _factory_people(cast, casting, factory)
    for brand in BRANDS:
        _brand_people(cast, casting, *brand)
    _program_people(cast, casting)
    _two_hats(cast, casting)
    casting.store()
    _supply(cast, chance, today)
    return cast


def _factory_people(cast: Cast, casting: Casting, factory: Factory) -> None:
    """The first factory of a country has the addresses that are easily remembered."""
    first = factory.code.endswith("-0001")
    place = factory.country.lower() if first else factory.code.lower()
    manager = casting.local(f"manager.{place}", factory.country)
    contributor = casting.local(f"contributor.{place}", factory.country)
    cast.managers[factory.pk] = casting.hold(manager, Role.FACTORY_MANAGER, factory=factory)
    cast.contributors[factory.pk] = casting.hold(contributor, Role.FACTORY_CONTRIBUTOR, factory=factory)


def _brand_people(cast: Cast, casting: Casting, code: str, name: str, _share: float, lead: str, reviewer: str) -> None:
    brand = Brand.objects.create(code=code, name=name)
    team = BrandTeam(
        brand,
        casting.hold(casting.person(f"lead.{code}", lead), Role.BRAND_LEAD, brand=brand),
        casting.hold(casting.person(f"reviewer.{code}", reviewer), Role.BRAND_REVIEWER, brand=brand),
        {},
    )
    for country in Country:
        officer = casting.local(f"reviewer.{code}.{country.lower()}", country)
        team.regional[country] = casting.hold(officer, Role.BRAND_REVIEWER, brand=brand)
    cast.teams.append(team)


def _program_people(cast: Cast, casting: Casting) -> None:
    casting.hold(casting.person("admin", "Anna Lindqvist"), Role.PROGRAM_ADMIN)
    for country in Country:
        officer = casting.local(f"staff.{country.lower()}", country)
        cast.staff[country] = casting.hold(officer, Role.PROGRAM_STAFF, country=country.value)
    casting.hold(casting.person("staff", "Peter Okafor"), Role.PROGRAM_STAFF)


def _two_hats(cast: Cast, casting: Casting) -> None:
    """Runs a factory and helps at a sister factory across the border."""
    of_country = {country: [f for f in cast.factories if f.country == country] for country in Country}
    if not (of_country[Country.VIETNAM] and of_country[Country.CAMBODIA]):
        return
    user = casting.local("two.hats", Country.VIETNAM)
    casting.hold(user, Role.FACTORY_MANAGER, factory=of_country[Country.VIETNAM][-1])
    casting.hold(user, Role.FACTORY_CONTRIBUTOR, factory=of_country[Country.CAMBODIA][-1])


def _supply(cast: Cast, chance: Random, today: dt.date) -> None:
    shares = {code: share for code, _, share, *_ in BRANDS}
    links = []
    for factory in cast.factories:
        buyers = [team for team in cast.teams if chance.random() < shares[team.brand.code]]
        cast.buyers[factory.pk] = buyers or [cast.teams[0]]
        for team in cast.buyers[factory.pk]:
            began = today - dt.timedelta(days=chance.randrange(500, 2600))
            links.append(SupplyLink(factory=factory, brand=team.brand, started_on=began))
    SupplyLink.objects.bulk_create(links, batch_size=2000)
