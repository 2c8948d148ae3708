"""Web servers of our own on the tests' database, which can be killed."""

import os
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from alliance_portal.local.processes import Process
from tests.support.celery import database_url

START_SECONDS = 60


class Web:
    def __init__(self, process: Process, port: int) -> None:
        self.process, self.port, self.url = process, port, f"http://localhost:{port}"

    def kill(self) -> None:
        """kill -9, its workers too."""
        self.process.kill()


StartWeb = Callable[..., Web]


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


@pytest.fixture
def start_web(transactional_db: None, tmp_path: Path) -> Iterator[StartWeb]:
    """`start_web()`: gunicorn as in production; `start_web(port)` another one in the place of a killed one."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.test",
    }
    with ExitStack() as stack:

        def start(port: int | None = None) -> Web:
            port = port or free_port()
            command = [sys.executable, "-m", "gunicorn", "alliance_portal.wsgi", f"--bind=127.0.0.1:{port}"]
            command += ["--workers=2", "--threads=4", "--reuse-port"]
            log = tmp_path / "web.log"
            process = Process("web", command, log=log, env=environment, cwd=settings.BASE_DIR)
            web = Web(stack.enter_context(process), port)
            deadline = time.monotonic() + START_SECONDS
            while not _answers(web):
                assert process.runs(), process.last_words()
                assert time.monotonic() < deadline, process.last_words()
            return web

        yield start


def _answers(web: Web) -> bool:
    try:
        with urllib.request.urlopen(f"{web.url}/health/live", timeout=5):
            return True
    except OSError:
        time.sleep(0.1)
        return False
