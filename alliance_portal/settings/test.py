"""For the tests: real PostgreSQL and Redis, our own unless the environment names others."""

import os
import zlib

from alliance_portal.local.test_servers import start_servers

start_servers()

from alliance_portal.settings.base import *  # noqa: E402
from alliance_portal.settings.base import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, VAR_DIR  # noqa: E402

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Several checkouts may share one server: each has a database and a corner of Redis of its own.
CHECKOUT = f"{zlib.crc32(str(VAR_DIR).encode()):08x}"
DATABASES["default"]["TEST"] = {"NAME": f"test_alliance_portal_{CHECKOUT}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES["default"]["KEY_PREFIX"] = f"test-{CHECKOUT}"
CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"test-{CHECKOUT}:"

MEDIA_ROOT = VAR_DIR / "test" / "media" / os.environ.get("PYTEST_XDIST_WORKER", "main")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Secure hashes take their time on purpose; tests sign in often and guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
# Static files come straight from the front-end build.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
