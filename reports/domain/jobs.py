"""The life of a job that a worker does: the row is the truth, the queue's message only a doorbell."""

import datetime as dt
from enum import StrEnum

from assessments.domain.states import Moves

# A worker that died is noticed when its lease runs out, and the sweep comes by every 10 seconds: together well
# under the minute within which somebody else must have finished.
LEASE = dt.timedelta(seconds=20)
HEARTBEAT = dt.timedelta(seconds=5)
# A bell may have been lost with the worker that had heard it.
RING_AGAIN_AFTER = dt.timedelta(seconds=30)
MAX_ATTEMPTS = 3


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ACTIVE = frozenset({JobState.QUEUED, JobState.RUNNING})

JOB_MOVES: Moves = {
    # From running too: the one who was at it may have died, which its lease tells.
    "claim": (ACTIVE, JobState.RUNNING),
    "finish": (frozenset({JobState.RUNNING}), JobState.DONE),
    "retry": (frozenset({JobState.RUNNING}), JobState.QUEUED),
    "fail": (ACTIVE, JobState.FAILED),
    "cancel": (ACTIVE, JobState.CANCELLED),
    # A finished one only when its file is gone.
    "request": (frozenset({JobState.FAILED, JobState.CANCELLED, JobState.DONE}), JobState.QUEUED),
}


class JobError(StrEnum):
    """Why a job failed; the words are in labels."""

    RENDERING = "rendering"
    WORKER_LOST = "worker_lost"
