from django import template

from suppliers.models import Membership
from suppliers.roles import Right

register = template.Library()


@register.filter
def may(hat: Membership | None, right: str) -> bool:
    """`{% if request.hat|may:"share" %}`: what is offered; the page behind it decides for itself."""
    return hat is not None and hat.allows(Right(right))
