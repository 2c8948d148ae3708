from alliance_portal.settings.base import *
from alliance_portal.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-the-demo")
ALLOWED_HOSTS = ["*"]
