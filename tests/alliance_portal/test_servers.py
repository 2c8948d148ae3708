import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from alliance_portal.local import CannotRun, servers
from alliance_portal.local.processes import Process
from alliance_portal.local.servers import CARELESS, Postgres, RedisServer, addresses, held


def answers(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1").fetchone() == (1,)


def test_postgres_keeps_its_data_between_two_starts(tmp_path: Path) -> None:
    with Postgres(tmp_path, CARELESS).running() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'ភាសាខ្មែរ' AS words")
        connection.commit()
    with Postgres(tmp_path, CARELESS).running() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT words FROM kept").fetchone() == ("ភាសាខ្មែរ",)


def test_postgres_starts_where_the_path_is_too_long_for_a_socket(tmp_path: Path) -> None:
    with Postgres(tmp_path / ("long" * 25), CARELESS).running() as url:
        assert answers(url)


def test_an_interrupted_first_start_does_not_spoil_the_next(tmp_path: Path) -> None:
    (tmp_path / "postgres-18.new").mkdir()
    (tmp_path / "postgres-18.new" / "half").touch()
    with Postgres(tmp_path, CARELESS).running() as url:
        assert answers(url)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_servers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from alliance_portal.local.servers import *\n"
        "with Postgres(Path(sys.argv[1]), CARELESS).running(), RedisServer(Path(sys.argv[1])).running() as url:\n"
        "    print(url, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    redis = Redis.from_url(parent.stdout.readline().strip())
    assert redis.ping()
    postmaster = int((tmp_path / "postgres-18" / "postmaster.pid").read_text().split()[0])
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until_gone(postmaster)
    with Postgres(tmp_path, CARELESS).running() as url:
        assert answers(url)


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail(f"process {pid} still runs")


def test_redis_answers_and_leaves_nothing(tmp_path: Path) -> None:
    with RedisServer(tmp_path).running() as url:
        assert Redis.from_url(url).ping()
    assert list((tmp_path / "redis").iterdir()) == []


def test_a_server_that_does_not_start_shows_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "redis_program", lambda: Path("/bin/false"))
    with pytest.raises(CannotRun, match=r"Redis did not start\. Its log .*redis\.log"), RedisServer(tmp_path).running():
        pass


def test_without_any_redis_the_command_to_install_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers.shutil, "which", lambda name: None)
    monkeypatch.setattr(servers, "_packaged", lambda *path: None)
    with pytest.raises(CannotRun, match="REDIS_URL"):
        servers.redis_program()


def test_a_redis_on_the_path_is_preferred(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers.shutil, "which", lambda name: "/opt/valkey" if name == "valkey-server" else None)
    assert servers.redis_program() == Path("/opt/valkey")


def test_addresses_that_are_given_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/3")
    with addresses(tmp_path) as given:
        assert given == {"DATABASE_URL": "postgresql://elsewhere/portal", "REDIS_URL": "redis://elsewhere/3"}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    with held(tmp_path) as first, held(tmp_path) as second:
        assert (first, second) == (True, False)
    with held(tmp_path) as later:
        assert later


def test_a_process_that_ignores_its_signal_is_killed_with_its_children(tmp_path: Path) -> None:
    script = "import signal, subprocess, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    script += "child = subprocess.Popen(['sleep', '60']); print(child.pid, flush=True); time.sleep(60)"
    process = Process("stubborn", [sys.executable, "-c", script], log=tmp_path / "log", stop_signal=signal.SIGTERM)
    while not process.last_words():
        time.sleep(0.02)
    process.stop(patience=0.2)
    assert process.popen.returncode == -signal.SIGKILL
    wait_until_gone(int(process.last_words()))
