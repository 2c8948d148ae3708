"""The demo's settings, without its talk, and with a bare view in front to compare with."""

from alliance_portal.settings.dev import *  # noqa: F403
from alliance_portal.settings.dev import LOGGING, MIDDLEWARE

DEBUG = False
ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.bare.BareMiddleware", *MIDDLEWARE]
LOGGING |= {"root": {"handlers": ["console"], "level": "WARNING"}, "loggers": {}}
# Sign-in is by session cookies made beforehand; nothing here waits for a person.
ACCOUNT_RATE_LIMITS = False
