"""A file in, a document out: title, date, place and the tree of provisions, each tied to its exact words.

``read_file`` and ``read_bytes`` return a ``Reading`` whose ``commitments`` are empty: the register
(``followthrough.register``) fills them in from the document.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.model import Reading
from followthrough.read import md, txt
from followthrough.read.decode import MAX_BYTES, decode, name_of, refuse_size
from followthrough.read.structure import structure

__all__ = ["FORMATS", "MAX_BYTES", "read_bytes", "read_file"]

FORMATS = {"txt": txt.source, "md": md.source}


def read_file(path: str | Path, format: str | None = None) -> Reading:
    """Read the file at ``path`` and return its ``Reading``.

    ``format`` is ``"txt"`` or ``"md"``; without it the content decides. Raises ``InputRefused`` for a path that is
    absent, unreadable or a directory, and for everything that ``read_bytes`` refuses.
    """
    path = Path(path)
    if path.is_dir():
        raise InputRefused(str(path), "this is a directory", "give one .txt or .md file")
    try:
        refuse_size(str(path), path.stat().st_size)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputRefused(str(path), "there is no such file", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputRefused(str(path), f"it cannot be opened ({reason})", "check its permissions") from error
    return read_bytes(data, str(path), format)


def read_bytes(data: bytes, name: str, format: str | None = None) -> Reading:
    """Read the bytes of a file called ``name`` (used in messages only) and return its ``Reading``.

    Every offset of the result counts code points of ``document.text``. Raises ``InputRefused`` for data that is
    empty, larger than ``MAX_BYTES``, binary or not decodable, and for an unknown ``format``.
    """
    text = decode(data, name)
    chosen = format or ("md" if md.recognises(text) else "txt")
    if chosen not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise InputRefused(name_of(name), f"the format {chosen!r} is not known", f"use one of: {known}")
    document, warnings = structure(FORMATS[chosen](text), sha256(data).hexdigest())
    return Reading(document=document, commitments=(), warnings=warnings)
