"""The life cycles, one table each. A move that the table lacks is refused, with the reason."""

from collections.abc import Mapping
from enum import StrEnum


class AssessmentState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CLOSED = "closed"


class ReviewState(StrEnum):
    OPEN = "open"
    CLARIFICATION_REQUESTED = "clarification_requested"
    ACCEPTED = "accepted"
    ACTIONS_REQUIRED = "actions_required"


class WrongState(Exception):
    """`move` is not possible from `state`."""

    def __init__(self, state: str, move: str) -> None:
        super().__init__(f"cannot {move} what is {state}")
        self.state, self.move = state, move


Moves = Mapping[str, tuple[frozenset[StrEnum], StrEnum]]

ASSESSMENT_MOVES: Moves = {
    "submit": (frozenset({AssessmentState.DRAFT, AssessmentState.RETURNED}), AssessmentState.SUBMITTED),
    "return": (frozenset({AssessmentState.SUBMITTED, AssessmentState.RETURNED}), AssessmentState.RETURNED),
    "close": (frozenset({AssessmentState.SUBMITTED}), AssessmentState.CLOSED),
}

REVIEW_MOVES: Moves = {
    "accept": (frozenset({ReviewState.OPEN, ReviewState.ACTIONS_REQUIRED}), ReviewState.ACCEPTED),
    "request_clarification": (
        frozenset({ReviewState.OPEN, ReviewState.ACCEPTED, ReviewState.ACTIONS_REQUIRED}),
        ReviewState.CLARIFICATION_REQUESTED,
    ),
    "require_actions": (frozenset({ReviewState.OPEN, ReviewState.ACCEPTED}), ReviewState.ACTIONS_REQUIRED),
    # A new submission arrived: what was asked is answered, and the party judges anew.
    "reopen": (frozenset(ReviewState), ReviewState.OPEN),
}


def move(moves: Moves, state: str, name: str) -> str:
    allowed, target = moves[name]
    if state not in allowed:
        raise WrongState(state, name)
    return target.value


def can(moves: Moves, state: str, name: str) -> bool:
    return state in moves[name][0]
