"""Looks, before anything is installed, whether this machine can run the portal, and says what to do if not.

Runs by its path on the bare Python, so it uses the standard library alone, and words that an old Python understands,
so that it lives to say that it is too old.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import socket
import sys
from collections.abc import Callable

OLDEST_PYTHON = (3, 11)

# What WeasyPrint loads, by the names it may have on Linux and macOS.
LIBRARIES = {
    "Pango": ("pango-1.0-0", "libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("pangoft2-1.0-0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
}
# Without it fonts are cut down in Python, a quarter of a second more for each PDF.
FONT_SUBSETTING = ("harfbuzz-subset-0", "libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib")
LIBRARY_FOLDERS = ("", "/opt/homebrew/lib/", "/usr/local/lib/")

# The first package manager found on the PATH decides which command is offered.
PANGO_COMMANDS = {
    "apt-get": "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install -y pango",
    "apk": "apk add pango fontconfig",
    "pacman": "pacman -S --noconfirm pango",
    "zypper": "zypper install -y libpango-1_0-0 libpangoft2-1_0-0 libharfbuzz-subset0",
    "brew": "brew install pango",
}
VENV_COMMANDS = {"apt-get": "apt-get install -y python3-venv"}
CHROMIUM_COMMANDS = {
    "apt-get": "apt-get install -y chromium",
    "dnf": "dnf install -y chromium",
    "apk": "apk add chromium",
    "pacman": "pacman -S --noconfirm chromium",
    "brew": "brew install --cask chromium",
}
REDIS_COMMANDS = {
    "apt-get": "apt-get install -y redis-server",
    "dnf": "dnf install -y valkey",
    "apk": "apk add redis",
    "pacman": "pacman -S --noconfirm valkey",
    "zypper": "zypper install -y redis",
    "brew": "brew install redis",
}


def command_for(commands: dict[str, str], which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The one command for the system at hand, with sudo where it is needed."""
    manager = next((name for name in commands if which(name)), None)
    if manager is None:
        return None
    as_root = manager == "brew" or os.geteuid() == 0 or not which("sudo")
    return commands[manager] if as_root else f"sudo {commands[manager]}"


def loads(names: tuple[str, ...]) -> bool:
    found = (ctypes.util.find_library(names[0][: -len("-0")]), *names)
    candidates = [f"{folder}{name}" for folder in LIBRARY_FOLDERS for name in found if name]
    for candidate in candidates:
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return True
    return False


def python_problem() -> str | None:
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        return (
            f"This is Python {sys.version.split()[0]}; the portal needs {wanted} or newer.\n"
            f"Name another one: make PYTHON=python{wanted} …"
        )
    if importlib.util.find_spec("ensurepip") is None:
        command = command_for(VENV_COMMANDS) or "install your system's package for Python's venv module"
        return f"This Python cannot make virtual environments. Run:\n\n    {command}\n"
    return None


def pango_problem() -> str | None:
    missing = [label for label, names in LIBRARIES.items() if not loads(names)]
    if not missing:
        return None
    return f"The scorecards need {' and '.join(missing)}, which this system lacks. Run:\n\n    {pango_command()}\n"


def pango_command() -> str:
    return command_for(PANGO_COMMANDS) or "install Pango 1.44 or newer with your system's package manager"


def port_problem(port: int) -> str | None:
    if not 0 < port < 65536:
        return f"PORT={port} is no port: choose a number from 1024 to 65535."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return f"Port {port} is reserved for root. Choose another: make demo PORT=8080"
        except OSError:
            return f"Port {port} is taken by another program. Choose another: make demo PORT={port + 1}"
    return None


def problems(port: int | None) -> list[str]:
    too_old = python_problem()
    if too_old:
        return [too_old]
    found = [pango_problem(), port_problem(port) if port is not None else None]
    return [problem for problem in found if problem]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int)
    found = problems(parser.parse_args().port)
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    if not loads(FONT_SUBSETTING):
        print(f"PDFs would be made faster after:  {pango_command()}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
