"""What is measured through the web server."""

import itertools
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import bare
from bench.figures import Row, children, in_turn, megabytes, milliseconds, peak_memory, ratio, timed
from bench.stack import Stack, World
from bench.visitor import Visitor

TIMES, WARM_UP = 300, 40
PAGE_TIMES, PAGE_WARM_UP = 60, 10
TOGETHER_SECONDS = 5.0
CROWDS = (1, 8, 32)
QUEUE, QUEUES = 200, 8


class Writer:
    """Saves another number each time, as a page does, based on the version that came back."""

    def __init__(self, port: int, target: dict[str, Any]) -> None:
        self.visitor, self.stranger = Visitor(port, target["session"]), Visitor(port)
        self.target, self.version = target, target["version"]
        # One of each row's own: a value saved twice in succession would be no change.
        self.values, self.bare_values = itertools.cycle(range(1, 90)), itertools.cycle(range(1, 90))

    def save(self) -> None:
        change = _change(self.target["code"], self.version, str(next(self.values)))
        sent = {"user": self.target["user"], "changes": [change]}
        [told] = self.visitor.post(self.target["path"], sent).json()["results"]
        if told["version"] != self.version + 1:
            raise RuntimeError(f"{self.target['path']} did not save: {told}")
        self.version = told["version"]

    def save_first(self) -> None:
        self.stranger.post(bare.FIRST_PATH, {"row": self.target["row"], "value": next(self.bare_values)})

    def save_bare(self) -> None:
        self.stranger.post(bare.VIEW_PATH, {"row": self.target["row"], "value": next(self.bare_values)})


def together(actions: list[Callable[[], None]]) -> float:
    """How often a second all of them together are done."""
    end = time.perf_counter() + TOGETHER_SECONDS

    def repeated(action: Callable[[], None]) -> int:
        count = 0
        while time.perf_counter() < end:
            action()
            count += 1
        return count

    with ThreadPoolExecutor(len(actions)) as threads:
        return sum(threads.map(repeated, actions)) / TOGETHER_SECONDS


def writers_of(port: int, world: World) -> list[Writer]:
    return [Writer(port, target) for target in world.targets["writers"]]


def saving(writers: list[Writer]) -> list[Row]:
    first = writers[0]
    actions = [first.save_first, first.save_bare, first.save]
    first_seconds, bare_seconds, seconds = in_turn(actions, times=TIMES, warm_up=WARM_UP)
    eight = writers[:8]
    bare_rate = together([writer.save_bare for writer in eight])
    reconnect(eight)
    rate = together([writer.save for writer in eight])
    how, crowd = f"{TIMES} times, in turn", f"{len(eight)} at once, {TOGETHER_SECONDS:.0f} s"
    compared = ratio(seconds, bare_seconds)
    against_first = f"{ratio(seconds, first_seconds)} the one in front of all middleware"
    return [
        Row("Bare view: one row locked and updated", milliseconds(bare_seconds), "1 ×", note=how),
        Row("The same in front of all middleware", milliseconds(first_seconds), note=how),
        Row("Save one answer (a share)", milliseconds(seconds), compared, aim="≤ 3 ×", note=against_first),
        Row("Bare view, many people", f"{bare_rate:.0f} a second", "1 ×", note=crowd),
        Row("Save one answer, many people", f"{rate:.0f} a second", f"{bare_rate / rate:.1f} ×", note=crowd),
    ]


def crowds(everybody: list[Writer]) -> list[Row]:
    """How long one of several waits who save at the same time, beside the bare view under the same press."""
    rows = []
    for count in CROWDS:
        writers = everybody[:count]
        reconnect(writers)
        bare_seconds = pressed([writer.save_bare for writer in writers])
        reconnect(writers)
        seconds = pressed([writer.save for writer in writers])
        name, note = f"{len(writers)} at once", f"bare view: {milliseconds(bare_seconds)}"
        rows.append(Row(f"Save one answer, {name}", milliseconds(seconds), ratio(seconds, bare_seconds), note=note))
    return rows


def reconnect(writers: list[Writer]) -> None:
    """A server closes connections that rest; the next request opens them anew."""
    for writer in writers:
        for visitor in (writer.visitor, writer.stranger):
            visitor.connection.close()


def pressed(actions: list[Callable[[], None]]) -> list[float]:
    end = time.perf_counter() + TOGETHER_SECONDS

    def repeated(action: Callable[[], None]) -> list[float]:
        seconds = []
        while time.perf_counter() < end:
            seconds.append(timed(action))
        return seconds

    with ThreadPoolExecutor(len(actions)) as threads:
        return [second for seconds in threads.map(repeated, actions) for second in seconds]


def queued(port: int, world: World) -> list[Row]:
    """A day's answers without a line, sent in one go."""
    seconds = []
    for target in world.targets["queues"][:QUEUES]:
        with Visitor(port, target["session"]) as visitor:
            # A first round tells at which version each answer stands by now.
            told = visitor.post(target["path"], _queue(target, dict.fromkeys(target["versions"], 0), 0.5)).json()
            sent = _queue(target, {result["code"]: result["version"] for result in told["results"]}, 1)
            start = time.perf_counter()
            results = visitor.post(target["path"], sent).json()["results"]
            seconds.append(time.perf_counter() - start)
            if {result["state"] for result in results} != {"saved"}:
                raise RuntimeError(f"{target['path']} did not save everything")
    note = f"{len(seconds)} factories, one after the other"
    return [Row(f"Sync of {QUEUE} queued answers", milliseconds(seconds), aim="≤ 1 s", note=note)]


def _queue(target: dict[str, Any], versions: dict[str, int], first: float) -> dict[str, Any]:
    """More changes than questions: the later ones of a question stand on the earlier."""
    codes = itertools.islice(itertools.cycle(versions.items()), QUEUE)
    changes = [_change(code, version, str(first + number)) for number, (code, version) in enumerate(codes)]
    return {"user": target["user"], "changes": changes}


def _change(code: str, version: int, value: str) -> dict[str, Any]:
    return {"change_id": str(uuid.uuid4()), "code": code, "based_on": version, "entry": {"value": value}}


def page_times(port: int, target: dict[str, Any]) -> tuple[list[float], int]:
    """Seconds of opening the page, and its size in bytes."""
    with Visitor(port, target["session"]) as visitor:
        (seconds,) = in_turn([lambda: visitor.get(target["path"])], times=PAGE_TIMES, warm_up=PAGE_WARM_UP)
        return seconds, len(visitor.get(target["path"]).body)


def section(port: int, world: World) -> list[Row]:
    target = world.targets["section"]
    seconds, size = page_times(port, target)
    note = f"{target['questions']} questions, {size / 1024:.0f} KB"
    return [Row("Open a section page", milliseconds(seconds), note=note)]


def supplier_tables(stack: Stack, worlds: dict[int, World], port: int) -> list[Row]:
    """Both worlds are served at the same time and asked in turn."""
    small, large = worlds
    with stack.web_server(worlds[small], port) as first, stack.web_server(worlds[large], port + 1) as second:
        pages = [_opener(port, worlds[small]), _opener(port + 1, worlds[large])]
        at_small, at_large = in_turn(pages, times=PAGE_TIMES, warm_up=PAGE_WARM_UP)
        memory = memory_row("Web worker, brand table", [first.pid, second.pid])
    return [
        Row(f"Brand table at {small:,} factories", milliseconds(at_small), "1 ×", note=_suppliers(worlds[small])),
        Row(
            f"Brand table at {large:,} factories",
            milliseconds(at_large),
            ratio(at_large, at_small),
            aim="≤ 3 ×",
            note=_suppliers(worlds[large]),
        ),
        memory,
    ]


def _opener(port: int, world: World) -> Callable[[], object]:
    target = world.targets["table"]
    visitor = Visitor(port, target["session"])
    return lambda: visitor.get(target["path"])


def _suppliers(world: World) -> str:
    return f"{world.targets['table']['suppliers']:,} suppliers"


def memory_row(what: str, servers: list[int]) -> Row:
    peaks = [peak_memory(worker) or 0 for server in servers for worker in children(server)]
    return Row(f"{what}: peak memory", megabytes(max(peaks, default=0)), note=f"the largest of {len(peaks)} processes")
