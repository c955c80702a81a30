"""A provider that answers as documented and fails as documented, on the loopback address."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Reply = tuple[int, bytes, dict[str, str]]
Answering = Callable[[str, dict[str, list[str]], dict[str, str]], Reply]


def json_reply(data: Any, status: int = 200) -> Reply:
    return status, json.dumps(data).encode(), {"Content-Type": "application/json"}


class StandIn:
    """What was asked of it, in order, and how it answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.accepted: list[str] = []
        self.answer: Answering = lambda *_: (404, b"", {})
        self.failures: list[Reply | str] = []
        """Given before any answer: a reply, or ``cut`` for a connection that breaks in the middle of one."""
        self.base = ""


@contextmanager
def standin() -> Iterator[StandIn]:
    here = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            here.asked.append(self.path)
            here.accepted.append(self.headers.get("Accept", ""))
            failure = here.failures.pop(0) if here.failures else None
            if failure == "cut":
                self.send_response(200)
                self.send_header("Content-Length", "5000")
                self.end_headers()
                self.wfile.write(b'[{"page": 1')
                self.close_connection = True
                return
            found = failure or here.answer(unquote(parts.path), parse_qs(parts.query), dict(self.headers))
            assert not isinstance(found, str)
            status, body, headers = found
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.base = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
