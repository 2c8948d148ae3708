"""Child processes that never outlive the program that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

PR_SET_PDEATHSIG = 1


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """On Linux the kernel itself tells the child when we are killed; elsewhere only an orderly stop is covered."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))


class Process:
    """A command in a session of its own, so that Ctrl-C in the terminal reaches us alone and we choose the order."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        cwd: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name = name
        self.log = log
        self.stop_signal = stop_signal
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env) if env is not None else None,
                cwd=cwd,
                start_new_session=True,
                **as_user(user),
                preexec_fn=_die_with_parent(stop_signal),
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    def runs(self) -> bool:
        return self.popen.poll() is None

    def stop(self, patience: float = 15) -> None:
        if self.runs():
            self.popen.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.popen.wait(patience)
        self.kill()

    def kill(self) -> None:
        """Ends the process and whatever it left behind in its session, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()

    def last_words(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def as_user(name: str | None) -> dict[str, Any]:
    """What subprocess must be told to leave our own groups behind, too."""
    if name is None:
        return {}
    import pwd  # not on every system, and needed only where we are root

    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
