import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from alliance_portal.local import preflight


def only(*found: str):
    return lambda name: f"/usr/bin/{name}" if name in found else None


@pytest.mark.parametrize(
    ("manager", "package"),
    [("apt-get", "libpango-1.0-0"), ("dnf", "pango"), ("apk", "pango"), ("pacman", "pango"), ("brew", "pango")],
)
def test_the_command_fits_the_system(manager: str, package: str) -> None:
    command = preflight.command_for(preflight.PANGO_COMMANDS, only(manager))
    assert command is not None
    assert command.startswith(manager)
    assert package in command


def test_who_is_not_root_is_given_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.os, "geteuid", lambda: 1000)
    assert str(preflight.command_for(preflight.PANGO_COMMANDS, only("apt-get", "sudo"))).startswith("sudo apt-get")
    assert preflight.command_for(preflight.PANGO_COMMANDS, only("brew", "sudo")) == "brew install pango"


def test_an_unknown_system_gets_words_instead_of_a_wrong_command() -> None:
    assert preflight.command_for(preflight.PANGO_COMMANDS, only()) is None


def test_missing_pango_is_named_with_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "LIBRARIES", {"Pango": ("pango-of-another-world-0",)})
    assert "Pango" in str(preflight.pango_problem())
    assert preflight.pango_command() in str(preflight.pango_problem())


def test_a_taken_port_is_refused_and_another_is_offered() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"Port {port} is taken" in str(preflight.port_problem(port))
        assert f"PORT={port + 1}" in str(preflight.port_problem(port))
    assert preflight.port_problem(port) is None


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    assert "is no port" in str(preflight.port_problem(port))


def test_an_old_python_is_told_so_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(preflight, "LIBRARIES", {"Pango": ("pango-of-another-world-0",)})
    found = preflight.problems(port=None)
    assert len(found) == 1
    assert "needs 99.0 or newer" in found[0]


def test_it_runs_on_the_bare_python_without_our_packages() -> None:
    script = Path(settings.BASE_DIR) / "alliance_portal" / "local" / "preflight.py"
    done = subprocess.run([sys.executable, "-I", "-S", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
