"""Read, then register, then compare: a file in, its document and the catalogue of its commitments out.

The steps know nothing of each other: ``followthrough.read`` makes a document of a file, ``followthrough.register``
finds the commitments of a document, and ``followthrough.verify`` compares both with the file by a reader of its own.
They are joined here and nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from followthrough.model.commitment import Commitment
from followthrough.model.document import Notice
from followthrough.model.reading import Reading
from followthrough.read import bytes_of, read_bytes
from followthrough.read.language import english_part, is_english
from followthrough.register import catalogue, genre
from followthrough.verify import Limits, verify

__all__ = ["register_bytes", "register_file"]

WHILE_READ = Limits(seconds=1.5, letters=3_000_000)
"""What the comparison may take while a file is read; the command ``verify`` allows more."""


def register_file(path: str | Path, format: str | None = None, *, recognise: bool = False) -> Reading:
    """Read the file at ``path``, catalogue its commitments and compare both with the file.

    ``format`` is one of ``read.FORMATS``; without it the content decides. ``recognise`` is that of ``read_bytes``.
    Raises ``InputRefused`` as ``read_file``.
    """
    return register_bytes(bytes_of(path), str(path), format, recognise=recognise)


def register_bytes(
    data: bytes, name: str, format: str | None = None, limits: Limits = WHILE_READ, *, recognise: bool = False
) -> Reading:  # fmt: skip
    """Read the bytes of a file called ``name``, catalogue their commitments and compare both with the file.

    ``limits`` are those of the comparison. Raises ``InputRefused`` as ``read_bytes``.
    """
    return _compared(data, _register(read_bytes(data, name, format, recognise=recognise)), limits)


def _compared(data: bytes, reading: Reading, limits: Limits) -> Reading:
    """Return ``reading`` with what the comparison with its file ``data`` says, and a warning where words differ."""
    found = verify(data, reading, limits)
    differ = found.missing or found.invented
    notices = (Notice("not-verified", f"a second reader found otherwise: {found.summary()}"),) if differ else ()
    return replace(reading, verification=found, warnings=(*reading.warnings, *notices))


def _register(reading: Reading) -> Reading:
    """Return ``reading`` with its commitments: none of a text that is not English, nor of a part that is not.

    Those that the file marks itself are kept as it marks them.
    """
    marked = reading.commitments
    if not is_english(reading.document):
        return reading
    reading = replace(reading, document=replace(reading.document, genre=genre(reading.document)))
    bilingual = any(notice.code == "languages" for notice in reading.warnings)
    found = catalogue(english_part(reading.document) if bilingual else reading.document)
    return replace(reading, commitments=_as_marked(marked, found) if marked else found)


def _as_marked(marked: tuple[Commitment, ...], found: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    """Return the commitments that a file marks, with what the rules find of those that stand on the same words."""
    known = {one.spans: one for one in found}
    return tuple(
        replace(known[one.spans], id=one.id, verb=one.verb, kind=one.kind, strength=one.strength)
        if one.spans in known
        else one
        for one in marked
    )
