"""The doors: each page reaches an object through one of these, or through a `visible_to(user)` queryset.

A stranger gets 404, because that something exists is private; a member who lacks the right gets 403. A door that
opens also puts on the hat that opened it, so that a link from a mail works whichever hat was worn before.
"""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from suppliers.models import Brand, Factory, Invitation, Membership, SupplyLink, User
from suppliers.roles import AT_OWN_PLACE, Right, Scope, may_invite


def person(request: HttpRequest) -> User:
    """Who is signed in; for pages that ask for that first."""
    assert request.user.is_authenticated
    return request.user


def hats_of(request: HttpRequest) -> list[Membership]:
    """The active memberships of who asks, the worn one first."""
    hats: list[Membership] = getattr(request, "hats", [])
    worn = getattr(request, "hat", None)
    return sorted(hats, key=lambda hat: hat != worn)


def put_on(request: HttpRequest, hat: Membership) -> Membership:
    if getattr(request, "hat", None) != hat:
        request.hat = hat  # type: ignore[attr-defined]
        request.session["hat"] = hat.pk
    return hat


def choose_hat(request: HttpRequest, candidates: Iterable[Membership], right: Right) -> Membership:
    """The first candidate with the right; no candidate at all is a stranger, none with the right is refused."""
    return _choose(request, list(candidates), lambda hat: hat.allows(right))


def _choose(request: HttpRequest, known: list[Membership], may: Callable[[Membership], bool]) -> Membership:
    if not known:
        raise Http404
    for hat in known:
        if may(hat):
            return put_on(request, hat)
    raise PermissionDenied


def reaches(hats: list[Membership], factory: Factory) -> list[Membership]:
    """The hats under which this factory is known: its own, its buyers', the program's for its country."""
    brands = {hat.brand_id for hat in hats if hat.scope is Scope.BRAND}
    buying: set[int] = set()
    if brands:
        links = SupplyLink.objects.current().filter(factory=factory, brand__in=brands)
        buying = set(links.values_list("brand_id", flat=True))
    return [hat for hat in hats if hat.covers_factory(factory) or hat.brand_id in buying]


def at_factory(request: HttpRequest, factory: Factory, right: Right) -> Membership:
    """Buyers know the factory, but the people of a factory are not theirs to see or to manage."""

    def may(hat: Membership) -> bool:
        return hat.allows(right) and not (hat.scope is Scope.BRAND and right in AT_OWN_PLACE)

    return _choose(request, reaches(hats_of(request), factory), may)


def open_factory(request: HttpRequest, code: str, *, to: Right) -> Factory:
    factory = get_object_or_404(Factory, code=code)
    at_factory(request, factory, to)
    return factory


def open_brand(request: HttpRequest, code: str, *, to: Right) -> Brand:
    brand = get_object_or_404(Brand, code=code)
    own = [hat for hat in hats_of(request) if hat.brand_id == brand.pk or hat.scope is Scope.PROGRAM]
    choose_hat(request, own, to)
    return brand


def open_program(request: HttpRequest, *, to: Right) -> Membership:
    """Program pages are no secret: who lacks the right is refused, not told that there is nothing."""
    for hat in hats_of(request):
        if hat.scope is Scope.PROGRAM and hat.allows(to):
            return put_on(request, hat)
    raise PermissionDenied


def open_invitation(token: str) -> Invitation:
    """By the secret in the link alone: the invited person may have no account yet."""
    invitations: QuerySet[Invitation] = Invitation.objects.for_token(token).select_related("factory", "brand")
    return get_object_or_404(invitations)


def open_held(request: HttpRequest, held: Membership | Invitation, *, to: Right) -> Membership:
    """The hat under which the place of a membership or an invitation is open."""
    hats = hats_of(request)
    if held.factory:
        return at_factory(request, held.factory, to)
    if held.brand:
        own = [hat for hat in hats if hat.brand_id == held.brand_id or hat.scope is Scope.PROGRAM]
        return choose_hat(request, own, to)
    program = [hat for hat in hats if hat.scope is Scope.PROGRAM and hat.country in ("", held.country)]
    return choose_hat(request, program, to)


def open_colleague(request: HttpRequest, pk: int) -> Membership:
    """A membership that who asks may end: of a role that they could hand out, and not their own."""
    membership = get_object_or_404(Membership.objects.active().with_places().select_related("user"), pk=pk)
    hat = open_held(request, membership, to=Right.INVITE_COLLEAGUES)
    if membership.user_id == request.user.pk or not may_invite(hat.role, membership.role):
        raise PermissionDenied
    return membership


def open_pending_invitation(request: HttpRequest, pk: int) -> Invitation:
    invitation = get_object_or_404(Invitation.objects.pending().select_related("factory", "brand"), pk=pk)
    hat = open_held(request, invitation, to=Right.INVITE_COLLEAGUES)
    if not may_invite(hat.role, invitation.role):
        raise PermissionDenied
    return invitation
