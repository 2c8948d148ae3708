"""What the commands of this folder have in common: a port, a Chromium that must be there, and how they end."""

import argparse
import os
import sys
from collections.abc import Callable

from alliance_portal.local import CannotRun
from alliance_portal.local.preflight import CHROMIUM_COMMANDS, command_for
from bench.figures import Row, table
from tests.support.browser import chromium


def arguments(prog: str, description: str | None, port_help: str | None = None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.add_argument("--port", type=int, default=int(os.environ.get("BENCH_PORT", "8790")), help=port_help)
    return parser


def needed_chromium() -> str:
    """Raises CannotRun, with the command that installs it."""
    path = chromium()
    if path is None:
        raise CannotRun(f"No Chromium on the PATH. Run: {command_for(CHROMIUM_COMMANDS) or 'install Chromium'}")
    return path


def ended(work: Callable[[], int | None]) -> int:
    """The status to exit with."""
    try:
        return work() or 0
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 1


def judged(rows: list[Row], heading: Row) -> int:
    """Prints rows whose `ratio` is a verdict, empty where all is well; 1 where one has something to say."""
    print(table(rows, heading))
    return 1 if any(row.ratio for row in rows) else 0
