"""The cache is a convenience: when Redis is away, pages and saves go on, only slower."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(name: str, missed: Callable[..., Any]) -> Callable[..., Any]:
    original = getattr(RedisCache, name)

    @wraps(original)
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return original(self, *args, **kwargs)
        except (RedisError, OSError):
            logger.warning("Redis is away: cache.%s skipped", name)
            return missed(*args, **kwargs)

    return method


def _default(key: str, default: Any = None, *args: Any, **kwargs: Any) -> Any:
    return default


class ForgivingRedisCache(RedisCache):
    get = _forgiving("get", _default)
    set = _forgiving("set", lambda *args, **kwargs: None)
    add = _forgiving("add", lambda *args, **kwargs: True)
    delete = _forgiving("delete", lambda *args, **kwargs: False)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    get_many = _forgiving("get_many", lambda *args, **kwargs: {})
    set_many = _forgiving("set_many", lambda *args, **kwargs: [])
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None)
    incr = _forgiving("incr", lambda key, delta=1, *args, **kwargs: delta)
