"""Redis is a convenience: nobody loses work or is locked out when it is gone."""

import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client, override_settings
from kombu.exceptions import KombuError

from alliance_portal.cache import PAUSE_SECONDS, ForgivingRedisCache
from alliance_portal.celery import app
from reports.services.bell import RENDER_TASK
from suppliers.models import User

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def redis_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ForgivingRedisCache, "away_until", 0.0)
    away = {"default": settings.CACHES["default"] | {"LOCATION": NOWHERE}}
    with override_settings(CACHES=away):
        yield


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("dara@factory.example", "a-long-password")


@pytest.mark.usefixtures("redis_away")
def test_who_signs_in_stays_signed_in(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/account/logout/").status_code == 200


@pytest.mark.usefixtures("redis_away")
def test_every_cache_operation_answers_as_if_nothing_were_kept() -> None:
    cache = caches["default"]
    cache.set("key", 1)
    assert cache.get("key", "default") == "default"
    assert cache.get_many(["key"]) == {}
    assert cache.set_many({"key": 1}) == []
    assert cache.add("key", 1) is True
    assert cache.incr("key", 3) == 3
    assert not cache.delete("key")
    assert not cache.has_key("key")
    assert not cache.touch("key")
    cache.delete_many(["key"])


@pytest.mark.usefixtures("redis_away")
def test_after_one_failure_nobody_waits_for_redis_for_a_while() -> None:
    caches["default"].get("key")
    assert 0 < ForgivingRedisCache.away_until - time.monotonic() <= PAUSE_SECONDS


def test_when_redis_returns_the_cache_works_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = caches["default"]
    monkeypatch.setattr(ForgivingRedisCache, "away_until", time.monotonic() + 60)
    cache.set("returning", 1)
    assert cache.get("returning") is None
    monkeypatch.setattr(ForgivingRedisCache, "away_until", 0.0)
    cache.set("returning", 1)
    assert cache.get("returning") == 1


def test_what_is_deleted_is_deleted_even_in_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that was signed out of must not come back with Redis."""
    cache = caches["default"]
    monkeypatch.setattr(ForgivingRedisCache, "away_until", 0.0)
    cache.set("session", 1)
    monkeypatch.setattr(ForgivingRedisCache, "away_until", time.monotonic() + 60)
    cache.delete("session")
    monkeypatch.setattr(ForgivingRedisCache, "away_until", 0.0)
    assert cache.get("session") is None


def test_ringing_for_a_worker_gives_up_at_once() -> None:
    start = time.monotonic()
    with app.connection_for_write(NOWHERE) as connection, pytest.raises(KombuError):
        app.send_task(RENDER_TASK, args=[1], connection=connection)
    assert time.monotonic() - start < 2
