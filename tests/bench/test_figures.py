import os
import sys
from collections.abc import Callable

from bench.figures import Row, children, in_turn, megabytes, milliseconds, peak_memory, ratio, table


def test_actions_take_turns_and_the_warm_up_is_not_counted() -> None:
    done: list[str] = []

    def noting(name: str) -> Callable[[], None]:
        return lambda: done.append(name)

    columns = in_turn([noting("a"), noting("b")], times=3, warm_up=1)
    assert done == ["a", "b"] * 4
    assert [len(column) for column in columns] == [3, 3]


def test_times_are_told_as_medians() -> None:
    seconds = [0.001, 0.002, 0.003, 0.004, 0.100]
    assert milliseconds(seconds) == "3.0 ms (p95 80.8)"
    assert ratio([0.006, 0.006], [0.002, 0.002]) == "3.0 ×"


def test_the_table_is_readable_as_text_and_as_markdown() -> None:
    rows = [Row("Save one answer", "4.1 ms", "2.9 ×", aim="≤ 3 ×"), Row("Open a page", "12.0 ms")]
    assert table(rows).splitlines() == [
        "| What            | Median  | Ratio | Aim   | How |",
        "|-----------------|---------|-------|-------|-----|",
        "| Save one answer | 4.1 ms  | 2.9 × | ≤ 3 × |     |",
        "| Open a page     | 12.0 ms |       |       |     |",
    ]


def test_memory_is_told_where_the_system_tells_it() -> None:
    ours = peak_memory(os.getpid())
    assert (ours is None) == (sys.platform != "linux")
    assert ours is None or ours > 10 * 1024**2
    assert megabytes(ours) != ""
    assert megabytes(None) == "–"
    assert isinstance(children(os.getpid()), list)
