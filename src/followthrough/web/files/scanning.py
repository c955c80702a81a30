"""A hook for a virus scanner: clamd, asked over its socket by its protocol INSTREAM, where one is configured."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import IO

from django.conf import settings

PIECE = 1 << 16
SECONDS = 60
LONGEST_REPLY = 4_096


class ScannerDown(Exception):
    """The scanner is configured and gave no answer: what it was to look at is not taken."""


def is_configured() -> bool:
    """Say whether files are scanned here."""
    return bool(settings.CLAMD)


def infection(file: IO[bytes]) -> str:
    """Return the name of what the scanner found in a file, empty where it found nothing. Raises ``ScannerDown``."""
    try:
        with _connected(settings.CLAMD) as scanner:
            _send(scanner, file)
            said = _reply(scanner)
    except OSError as error:
        raise ScannerDown(str(error)) from error
    if said == "stream: OK":
        return ""
    found, _, word = said.removeprefix("stream: ").rpartition(" ")
    if word == "FOUND":
        return found
    raise ScannerDown(said or "nothing")


def _connected(address: str) -> socket.socket:
    """Connect to ``host:port``, or to the path of a socket."""
    if "/" in address:
        made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made.settimeout(SECONDS)
        made.connect(address)
        return made
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _send(scanner: socket.socket, file: IO[bytes]) -> None:
    """Send a file in pieces, each behind its length in four bytes; one of no length ends it."""
    file.seek(0)
    with suppress(BrokenPipeError, ConnectionResetError):  # it may end early, with a reply that says why
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            scanner.sendall(len(piece).to_bytes(4, "big") + piece)
        scanner.sendall(bytes(4))


def _reply(scanner: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_REPLY and (piece := scanner.recv(1_024)):
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
