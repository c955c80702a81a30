"""Raw responses, stored under their hash: an observation can be shown as its provider printed it on the day."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.io.atomic import write_atomic

_HASH = re.compile(r"[0-9a-f]{64}")


def keep(root: Path, sha256: str, body: bytes) -> Path:
    """Keep ``body`` under its hash, whole or not at all; what is there already is left as it is."""
    path = _path(root, sha256)
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, gzip.compress(body, 6, mtime=0), private=True)
    return path


def kept(root: Path, sha256: str) -> bytes | None:
    """Return what is kept under a hash, or nothing."""
    path = _path(root, sha256)
    return gzip.decompress(path.read_bytes()) if path.is_file() else None


def _path(root: Path, sha256: str) -> Path:
    if not _HASH.fullmatch(sha256):
        raise InputRefused(sha256[:70], "is no SHA-256", "give 64 hexadecimal digits")
    return root / sha256[:2] / f"{sha256}.gz"
