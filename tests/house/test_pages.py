"""Nobody forgets to ask who is there: every address of ours is tried without signing in."""

import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Open to all the world, on purpose.
PUBLIC = {"landing", "set_language", "suppliers:invitation", "service_worker", "manifest", "offline"}
NOT_OURS = ("account_",)
EXAMPLES = {
    "SlugConverter": "nowhere",
    "StringConverter": "nowhere",
    "IntConverter": 1,
    "UUIDConverter": uuid.UUID(int=1),
}


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}", pattern


ours = {
    name: pattern for name, pattern in addresses(get_resolver()) if name not in PUBLIC and not name.startswith(NOT_OURS)
}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ours)
def test_a_visitor_is_asked_to_sign_in(name: str, method: str, client: Client) -> None:
    converters = ours[name].pattern.converters
    address = reverse(name, kwargs={key: EXAMPLES[type(converter).__name__] for key, converter in converters.items()})
    response = getattr(client, method)(address)
    if response.status_code == 405:
        return
    assert response.status_code == 302
    assert response.url.startswith(reverse(settings.LOGIN_URL))


def test_no_two_addresses_share_a_name() -> None:
    names = [name for name, _ in addresses(get_resolver())]
    assert sorted(names) == sorted(set(names))
