import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import connection

from reports.domain.jobs import HEARTBEAT


class Heartbeat:
    """Calls `beat` every few seconds in a thread of its own, until the block ends or `beat` says that it is over."""

    def __init__(self, beat: Callable[[], bool], *, every: float = HEARTBEAT.total_seconds()) -> None:
        self._beat, self._every = beat, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        if self._over.wait(self._every):
            return
        try:
            while self._beat() and not self._over.wait(self._every):
                pass
        finally:
            connection.close()  # this thread's own, which the first beat has opened
