"""A document in, its commitments out, by the published split rules: ``catalogue(document)``.

``register_file`` and ``register_bytes`` read and catalogue in one step.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from followthrough.model import Reading
from followthrough.read import read_bytes, read_file
from followthrough.register.catalogue import catalogue

__all__ = ["catalogue", "register_bytes", "register_file"]


def register_file(path: str | Path, format: str | None = None) -> Reading:
    """Read the file at ``path`` and catalogue it. Raises ``InputRefused`` as ``read_file`` does."""
    return _catalogued(read_file(path, format))


def register_bytes(data: bytes, name: str, format: str | None = None) -> Reading:
    """Read the bytes of a file called ``name`` and catalogue them. Raises ``InputRefused`` as ``read_bytes`` does."""
    return _catalogued(read_bytes(data, name, format))


def _catalogued(reading: Reading) -> Reading:
    return replace(reading, commitments=catalogue(reading.document))
