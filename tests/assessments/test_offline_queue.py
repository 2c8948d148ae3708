"""The rules of the queue, without a browser and without a server."""

from tests.support.queue import run_queue

SAVED_1 = {"state": "saved", "version": 1, "value": "a"}
CONFLICT = {"state": "conflict", "version": 7, "mine": "a", "theirs": "x"}


def test_a_newer_answer_takes_the_place_of_one_that_was_never_sent() -> None:
    left = run_queue(["put", "q1", "a"], ["put", "q2", "b"], ["put", "q1", "c"])
    assert left["queue"] == [["q1", "c", 0, ""], ["q2", "b", 0, ""]]
    assert left["answers"] == {"q1": ["c", 0], "q2": ["b", 0]}


def test_one_that_may_have_arrived_goes_first_and_only_one_stands_behind_it() -> None:
    left = run_queue(["put", "q1", "a"], ["take"], ["put", "q1", "b"], ["put", "q1", "c"])
    assert left["queue"] == [["q1", "a", 0, ""], ["q1", "c", 0, ""]]
    assert left["next"] == [["q1", "a"]]
    assert len(set(left["ids"])) == 2


def test_what_stands_behind_is_based_on_what_the_first_got() -> None:
    left = run_queue(["put", "q1", "a"], ["take"], ["put", "q1", "b"], ["settle", "q1", "a", SAVED_1])
    assert left["queue"] == [["q1", "b", 1, ""]]
    assert left["answers"] == {"q1": ["b", 1]}


def test_what_is_saved_leaves_the_queue_and_stays_on_the_phone() -> None:
    left = run_queue(["put", "q1", "a"], ["take"], ["settle", "q1", "a", SAVED_1], ["settle", "q1", "a", SAVED_1])
    assert left["queue"] == []
    assert left["answers"] == {"q1": ["a", 1]}


def test_a_page_that_does_not_know_yet_that_it_was_saved_is_in_no_conflict_with_itself() -> None:
    saved = [["put", "q1", "a"], ["take"], ["settle", "q1", "a", SAVED_1]]
    assert run_queue(*saved, ["put", "q1", "b", 0])["queue"] == [["q1", "b", 1, ""]]


def test_another_page_that_has_not_seen_the_answer_still_has_to_choose() -> None:
    saved = [["put", "q1", "a"], ["take"], ["settle", "q1", "a", SAVED_1]]
    assert run_queue(*saved, ["put", "q1", "b", 0, "Q"])["queue"] == [["q1", "b", 0, ""]]
    taken = [["put", "q1", "a"], ["take"], ["settle", "q1", "a", CONFLICT], ["theirs", "q1", "x"]]
    assert run_queue(*taken, ["put", "q1", "b", 0])["queue"] == [["q1", "b", 0, ""]]


def test_a_conflict_holds_the_newest_of_ours_and_stops_nothing_else() -> None:
    left = run_queue(
        ["put", "q1", "a"], ["put", "q2", "b"], ["take", 1], ["put", "q1", "c"], ["settle", "q1", "a", CONFLICT]
    )
    assert sorted(left["queue"]) == [["q1", "c", 0, "conflict"], ["q2", "b", 0, ""]]
    assert "c" in left["mine"]
    assert left["next"] == [["q2", "b"]]


def test_who_writes_on_in_a_conflict_still_has_to_choose() -> None:
    left = run_queue(["put", "q1", "a"], ["take"], ["settle", "q1", "a", CONFLICT], ["put", "q1", "d"])
    assert left["queue"] == [["q1", "d", 0, "conflict"]]
    assert left["mine"] == ["d"]


def test_keeping_mine_is_a_new_change_on_top_of_theirs() -> None:
    before = run_queue(["put", "q1", "a"], ["take"], ["settle", "q1", "a", CONFLICT])
    left = run_queue(["put", "q1", "a"], ["take"], ["settle", "q1", "a", CONFLICT], ["mine", "q1"])
    assert left["queue"] == [["q1", "a", 7, ""]]
    assert left["next"] == [["q1", "a"]]
    assert left["ids"] != before["ids"]


def test_taking_theirs_leaves_nothing_to_send() -> None:
    left = run_queue(["put", "q1", "a"], ["take"], ["settle", "q1", "a", CONFLICT], ["theirs", "q1", "x"])
    assert (left["queue"], left["answers"]) == ([], {"q1": ["x", 7]})


def test_what_is_locked_is_kept_until_somebody_deletes_it_or_it_is_open_again() -> None:
    locked = [["put", "q1", "a"], ["take"], ["settle", "q1", "a", {"state": "locked", "version": 0}]]
    assert run_queue(*locked)["queue"] == [["q1", "a", 0, "locked"]]
    assert run_queue(*locked, ["rearm", "q1"])["next"] == [["q1", "a"]]
    assert run_queue(*locked, ["put", "q1", "b"])["next"] == [["q1", "b"]]
    left = run_queue(*locked, ["discard", "q1"])
    assert (left["queue"], left["answers"]) == ([], {})


def test_a_long_queue_goes_out_in_order_and_in_parts() -> None:
    puts = [["put", f"q{n}", "a"] for n in range(450)]
    left = run_queue(*puts)
    assert left["next"] == [[f"q{n}", "a"] for n in range(200)]
    large = run_queue(*[["put", f"q{n}", "x" * 50_000] for n in range(20)])
    assert 5 < len(large["next"]) < 13
