"""Exclusive use of a data folder and of a port, which ``serve`` and ``demo`` ensure before they start."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import time
from pathlib import Path

from followthrough.errors import InputRefused

LOCK = "server.lock"
PATIENCE_SECONDS = 15
"""Seconds to wait for the workers of a killed server, which end shortly after it."""


def lock(own: Path) -> int:
    """Lock the data folder for the life of this process; returns the open file, which holds the lock.

    ``own`` is the folder of the application inside it. Raises ``InputRefused`` where another server has the lock. The
    system releases the lock when the process ends in any way. On Windows there is no such lock.
    """
    file = os.open(own / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform == "win32":
        return file
    end = time.monotonic() + PATIENCE_SECONDS
    while not _locked(file):
        holder = os.pread(file, 20, 0).decode("ascii", "replace").strip()
        if _lives(holder) or time.monotonic() > end:
            os.close(file)
            what = f"is served already, by process {holder or 'unknown'}"
            raise InputRefused(str(own.parent), what, "stop that server first, or name another folder with --data-dir")
        time.sleep(0.1)
    os.ftruncate(file, 0)
    os.pwrite(file, str(os.getpid()).encode(), 0)
    return file


def _locked(file: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # another: a network file system without locks, where there is nothing to hold
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _lives(holder: str) -> bool:
    try:
        os.kill(int(holder), 0)
    except PermissionError:
        return True
    except (ValueError, OSError):
        return False
    return not _ended(holder)


def _ended(holder: str) -> bool:
    """Return whether a process is over and has its number only until its parent asks for it, where the system tells."""
    try:
        return Path(f"/proc/{holder}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:1] == ["Z"]
    except (OSError, ValueError):
        return False


def require_port(host: str, port: int) -> None:
    """Raise ``InputRefused`` if the address cannot be bound: otherwise two servers would silently share a port."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise InputRefused(host, "is no address of this machine", "name another with --host") from None
    for family, kind, protocol, _, address in found:
        with contextlib.closing(socket.socket(family, kind, protocol)) as probe:
            if sys.platform != "win32":  # where it means something else
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                raise InputRefused(*_why(host, port, error)) from None


def _why(host: str, port: int, error: OSError) -> tuple[str, str, str]:
    if error.errno == errno.EADDRINUSE:
        return f"port {port}", "is in use", "name another with --port"
    if error.errno == errno.EACCES:
        return f"port {port}", "is not open to this account", "name one above 1023 with --port"
    return host, f"cannot be listened on ({error.strerror})", "name another with --host"
