"""For production. Everything comes from the environment, and what is missing or unsafe stops the start."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from alliance_portal.settings.base import *
from alliance_portal.settings.base import env

SHORTEST_SECRET = 50


def secret(name: str) -> str:
    value = env.str(name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < 10 or value.startswith("change-me"):
        raise ImproperlyConfigured(f"{name} must be at least {SHORTEST_SECRET} random characters; see .env.example")
    return value


def https_origin(name: str) -> str:
    value = env.str(name).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"{name} must look like https://portal.example.org, without a path: {value!r}")
    return value


def given(name: str, *schemes: str) -> str:
    value = env.str(name)
    if not value.strip():
        raise ImproperlyConfigured(f"{name} is empty; see .env.example")
    if schemes and urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(f"{name} must begin with one of {', '.join(schemes)}; see .env.example")
    return value


DEBUG = False
SECRET_KEY = secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = https_origin("SITE_URL")
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# base.py has working defaults for these; in production they must be said.
given("DATABASE_URL", "postgresql", "postgres")
given("REDIS_URL", "redis", "rediss", "unix")
given("EMAIL_URL", "smtp", "smtps", "smtp+tls", "smtp+ssl")
given("DEFAULT_FROM_EMAIL")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
# How many proxies of ours stand before the web server: limits on sign-in go by the address that the outermost saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
