import pytest
from django.db import OperationalError, connection
from django.test import Client


@pytest.mark.django_db
def test_ready_names_what_answers(client: Client) -> None:
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "redis": "ok"}


@pytest.mark.django_db
def test_without_redis_the_portal_is_still_ready(client: Client, settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "redis": "away"}


@pytest.mark.django_db
def test_without_a_database_the_portal_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/health/ready").status_code == 503


def test_live_asks_nobody_and_accepts_any_host(client: Client) -> None:
    response = client.get("/health/live", headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
