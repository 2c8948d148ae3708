"""Somebody who is signed in, or a stranger: one connection that stays open, as a browser's does."""

import http.client
import json
from dataclasses import dataclass
from typing import Any, Self

CSRF_TOKEN = "b" * 32


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


class Refused(RuntimeError):
    """The server answered something else than what is to be measured."""


class Visitor:
    def __init__(self, port: int, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={CSRF_TOKEN}" if session else "",
            "X-CSRFToken": CSRF_TOKEN,
            "Content-Type": "application/json",
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def get(self, path: str) -> Reply:
        return self._send("GET", path, None)

    def post(self, path: str, sent: dict[str, Any]) -> Reply:
        return self._send("POST", path, json.dumps(sent))

    def _send(self, method: str, path: str, body: str | None) -> Reply:
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        reply = Reply(answer.status, answer.read())
        if reply.status != 200:
            raise Refused(f"{method} {path}: {reply.status} {reply.body[:300]!r}")
        return reply
