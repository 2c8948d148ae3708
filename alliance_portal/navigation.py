"""What the header offers under the hat that is worn."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from suppliers.models import Membership
from suppliers.roles import Right, Scope


@dataclass
class Link:
    label: str
    url: str
    active: bool = False


# Label, name of the address, and the right without which the page would be refused.
PAGES = {
    Scope.FACTORY: [
        (_("Home"), "assessments:factory_home", Right.SEE_DRAFT),
        (_("Sharing"), "assessments:sharing", Right.SHARE),
        (_("People"), "suppliers:factory_people", Right.SEE_PEOPLE),
    ],
    Scope.BRAND: [
        (_("Suppliers"), "assessments:supplier_table", Right.SEE_PORTFOLIO),
        (_("People"), "suppliers:brand_people", Right.SEE_PEOPLE),
    ],
    Scope.PROGRAM: [
        (_("Overview"), "assessments:program_home", Right.SEE_PORTFOLIO),
        (_("Campaigns"), "assessments:campaigns", Right.RUN_CAMPAIGNS),
        (_("Factories"), "suppliers:factories", Right.MANAGE_FACTORIES),
        (_("Brands"), "suppliers:brands", Right.MANAGE_FACTORIES),
        (_("People"), "suppliers:program_people", Right.SEE_PEOPLE),
        (_("Questionnaires"), "assessments:questionnaires", Right.SEE_QUESTIONNAIRES),
    ],
}


def navigation(request: HttpRequest) -> dict[str, object]:
    return {"navigation": SimpleLazyObject(lambda: links(request)), "site_name": settings.SITE_NAME}


def links(request: HttpRequest) -> list[Link]:
    """Error pages ask too, before any middleware has told who is asking."""
    hat = getattr(request, "hat", None)
    if not hat:
        return []
    found = [Link(str(label), _address(name, hat)) for label, name, right in PAGES[hat.scope] if hat.allows(right)]
    mark_active([link for link in found if link.url], request.path)
    return [link for link in found if link.url]


def mark_active(candidates: list[Link], path: str) -> None:
    """The link that leads deepest towards this page."""
    leading = [link for link in candidates if path.startswith(link.url)]
    if leading:
        max(leading, key=lambda link: len(link.url)).active = True


def _address(name: str, hat: Membership) -> str:
    try:
        return reverse(name, args=[hat.place.code] if hat.place else [])
    except NoReverseMatch:
        return ""
