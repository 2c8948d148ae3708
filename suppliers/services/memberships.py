"""Inviting people, and what becomes of invitations."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from suppliers import roles
from suppliers.models import Brand, Factory, Invitation, Membership, User
from suppliers.models.invitations import digest, expiry, new_token


class InvitationNotOpen(Exception):
    """Accepted, revoked or expired meanwhile."""


class WrongPerson(Exception):
    """The link was sent to another e-mail address than the one signed in."""


@dataclass(frozen=True)
class Place:
    """Where a role is held: a factory, a brand, or the program with or without a country."""

    factory: Factory | None = None
    brand: Brand | None = None
    country: str = ""


@transaction.atomic
def invite(
    *, email: str, role: roles.Role, place: Place, by: User, hat: Membership, language: str, link_base: str
) -> Invitation:
    """Replaces an open invitation of the same person to the same place. The mail leaves after the commit.

    `link_base` is the absolute address that the token is put behind.
    """
    if not roles.may_invite(hat.role, role) or not _in_scope(hat, place):
        raise PermissionDenied
    email = email.strip().lower()
    held = {"factory": place.factory, "brand": place.brand, "country": place.country}
    Invitation.objects.pending().filter(email=email, **held).update(revoked_at=timezone.now())
    token = new_token()
    invitation = Invitation.objects.create(
        email=email, role=role, language=language, invited_by=by, token_digest=digest(token), **held
    )
    transaction.on_commit(lambda: send_invitation(invitation, link_base + token), robust=True)
    return invitation


@transaction.atomic
def make_admin(*, email: str, name: str = "", language: str = "en") -> User:
    """Whoever runs the portal's machine vouches for the address. Doing it again changes nothing."""
    email = email.strip().lower()
    person = User.objects.filter(email=email).first()
    if person is None:
        person = User.objects.create_user(email, None, name=name, language=language)
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    whole_program = person.memberships.active().filter(factory=None, brand=None, country="")
    if not whole_program.filter(role=roles.Role.PROGRAM_ADMIN).exists():
        whole_program.update(ended_at=timezone.now())
        Membership.objects.create(user=person, role=roles.Role.PROGRAM_ADMIN)
    return person


def _in_scope(hat: Membership, place: Place) -> bool:
    if hat.scope is roles.Scope.FACTORY:
        return place.factory is not None and place.factory.pk == hat.factory_id
    if hat.scope is roles.Scope.BRAND:
        return place.brand is not None and place.brand.pk == hat.brand_id
    if not hat.country or place.brand:
        # Brands buy in several countries, so they are in the scope of all staff.
        return True
    return (place.factory.country if place.factory else place.country) == hat.country


def send_invitation(invitation: Invitation, link: str) -> None:
    with translation.override(invitation.language):
        context = {"invitation": invitation, "link": link, "site_name": settings.SITE_NAME}
        subject = " ".join(render_to_string("suppliers/mail/invitation_subject.txt", context).split())
        text = render_to_string("suppliers/mail/invitation.txt", context)
    EmailMultiAlternatives(subject, text, to=[invitation.email]).send()


@transaction.atomic
def renew(*, invitation: Invitation, link_base: str) -> None:
    """A new link and a new term; the old link stops working."""
    token = new_token()
    invitation.token_digest, invitation.expires_at = digest(token), expiry()
    invitation.save(update_fields=["token_digest", "expires_at"])
    transaction.on_commit(lambda: send_invitation(invitation, link_base + token), robust=True)


def revoke(*, invitation: Invitation) -> None:
    Invitation.objects.pending().filter(pk=invitation.pk).update(revoked_at=timezone.now())


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """The role comes from the invitation alone. A role already held at that place is replaced by the new one."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise InvitationNotOpen
    if locked.email != by.email.lower():
        raise WrongPerson
    locked.accepted_at, locked.accepted_by = timezone.now(), by
    locked.save(update_fields=["accepted_at", "accepted_by"])
    held = {"factory": locked.factory, "brand": locked.brand, "country": locked.country}
    Membership.objects.active().filter(user=by, **held).update(ended_at=timezone.now())
    return Membership.objects.create(user=by, role=locked.role, **held)


def end_membership(*, membership: Membership) -> None:
    Membership.objects.active().filter(pk=membership.pk).update(ended_at=timezone.now())
