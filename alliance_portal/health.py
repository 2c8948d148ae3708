"""Is the portal up? Asked by the container engine and the proxy, so answered before hosts, sessions and languages."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from redis import Redis
from redis.exceptions import RedisError


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool:
    try:
        with Redis.from_url(settings.REDIS_URL, **settings.REDIS_TIMEOUTS) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False


def live(request: HttpRequest) -> HttpResponse:
    """The process answers: nothing else is asked, so that a sick database does not get web servers killed."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Without PostgreSQL no page works: 503. Without Redis pages and saves go on, so it is only reported."""
    database, redis = database_answers(), redis_answers()
    words = {True: "ok", False: "away"}
    return JsonResponse({"database": words[database], "redis": words[redis]}, status=200 if database else 503)


PROBES = {"/health/live": live, "/health/ready": ready}


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info, self.get_response)
        return probe(request)
