"""For a developer's machine and the demo: nothing to set, mail is written to files."""

from alliance_portal.settings.base import *
from alliance_portal.settings.base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-the-demo")
ALLOWED_HOSTS = ["*"]
# Of every account that seed_demo makes; settings for production have no such thing, so it cannot run there.
DEMO_PASSWORD = "mekong-river-2026"

if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
