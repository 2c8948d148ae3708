"""Health checks from inside a container: `python -m alliance_portal.probe web|worker|beat` ends with 0 or 1."""

import os
import sys
import time
import urllib.request
from pathlib import Path

BEAT_SCHEDULE = Path("/tmp/celerybeat-schedule")  # noqa: S108 - the container's own
# Beat writes its schedule to disk every three minutes.
BEAT_SECONDS = 400


def web() -> bool:
    with urllib.request.urlopen("http://127.0.0.1:8000/health/ready", timeout=4) as response:
        return bool(response.status == 200)


def worker() -> bool:
    """This container's worker answers, not just any."""
    from alliance_portal.celery import app

    return bool(app.control.ping(destination=[f"celery@{os.uname().nodename}"], timeout=10, limit=1))


def beat() -> bool:
    return time.time() - BEAT_SCHEDULE.stat().st_mtime < BEAT_SECONDS


def main(name: str) -> int:
    try:
        healthy = {"web": web, "worker": worker, "beat": beat}[name]()
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if healthy else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
