"""Servers and databases of our own for the measurements, and the processes that use them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from alliance_portal.local import CannotRun
from alliance_portal.local.demo import BASE_DIR, WEB_THREADS, WEB_WORKERS, variables, wait_until_served
from alliance_portal.local.preflight import port_problem
from alliance_portal.local.processes import Process
from alliance_portal.local.servers import addresses, held


@dataclass(frozen=True)
class World:
    """A database with a demo world in it, and what in it is to be measured (see bench.world)."""

    environment: dict[str, str]
    targets: dict[str, Any]


@dataclass(frozen=True)
class Stack:
    folder: Path
    environment: dict[str, str]

    def world(self, factories: int) -> World:
        environment = self.environment | {"DATABASE_URL": self._new_database(f"bench_{factories}")}
        targets = run_python("bench.world", str(factories), environment=environment)
        return World(environment, targets)

    def _new_database(self, name: str) -> str:
        address = self.environment["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        return urlsplit(address)._replace(path=f"/{name}").geturl()

    @contextmanager
    def web_server(self, world: World, port: int) -> Iterator[Process]:
        """gunicorn as `make demo` runs it, and as production does but for the number of workers."""
        problem = port_problem(port)
        if problem:
            raise CannotRun(problem)
        command = [
            sys.executable, "-m", "gunicorn", "alliance_portal.wsgi", f"--bind=127.0.0.1:{port}",
            f"--workers={WEB_WORKERS}", f"--threads={WEB_THREADS}",
        ]  # fmt: skip
        log = self.folder / "logs" / "web.log"
        with Process("web", command, log=log, env=world.environment, cwd=BASE_DIR) as web:
            wait_until_served(web, port)
            yield web


@contextmanager
def stack() -> Iterator[Stack]:
    folder = variables() / "bench"
    with ExitStack() as entered:
        if not entered.enter_context(held(folder)):
            raise CannotRun(f"Measurements already run on {folder}.")
        for name in ("media", "mail"):
            shutil.rmtree(folder / name, ignore_errors=True)
        environment = os.environ | entered.enter_context(addresses(folder))
        yield Stack(folder, environment | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings"})


def run_python(module: str, *arguments: str, environment: dict[str, str]) -> dict[str, Any]:
    """Runs a module that ends by printing one line of JSON, and reads it."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise CannotRun(f"{module} failed, see above.")
    return dict(json.loads(done.stdout.splitlines()[-1]))
