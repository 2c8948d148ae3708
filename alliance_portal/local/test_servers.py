"""The servers that the tests talk to, started before Django reads its settings and stopped when Python ends."""

import atexit
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from alliance_portal.local.servers import CARELESS, addresses, held

BASE_DIR = Path(__file__).resolve().parents[2]


def start_servers() -> None:
    """Puts their addresses into the environment, where settings and the worker processes of tests look."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve() / "test"
    if not stack.enter_context(held(folder)):
        # Another run of the tests has the folder: this one makes do with a passing one.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-test-")))
    os.environ.update(stack.enter_context(addresses(folder, CARELESS)))
