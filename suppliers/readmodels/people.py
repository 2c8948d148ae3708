"""Who holds a role at a place, and who is asked to."""

from dataclasses import dataclass

from django.db.models import Q

from suppliers.models import Brand, Factory, Invitation, Membership, User
from suppliers.roles import Role, may_invite

FIRST = {Role.FACTORY_MANAGER.value, Role.BRAND_LEAD.value, Role.PROGRAM_ADMIN.value}


@dataclass
class Person:
    membership: Membership
    is_self: bool
    may_end: bool


@dataclass
class Pending:
    invitation: Invitation
    may_change: bool


@dataclass
class People:
    members: list[Person]
    pending: list[Pending]


def people_of(
    hat: Membership, reader: User, *, factory: Factory | None = None, brand: Brand | None = None, country: str = ""
) -> People:
    """Staff of one country see the program's people of that country; staff of all countries see all of them."""
    here = Q(factory=factory, brand=brand) & (Q(country=country) if country else Q())
    members = Membership.objects.active().filter(here).select_related("user")
    pending = Invitation.objects.pending().filter(here).select_related("invited_by").order_by("-created_at")
    return People(
        members=[_person(held, hat, reader) for held in sorted(members, key=_order)],
        pending=[Pending(asked, may_invite(hat.role, asked.role)) for asked in pending],
    )


def _order(held: Membership) -> tuple[bool, str]:
    return held.role not in FIRST, str(held.user).casefold()


def _person(held: Membership, hat: Membership, reader: User) -> Person:
    is_self = held.user_id == reader.pk
    return Person(held, is_self, not is_self and may_invite(hat.role, held.role))
