"""The line between a phone and the portal: a small proxy that can be cut, answer 500, or lose half of an answer."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

# What becomes of a request, told by its first line: "", "cut", "500" or "half".
Faults = Callable[[str], str]

ANSWER_500 = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\nConnection: close\r\n\r\nouch"


def no_fault(line: str) -> str:
    return ""


class Line:
    def __init__(self, server: str) -> None:
        self.server = (urlsplit(server).hostname or "localhost", urlsplit(server).port or 80)
        self.is_cut = False
        self.faults: Faults = no_fault
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://localhost:{self.listener.getsockname()[1]}"
        self.threads: list[threading.Thread] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=[client], daemon=True)
            thread.start()
            self.threads.append(thread)

    def _serve(self, client: socket.socket) -> None:
        """One request a connection."""
        with client, suppress(OSError, ValueError):
            client.settimeout(30)
            if self.is_cut or not (request := self._request(client)):
                return
            fault = self.faults(request.split(b"\r\n", 1)[0].decode("latin-1"))
            if fault == "500":
                client.sendall(ANSWER_500)
            if fault in ("500", "cut"):
                return
            answer = self._answer(request)
            if not self.is_cut:
                client.sendall(answer[: len(answer) * 2 // 3] if fault == "half" else answer)

    def _request(self, client: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            part = client.recv(65536)
            if not part:
                return b""
            head += part
        head, body = head.split(b"\r\n\r\n", 1)
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        size = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
        while len(body) < size:
            part = client.recv(65536)
            if not part:
                return b""
            body += part
        return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body

    def _answer(self, request: bytes) -> bytes:
        with socket.create_connection(self.server, timeout=30) as server:
            server.sendall(request)
            parts = []
            while part := server.recv(65536):
                parts.append(part)
            return b"".join(parts)

    def close(self) -> None:
        self.is_cut = True
        self.listener.close()
        for thread in self.threads:
            thread.join(timeout=10)
