"""The production server as tests run it: a process of its own, on a free loopback port, over a folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

PACK = Path(str(files("followthrough.packs") / "asean_rok_2019"))
SECRET = "a secret for tests only, as long as a key has to be"  # noqa: S105 - it keeps nothing
PATIENCE = 240
"""Seconds after which a test gives up waiting; no measure of anything."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    """SQLite in ``folder`` whatever database the other tests use, and plain HTTP."""
    ours = {"FOLLOWTHROUGH_DATA_DIR": str(folder), "DATABASE_URL": "", "FOLLOWTHROUGH_SECRET_KEY": SECRET}
    return {**os.environ, **ours, "FOLLOWTHROUGH_HTTPS": "false", **more}


def python(folder: Path, code: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` over the register in ``folder``; it has to end well."""
    command = [sys.executable, "-c", f"from followthrough.cli.boot import boot; boot()\n{code}", *arguments]
    return subprocess.run(command, env=environment(folder, **more), capture_output=True, text=True, check=True)


def command(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands over the register in ``folder``."""
    line = [sys.executable, "-m", "followthrough", *arguments]
    return subprocess.run(
        line, env=environment(folder, **more), capture_output=True, text=True, check=False, timeout=PATIENCE
    )


@dataclass
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def socket(self) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def say(self, raw: bytes) -> bytes:
        """Send ``raw`` and return everything that comes back until the connection is closed."""
        with self.socket() as own:
            own.sendall(raw)
            return heard(own)


def heard(own: socket.socket) -> bytes:
    """Return what is sent on a connection until it is closed."""
    found = b""
    while part := own.recv(65536):
        found += part
    return found


@contextmanager
def serving(folder: Path, port: int = 0, **more: str) -> Iterator[Server]:
    """Serve the register in ``folder``; stopped as Ctrl+C stops it."""
    port = port or free_port()
    log = folder.parent / f"{folder.name}-{port}.log"
    line = [sys.executable, "-m", "followthrough", "serve", "--port", str(port)]
    with log.open("w") as out:
        process = subprocess.Popen(line, env=environment(folder, **more), stdout=out, stderr=out, text=True)
    server = Server(process, port, log)
    try:
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _wait(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        assert server.process.poll() is None, server.log.read_text()
        assert time.monotonic() < end, server.log.read_text()
        try:
            if b" 200 " in server.say(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"):
                return
        except OSError:
            time.sleep(0.05)
