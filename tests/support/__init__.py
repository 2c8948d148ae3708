"""Fixtures that reach outside the test process: a Celery worker, a browser."""
