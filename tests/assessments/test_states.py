import pytest

from assessments.domain.states import ASSESSMENT_MOVES, REVIEW_MOVES, WrongState, can, move


@pytest.mark.parametrize(
    ("state", "name", "after"),
    [
        ("draft", "submit", "submitted"),
        ("submitted", "return", "returned"),
        ("returned", "return", "returned"),
        ("returned", "submit", "submitted"),
        ("submitted", "close", "closed"),
    ],
)
def test_an_assessment_goes_its_way(state: str, name: str, after: str) -> None:
    assert can(ASSESSMENT_MOVES, state, name)
    assert move(ASSESSMENT_MOVES, state, name) == after


@pytest.mark.parametrize(
    ("state", "name"),
    [("submitted", "submit"), ("draft", "return"), ("draft", "close"), ("returned", "close"), ("closed", "submit"),
     ("closed", "return"), ("closed", "close")],
)  # fmt: skip
def test_a_move_that_the_table_lacks_is_refused_with_the_reason(state: str, name: str) -> None:
    assert not can(ASSESSMENT_MOVES, state, name)
    with pytest.raises(WrongState, match=f"cannot {name} what is {state}"):
        move(ASSESSMENT_MOVES, state, name)


def test_a_party_that_waits_for_an_answer_cannot_accept_or_ask_again() -> None:
    for name in ("accept", "request_clarification", "require_actions"):
        assert not can(REVIEW_MOVES, "clarification_requested", name)


def test_an_accepted_review_can_still_become_a_question() -> None:
    assert move(REVIEW_MOVES, "accepted", "request_clarification") == "clarification_requested"
    assert not can(REVIEW_MOVES, "accepted", "accept")


@pytest.mark.parametrize("state", ["open", "clarification_requested", "accepted", "actions_required"])
def test_a_new_submission_opens_every_review_again(state: str) -> None:
    assert move(REVIEW_MOVES, state, "reopen") == "open"
