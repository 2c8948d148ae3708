from hypothesis import settings

from tests.support.browser import browser, new_page, page
from tests.support.celery import celery_worker_process, start_celery
from tests.support.phone import phone, start_phone
from tests.support.uploading import media_folder
from tests.support.web import start_web

__all__ = [
    "browser",
    "celery_worker_process",
    "media_folder",
    "new_page",
    "page",
    "phone",
    "start_celery",
    "start_phone",
    "start_web",
]

# The same examples on every machine, however busy it is.
settings.register_profile("portal", deadline=None, derandomize=True, database=None)
settings.load_profile("portal")
