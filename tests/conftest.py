from tests.support.browser import browser, new_page, page
from tests.support.celery import celery_worker_process, start_celery

__all__ = ["browser", "celery_worker_process", "new_page", "page", "start_celery"]
