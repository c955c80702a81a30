"""Read, then register: a file in, its document and the catalogue of its commitments out.

The two steps know nothing of each other: ``followthrough.read`` makes a document of a file, ``followthrough.register``
finds the commitments of a document. They are joined here and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from followthrough.model.reading import Reading
from followthrough.read import read_bytes, read_file
from followthrough.read.language import english_part, is_english
from followthrough.register import catalogue

__all__ = ["register_bytes", "register_file"]


def register_file(path: str | Path, format: str | None = None) -> Reading:
    """Read the file at ``path`` and catalogue its commitments.

    ``format`` is one of ``read.FORMATS``; without it the content decides. Raises ``InputRefused`` as ``read_file``.
    """
    return _register(read_file(path, format))


def register_bytes(data: bytes, name: str, format: str | None = None) -> Reading:
    """Read the bytes of a file called ``name`` and catalogue their commitments.

    Raises ``InputRefused`` as ``read_bytes``.
    """
    return _register(read_bytes(data, name, format))


def _register(reading: Reading) -> Reading:
    """Return ``reading`` with its commitments: none of a text that is not English, nor of a part that is not."""
    if not is_english(reading.document):
        return reading
    bilingual = any(notice.code == "languages" for notice in reading.warnings)
    return replace(reading, commitments=catalogue(english_part(reading.document) if bilingual else reading.document))
