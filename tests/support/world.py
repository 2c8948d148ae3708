"""Factories, brands and people for tests, each made with one line."""

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from suppliers.models import Brand, Factory, Membership, SupplyLink, User
from suppliers.roles import Role, Scope

PASSWORD = "a-quiet-river-7"
_number = count(1)


def make_factory(**fields: Any) -> Factory:
    number = next(_number)
    known = {
        "code": f"KH-{number:04d}",
        "name": f"រោងចក្រ មេគង្គ {number}",
        "name_latin": f"Mekong Works {number}",
        "country": "KH",
        "province": "KH-12",
        "sector": "garments",
    }
    return Factory.objects.create(**known | fields)


def make_brand(**fields: Any) -> Brand:
    number = next(_number)
    return Brand.objects.create(**{"code": f"brand-{number}", "name": f"Brand {number}"} | fields)


def make_user(email: str = "", **fields: Any) -> User:
    email = email or f"person-{next(_number)}@example.org"
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def hold(
    role: Role, place: Factory | Brand | None = None, *, user: User | None = None, country: str = ""
) -> Membership:
    """A membership; of a new person unless one is given."""
    held: dict[str, Any] = {"country": country}
    if role.scope is not Scope.PROGRAM:
        held[role.scope.value] = place
    return Membership.objects.create(user=user or make_user(), role=role.value, **held)


def buys(brand: Brand, factory: Factory) -> SupplyLink:
    return SupplyLink.objects.create(brand=brand, factory=factory)


def signed_in(who: User | Membership) -> Client:
    client = Client()
    client.force_login(who.user if isinstance(who, Membership) else who)
    return client
