"""The production server under load, and under people who stall it: requests a second, and how long pages take.

    python bench/server.py                  two seconds of each page, then 60 seconds of stalled and slow connections
    python bench/server.py --seconds 5      a shorter attack

The attack is 8 bodies that never come, 200 heads that are never finished and 20 readers who take 200 bytes at a time,
renewed as they are turned away. Exit 1 where the 95th percentile of a page under it is over the limit.
"""

from __future__ import annotations

import argparse
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

LIMIT_MS = 1000.0
PAGES = ("/healthz", "/about", "/agreements", "/agreements/asean-rok-2019/4.3")
CONNECTIONS, LOAD_SECONDS = 8, 2.0
HOST = "Host: localhost\r\n"
STALLED = f"POST /sign-in HTTP/1.1\r\n{HOST}Cookie: csrftoken={'a' * 32}\r\nContent-Length: 1000\r\n\r\nx".encode()
HALF = f"GET / HTTP/1.1\r\n{HOST}X-Half: ".encode()
SLOW = f"GET /agreements/asean-rok-2019/claims.json HTTP/1.1\r\n{HOST}\r\n".encode()


def main() -> int:
    """Serve the bundled register, load it, attack it, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60.0)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as home, _server(Path(home) / "data") as port:
        print(f"{CONNECTIONS} connections, {LOAD_SECONDS:.0f} seconds a page")
        print(f"{'page':<34}{'per s':>8}{'p50 ms':>8}{'p95 ms':>8}")
        for page in PAGES:
            _row(page, _load(port, page), LOAD_SECONDS)
        print(f"\nwith 8 stalled bodies, 200 half heads and 20 slow readers for {options.seconds:.0f} seconds")
        worst = [_row(page, found, options.seconds) for page, found in _attacked(port, options.seconds).items()]
    print(f"over the limit of {LIMIT_MS:.0f} ms" if max(worst) > LIMIT_MS else f"every page within {LIMIT_MS:.0f} ms")
    return int(max(worst) > LIMIT_MS)


@contextmanager
def _server(folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    ours = {"FOLLOWTHROUGH_DATA_DIR": str(folder), "FOLLOWTHROUGH_SECRET_KEY": secrets.token_urlsafe(60)}
    environment = {**os.environ, **ours, "FOLLOWTHROUGH_HTTPS": "false", "DATABASE_URL": ""}
    command = [sys.executable, "-m", "followthrough"]
    pack = str(files("followthrough.packs") / "asean_rok_2019")
    subprocess.run([*command, "import", pack], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment)
    try:
        for _ in range(600):
            with suppress(OSError):
                _ask(_connect(port), "/healthz")
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def _ask(own: socket.socket, page: str) -> float:
    """Ask for a page on a connection that stays open; returns the seconds until all of it was there."""
    start, heard = time.perf_counter(), b""
    own.sendall(f"GET {page} HTTP/1.1\r\n{HOST}Accept-Encoding: gzip\r\n\r\n".encode())
    while b"\r\n\r\n" not in heard:
        heard += own.recv(65536)
    top, _, body = heard.partition(b"\r\n\r\n")
    lines = top.lower().split(b"\r\n")
    if b" 200 " not in top[:20]:
        raise SystemExit(f"{page}: {top[:80]!r}")
    size = int(next(line for line in lines if line.startswith(b"content-length")).split(b":")[1])
    while len(body) < size:
        body += own.recv(65536)
    return time.perf_counter() - start


def _load(port: int, page: str) -> list[float]:
    found: list[float] = []

    def one() -> None:
        with _connect(port) as own:
            end = time.monotonic() + LOAD_SECONDS
            while time.monotonic() < end:
                found.append(_ask(own, page))

    threads = [threading.Thread(target=one) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _row(page: str, found: list[float], seconds: float) -> float:
    """Print what a page took; returns the 95th percentile in milliseconds."""
    times = sorted(found)
    middle, late = (1000 * times[int(len(times) * share)] for share in (0.5, 0.95))
    print(f"{page:<34}{len(times) / seconds:>8.0f}{middle:>8.1f}{late:>8.1f}", flush=True)
    return late


def _attacked(port: int, seconds: float) -> dict[str, list[float]]:
    stop = threading.Event()
    attackers = [(STALLED, 8, _wait), (HALF, 200, _wait), (SLOW, 20, _sip)]
    for raw, many, how in attackers:
        for _ in range(many):
            threading.Thread(target=_again, args=(port, raw, how, stop), daemon=True).start()
    time.sleep(1)
    found: dict[str, list[float]] = {page: [] for page in PAGES}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for page in PAGES:
            with _connect(port) as own:
                found[page].append(_ask(own, page))
        time.sleep(0.1)
    stop.set()
    return found


def _again(port: int, raw: bytes, how: Callable[[socket.socket], None], stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(OSError), socket.socket() as own:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            own.connect(("127.0.0.1", port))
            own.sendall(raw)
            how(own)


def _wait(own: socket.socket) -> None:
    own.recv(100)


def _sip(own: socket.socket) -> None:
    while own.recv(200):
        time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
