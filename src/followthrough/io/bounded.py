"""Reading files whose size has a limit."""

from __future__ import annotations

from pathlib import Path

from followthrough.errors import InputRefused


def read_bounded(path: Path, largest: int, wanted: str = "name a CSV file") -> bytes:
    """Return the bytes of a file. Raises ``InputRefused`` where it is too large, or where it cannot be read."""
    try:
        if path.stat().st_size > largest:
            raise InputRefused(path.name, f"is larger than {largest:,} bytes", "split it")
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(str(path), f"cannot be read ({error.strerror})", wanted) from None
