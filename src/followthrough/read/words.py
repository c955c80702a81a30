"""The plain text of a file, in parts, as ``followthrough.io.child_process`` asks for it in another process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followthrough.io import child_process
from followthrough.read import read_bytes

PIECE = 1 << 18


def parts_of(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """Read ``data`` and give its text in pieces. Raises ``InputRefused`` as ``read_bytes`` does."""
    text = read_bytes(data, name).document.text
    for at in range(0, len(text), PIECE):
        yield {"text": text[at : at + PIECE]}


def words_apart(data: bytes, name: str) -> str:
    """Return the text of a file, read in a process of its own within the bounds of an upload.

    Raises ``InputRefused`` as ``read_bytes`` does, and where the file meets a bound.
    """
    return "".join(part["text"] for part in child_process.run_task("words", data, name))
