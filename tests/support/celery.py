"""Real Celery processes that work on the test database, as they would in production."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from alliance_portal.celery import app
from alliance_portal.local.processes import Process

READY_SECONDS = 60

StartCelery = Callable[..., Process]


def database_url() -> str:
    """The address of the database that the tests made, which settings know only by name."""
    url = urlsplit(os.environ["DATABASE_URL"])
    return url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def wait_for_line(process: Process, words: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while words not in process.last_words(1000):
        if not process.runs() or time.monotonic() > deadline:
            pytest.fail(f"{process.name} did not say {words!r}:\n{process.last_words()}")
        time.sleep(0.05)


@pytest.fixture
def start_celery(transactional_db: None, tmp_path: Path) -> Iterator[StartCelery]:
    """`start_celery("worker", "--concurrency=1")` runs a process until the test ends; `.kill()` is kill -9."""
    app.control.purge()
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test",
        "PYTHONUNBUFFERED": "1",
    }
    with ExitStack() as stack:

        def start(role: str, *arguments: str) -> Process:
            name = f"celery-{role}-{len(stack._exit_callbacks)}"  # type: ignore[attr-defined]
            command = [sys.executable, "-m", "celery", "-A", "alliance_portal", role, "--loglevel=INFO", *arguments]
            if role == "worker":
                command += [f"--hostname={name}@test", "--without-gossip", "--without-mingle", "--without-heartbeat"]
            log = tmp_path / f"{name}.log"
            return stack.enter_context(Process(name, command, log=log, env=environment, cwd=settings.BASE_DIR))

        yield start


@pytest.fixture
def celery_worker_process(start_celery: StartCelery) -> Process:
    """One worker that takes tasks by the time the test begins."""
    worker = start_celery("worker", "--concurrency=1")
    wait_for_line(worker, " ready.")
    return worker
