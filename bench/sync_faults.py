"""Many factories send their queues over bad lines at once; afterwards nothing may be missing and nothing doubled.

`python -m bench.sync_faults` runs for a minute against servers of its own.
"""

import argparse
import http.client
import json
import random
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import psycopg

from bench.figures import Row, table
from bench.stack import stack
from bench.visitor import CSRF_TOKEN

FACTORIES = 20
HISTORY = "SELECT pgh_obj_id, change_id, count(*) FROM assessments_answerevent WHERE change_id = ANY(%s) GROUP BY 1, 2"


@dataclass
class Phone:
    """A factory's queue, and a ledger of what was sent and what the server said of it."""

    port: int
    target: dict[str, Any]
    chance: random.Random
    ledger: list[str] = field(default_factory=list)
    conflicts: int = 0
    lost_replies: int = 0
    number: int = 0

    def __post_init__(self) -> None:
        self.versions = dict(self.target["versions"])

    def work(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.deliver(self.queue())

    def queue(self) -> list[dict[str, Any]]:
        codes = self.chance.sample(sorted(self.versions), k=min(len(self.versions), self.chance.randint(1, 20)))
        return [self.change(code) for code in codes]

    def change(self, code: str) -> dict[str, Any]:
        self.number += 1
        entry = {"value": str(self.number)}
        return {"change_id": str(uuid.uuid4()), "code": code, "entry": entry, "based_on": self.versions[code]}

    def deliver(self, changes: list[dict[str, Any]]) -> None:
        """Until an answer has come through; faults may hit every try."""
        while (told := self.send(changes)) is None:
            self.lost_replies += 1
        for result in told["results"]:
            if result["state"] == "saved":
                self.ledger.append(result["change_id"])
                self.versions[result["code"]] = result["version"]
            else:
                self.conflicts += 1

    def send(self, changes: list[dict[str, Any]]) -> dict[str, Any] | None:
        fault = self.chance.choice(["", "", "", "unsent", "unread", "half"])
        headers = {
            "Cookie": f"sessionid={self.target['session']}; csrftoken={CSRF_TOKEN}",
            "X-CSRFToken": CSRF_TOKEN,
            "Content-Type": "application/json",
        }
        body = json.dumps({"user": self.target["user"], "changes": changes}).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.connect()
            if fault == "unsent":
                # The line goes in the middle of the request.
                connection.sock.sendall(
                    b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999\r\n\r\n" + body[:50]
                )
                return None
            connection.request("POST", self.target["path"], body, headers)
            if fault == "unread":
                return None
            answer = connection.getresponse()
            if fault == "half":
                answer.read(40)
                return None
            return dict(json.loads(answer.read())) if answer.status == 200 else None
        except OSError:
            return None
        finally:
            connection.close()


def storm(port: int, targets: list[dict[str, Any]], *, seconds: float, seed: int) -> list[Phone]:
    phones = [Phone(port, target, random.Random(seed + place)) for place, target in enumerate(targets)]  # noqa: S311
    with ThreadPoolExecutor(len(phones)) as threads:
        list(threads.map(lambda phone: phone.work(seconds), phones))
    return phones


def reckon(database: str, phones: list[Phone]) -> tuple[int, int, int]:
    """How many were acknowledged, how many of those are missing, and how many were applied more than once."""
    sent = [change for phone in phones for change in phone.ledger]
    with psycopg.connect(database) as connection:
        applied = {str(change): count for _, change, count in connection.execute(HISTORY, [sent]).fetchall()}
    return len(sent), len(set(sent) - set(applied)), sum(count > 1 for count in applied.values())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.sync_faults", description=__doc__)
    parser.add_argument("--port", type=int, default=8795)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with stack() as ours:
        world = ours.world(4 * FACTORIES)
        targets = world.targets["queues"][:FACTORIES]
        with ours.web_server(world, options.port):
            phones = storm(options.port, targets, seconds=options.seconds, seed=options.seed)
        sent, lost, doubled = reckon(world.environment["DATABASE_URL"], phones)
    rows = [
        Row(f"Answers sent by {len(phones)} factories in {options.seconds:.0f} s", f"{sent:,}"),
        Row("Replies lost on the way", f"{sum(phone.lost_replies for phone in phones):,}"),
        Row("Answers lost", str(lost), aim="0"),
        Row("Answers applied twice", str(doubled), aim="0"),
        Row("Conflicts with themselves", str(sum(phone.conflicts for phone in phones)), aim="0"),
    ]
    print(table(rows))
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
