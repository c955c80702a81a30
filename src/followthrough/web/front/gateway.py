"""Between the event loop and the application: a request as WSGI reads it, and an answer held whole until it is sent."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
IN_MEMORY = 256 * 1024
"""Bytes of a body or an answer that are held in memory; more goes to a temporary file without a name."""


def held() -> IO[bytes]:
    """Return a file for a body or an answer."""
    return SpooledTemporaryFile(IN_MEMORY)


@dataclass(slots=True)
class Body:
    """The body of a request while it is taken: ``size`` bytes of it came."""

    file: IO[bytes] = field(default_factory=held)
    size: int = 0


@dataclass(slots=True)
class Answer:
    """What the application answered: ``size`` bytes in ``body``, which stands at its beginning."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: IO[bytes]
    size: int


def environ_of(scope: dict[str, Any]) -> Environ:
    """Return a request's WSGI variables, as yet without a body.

    A header with an underscore in its name is left out: it would pass for the one with a hyphen.
    """
    host, port = scope.get("server") or ("", "")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" not in name:
            _add(environ, name.replace("-", "_"), value.decode("latin-1"))
    return environ


def _add(environ: Environ, name: str, value: str) -> None:
    key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
    between = "; " if name == "COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value


def with_body(environ: Environ, body: Body) -> Environ:
    """Return a request with the body that was taken: its length is known now, however it was sent."""
    body.file.seek(0)
    whole = environ | {"wsgi.input": body.file}
    whole.pop("HTTP_TRANSFER_ENCODING", None)
    if body.size or "CONTENT_LENGTH" in environ:
        whole["CONTENT_LENGTH"] = str(body.size)
    return whole


def without_body(environ: Environ) -> Environ:
    """Return a request of which only the address counts."""
    return with_body(environ | {"REQUEST_METHOD": "GET", "CONTENT_TYPE": ""}, Body(io.BytesIO()))


def ask(application: Application, environ: Environ) -> Answer:
    """Let the application answer, and hold its answer whole: who reads it slowly then keeps no thread."""
    said: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _failure: object = None) -> None:
        said[:] = [
            int(status[:3]),
            [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        ]

    body = held()
    parts = application(environ, start_response)
    try:
        for part in parts:
            body.write(part)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = said
    size = body.tell()
    body.seek(0)
    if status >= 200 and status not in (204, 304) and all(name != b"content-length" for name, _ in headers):
        headers.append((b"content-length", str(size).encode()))
    return Answer(status, headers, body, size)
