"""The cache is a convenience: when Redis is away, pages and saves go on, only slower."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# A Redis that does not answer costs a timeout; nobody shall pay it again at the next key.
PAUSE_SECONDS = 5.0


def _forgiving(name: str, missed: Callable[..., Any], *, insist: bool = False) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def method(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < ForgivingRedisCache.away_until and not insist:
            return missed(*args, **kwargs)
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            ForgivingRedisCache.away_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("Redis is away, no cache for %s seconds: %s", PAUSE_SECONDS, error)
            return missed(*args, **kwargs)

    return method


def _default(key: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
    return default


class ForgivingRedisCache(RedisCache):
    # Of the whole process: Django keeps one cache object for each thread.
    away_until = 0.0

    get = _forgiving("get", _default)
    set = _forgiving("set", lambda *args, **kwargs: None)
    add = _forgiving("add", lambda *args, **kwargs: True)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    set_many = _forgiving("set_many", lambda *args, **kwargs: [])
    # Tried even in the pause: what is not deleted comes back with Redis, a session that was signed out of, say.
    delete = _forgiving("delete", lambda *args, **kwargs: False, insist=True)
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None, insist=True)
    incr = _forgiving("incr", lambda key, delta=1, *args, **kwargs: delta)
