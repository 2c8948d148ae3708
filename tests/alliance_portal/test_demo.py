"""`make demo` for real: the servers, the world, the worker, and nothing left when it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pypdfium2
import pytest

from alliance_portal.local.demo import BASE_DIR

START_SECONDS = 200
STOP_SECONDS = 40


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def ours(folder: Path) -> dict[str, str]:
    """Servers of its own, even where the tests were given some."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return kept | {"VAR_DIR": str(folder)}


class Demo:
    """The program that `make demo` runs once all is installed, in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.log = folder / "said"
        with self.log.open("w") as output:
            command = [sys.executable, "-m", "alliance_portal.local.demo"]
            self.popen = subprocess.Popen(
                command,
                cwd=BASE_DIR,
                env=ours(folder) | {"PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.began = time.monotonic()

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_it_runs(self) -> float:
        while "Ctrl-C stops everything" not in self.said:
            if self.popen.poll() is not None or time.monotonic() - self.began > START_SECONDS:
                pytest.fail(f"the demo did not start:\n{self.said}")
            time.sleep(0.1)
        return time.monotonic() - self.began

    def press_ctrl_c(self) -> list[psutil.Process]:
        """Returns whatever of its processes still runs."""
        children = psutil.Process(self.popen.pid).children(recursive=True)
        self.popen.send_signal(signal.SIGINT)
        self.popen.wait(STOP_SECONDS)
        return psutil.wait_procs(children, timeout=5)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def demo(folder: Path, port: int) -> Iterator[Demo]:
    running = Demo(folder, port)
    try:
        running.wait_until_it_runs()
        yield running
    finally:
        if running.popen.poll() is None:
            running.press_ctrl_c()


pytestmark = [pytest.mark.worker, pytest.mark.timeout(300)]


def test_it_answers_at_the_address_that_it_prints(demo: Demo, port: int) -> None:
    address = f"http://127.0.0.1:{port}/"
    assert address in demo.said
    with urllib.request.urlopen(address) as page:
        assert page.status == 200
    with urllib.request.urlopen(f"{address}health/ready") as health:
        assert health.status == 200


def test_it_tells_who_can_sign_in_and_with_what(demo: Demo) -> None:
    assert "mekong-river-2026" in demo.said
    for who in ("manager.kh", "manager.th", "manager.vn", "contributor.kh", "lead.nordhavn", "staff.kh", "admin"):
        assert f"{who}@example.org" in demo.said


def test_the_worker_has_rendered_the_scorecard_in_four_languages(demo: Demo, folder: Path) -> None:
    files = [Path(line.strip()) for line in demo.said.splitlines() if line.endswith(".pdf")]
    assert [file.name[:2] for file in files] == ["en", "km", "th", "vi"]
    assert all(len(pypdfium2.PdfDocument(file)) >= 3 for file in files)
    assert "Task reports.tasks.render_scorecard" in (folder / "demo" / "logs" / "worker.log").read_text()


def reset(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "alliance_portal.local.demo", "--reset"]
    return subprocess.run(
        command, cwd=BASE_DIR, env=ours(folder), capture_output=True, text=True, timeout=60, check=False
    )


def test_a_taken_port_is_said_with_a_way_out(demo: Demo, port: int, tmp_path: Path) -> None:
    other = Demo(tmp_path, port)
    assert other.popen.wait(60) == 1
    assert f"Port {port} is taken" in other.said
    assert "PORT=" in other.said


def test_a_running_demo_is_neither_started_twice_nor_reset(demo: Demo, folder: Path) -> None:
    again = subprocess.run(
        demo.popen.args, cwd=BASE_DIR, env=ours(folder) | {"PORT": str(free_port())}, capture_output=True, text=True
    )
    assert again.returncode == 1
    assert "A demo already runs" in again.stderr
    refused = reset(folder)
    assert refused.returncode == 1
    assert "The demo is running" in refused.stderr


def test_ctrl_c_stops_everything_and_a_second_start_is_quick_and_keeps_the_world(
    demo: Demo, folder: Path, port: int
) -> None:
    assert demo.press_ctrl_c() == []
    assert demo.popen.returncode == 0
    assert demo.said.rstrip().endswith("make demo-reset begins anew.")
    (folder / "said").rename(folder / "said-first")
    second = Demo(folder, port)
    try:
        took = second.wait_until_it_runs()
        assert "The demo world is here already: 24 factories" in second.said
        first = (folder / "said-first").read_text()
        assert re.findall(r"\S+\.pdf", second.said) == re.findall(r"\S+\.pdf", first)
        assert took < 90
    finally:
        assert second.press_ctrl_c() == []


def test_a_reset_forgets_the_demo_and_nothing_else(demo: Demo, folder: Path) -> None:
    (folder / "mine").touch()
    done = reset(folder)
    assert done.returncode == 0
    assert "gone" in done.stdout
    assert not (folder / "media").exists()
    assert (folder / "mine").exists()
