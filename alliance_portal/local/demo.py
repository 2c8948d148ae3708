"""The whole portal on one machine, from PostgreSQL to the PDF: `make demo`."""

import argparse
import os
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from alliance_portal.local import CannotRun
from alliance_portal.local.preflight import port_problem
from alliance_portal.local.processes import Process
from alliance_portal.local.servers import addresses, held

BASE_DIR = Path(__file__).resolve().parents[2]
WEB_SECONDS = 60
WEB_WORKERS, WEB_THREADS = 2, 4


class Stopped(Exception):
    """Somebody wants us to end."""


def variables() -> Path:
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def programs(port: int) -> dict[str, list[str]]:
    celery = [sys.executable, "-m", "celery", "-A", "alliance_portal"]
    return {
        "worker": [*celery, "worker", "--loglevel=INFO", "--concurrency=2", "--hostname=demo@%h"],
        "beat": [*celery, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={variables() / 'demo' / 'beat'}"],
        "web": [
            sys.executable, "-m", "gunicorn", "alliance_portal.wsgi", f"--bind=127.0.0.1:{port}",
            f"--workers={WEB_WORKERS}", f"--threads={WEB_THREADS}", "--access-logfile=-",
        ],
    }  # fmt: skip


def wait_until_served(web: Process, port: int) -> None:
    deadline = time.monotonic() + WEB_SECONDS
    while time.monotonic() < deadline and web.runs():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise CannotRun(f"The web server did not start. Its log {web.log} ends:\n{web.last_words()}")


def watch(processes: list[Process]) -> None:
    """Returns never: one of the processes ends, or somebody stops us."""
    while True:
        time.sleep(1)
        for process in processes:
            if not process.runs():
                raise CannotRun(f"{process.name} ended. Its log {process.log} ends:\n{process.last_words()}")


def run(port: int) -> None:
    folder = variables() / "demo"
    with ExitStack() as stack:
        if not stack.enter_context(held(folder)):
            raise CannotRun(f"A demo already runs on {folder}. End it first, or choose another VAR_DIR.")
        problem = port_problem(port)
        if problem:
            raise CannotRun(problem)
        print("Starting PostgreSQL and Redis …", flush=True)
        os.environ.update(stack.enter_context(addresses(folder)))
        os.environ.update(environment(port))
        from alliance_portal.local import world  # it reads the settings, which read what we have just set

        world.prepare()
        print("Starting the web server, the worker and beat …", flush=True)
        processes = [
            stack.enter_context(Process(name, command, log=folder / "logs" / f"{name}.log", cwd=BASE_DIR))
            for name, command in programs(port).items()
        ]
        wait_until_served(processes[-1], port)
        scorecards = world.scorecards_in_all_languages()
        print(world.welcome(f"http://127.0.0.1:{port}/", scorecards), flush=True)
        world.leave()
        watch(processes)


def environment(port: int) -> Mapping[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "alliance_portal.settings.dev",
        "VAR_DIR": str(variables()),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEBUG": "false",
        "PYTHONUNBUFFERED": "1",
    }


def reset() -> None:
    """Forgets what the demo wrote; the tests' folder beside it stays."""
    with held(variables() / "demo") as ours:
        if not ours:
            raise CannotRun("The demo is running. End it first (Ctrl-C), then reset it.")
        if os.environ.get("DATABASE_URL"):
            raise CannotRun("DATABASE_URL names a database of yours: empty it yourself, then run make demo.")
        for name in ("demo", "media", "mail", "static"):
            shutil.rmtree(variables() / name, ignore_errors=True)
    print("The demo's data is gone.")


def _stop(number: int, frame: FrameType | None) -> None:
    """A second Ctrl-C while we tidy up would only leave things lying about."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise Stopped


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--reset", action="store_true", help="only forget the demo's data")
    options = parser.parse_args()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _stop)
    try:
        reset() if options.reset else run(options.port)
    except Stopped:
        print("\nStopped. The data stays for the next make demo; make demo-reset begins anew.")
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
