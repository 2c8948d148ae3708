import pytest

from alliance_portal.celery import app
from alliance_portal.local.processes import Process


@pytest.mark.worker
def test_a_real_worker_takes_tasks_from_the_tests_corner_of_redis(celery_worker_process: Process) -> None:
    replies = app.control.ping(timeout=10, limit=1)
    assert [next(iter(reply.values())) for reply in replies] == [{"ok": "pong"}]
