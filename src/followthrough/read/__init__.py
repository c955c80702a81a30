"""Readers: from a file to a document with title, date, place and a tree of provisions with exact offsets.

``read_file`` and ``read_bytes`` return a ``Reading`` whose ``commitments`` are empty: the register
(``followthrough.register``) fills them in from the document. Readers of formats are imported on demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.io.bounded import TooLarge, read_at_most
from followthrough.model.document import Notice, Recognised, confidence_of
from followthrough.model.reading import Reading
from followthrough.read import md, txt
from followthrough.read.decode import MAX_BYTES, decode_with_encoding, name_of, refuse_size, size_refusal
from followthrough.read.inner import Inner
from followthrough.read.language import with_language
from followthrough.read.lines import Source
from followthrough.read.set_aside import notices_of
from followthrough.read.structure import structure

__all__ = ["FORMATS", "MAX_BYTES", "bytes_of", "read_bytes", "read_file"]

FORMATS = ("txt", "md", "html", "docx", "odt", "rtf", "epub", "eml", "pdf", "akn")

_HEAD = 1 << 16
_HOLD_FILES = frozenset({"docx", "eml"})
"""Formats that hold files of other formats."""


def read_file(path: str | Path, format: str | None = None) -> Reading:
    """Read the file at ``path`` and return its ``Reading``.

    ``format`` is one of ``FORMATS``, by default detected from the content, never the name. Raises ``InputRefused``
    for a path that is absent, unreadable or a directory, and for everything that ``read_bytes`` refuses.
    """
    return read_bytes(bytes_of(path), str(path), format)


def bytes_of(path: str | Path) -> bytes:
    """Return the bytes of the file at ``path``. Raises ``InputRefused`` where it is missing or too large."""
    path = Path(path)
    if path.is_dir():
        raise InputRefused(str(path), "this is a directory", "give one file")
    try:
        refuse_size(str(path), path.stat().st_size)  # a pipe has none, and nobody may ever write to it
        return read_at_most(path, MAX_BYTES)
    except TooLarge as error:
        raise size_refusal(str(path), error.size) from None
    except FileNotFoundError as error:
        raise InputRefused(str(path), "there is no such file", "check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputRefused(str(path), f"it cannot be opened ({reason})", "check its permissions") from error


def read_bytes(data: bytes, name: str, format: str | None = None, *, recognise: bool = False) -> Reading:
    """Return the ``Reading`` of the content of a file; ``name`` is used in messages only.

    ``recognise`` says that print on pictures of pages in a PDF file is recognised.

    Offsets of the result are in code points of ``document.text``. Raises ``InputRefused`` for data that is
    empty, larger than ``MAX_BYTES``, binary, broken, encrypted or not decodable, and for an unknown ``format``.
    """
    refuse_size(name, len(data))
    chosen = format or _detect_format(data)
    if chosen is not None and chosen not in FORMATS:
        raise InputRefused(name_of(name), f"the format {chosen!r} is not known", f"use one of: {', '.join(FORMATS)}")
    if chosen == "akn":
        from followthrough.read import akn

        return akn.read(data, name)
    source = _recognised(data, name) if recognise and chosen == "pdf" else _source(data, name, chosen, Inner(_inside))
    document, warnings = structure(source, sha256(data).hexdigest())
    if source.guessed:
        message = f"the file does not say its encoding; its words are most probably {source.guessed}"
        warnings = (Notice("encoding-guessed", message), *warnings)
    document, told = with_language(document, source.metadata.get("language", ""))
    warnings = (*told, *source.notices, *notices_of(source.set_aside), *warnings)
    warnings = (*_told(source.recognised), *warnings)
    return Reading(document, (), warnings, source.set_aside, None, source.recognised)


def _recognised(data: bytes, name: str) -> Source:
    from followthrough.read import pdf

    return pdf.source(data, name, recognise=True)


def _told(recognised: Sequence[Recognised]) -> tuple[Notice, ...]:
    """Return the notice of a text whose words, or some of them, were recognised from pictures."""
    if not recognised:
        return ()
    mean, least = confidence_of(recognised)
    worst = next(one for one in recognised if one.confidence == least)
    what = f"{len(recognised)} paragraph{'s were' if len(recognised) > 1 else ' was'} recognised from pictures"
    sure = f"with {mean:.0%} confidence, {least:.0%} where it is least sure"
    return (Notice("recognised", f"{what} {sure}: compare them with the pages", worst.start),)


def _detect_format(data: bytes) -> str | None:
    """Return the format detected from a signature, or ``None`` for plain text or Markdown."""
    if b"%PDF-" in data[:1024]:
        from followthrough.read import pdf

        return "pdf" if pdf.recognises(data) else None
    if data.startswith(b"PK\x03\x04"):
        return _first_that_recognises(data, ("odt", "epub", "docx"))
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if head.startswith(b"<"):
        return _first_that_recognises(data, ("akn", "html"))
    return _first_that_recognises(data, ("rtf", "eml"))


def _first_that_recognises(data: bytes, formats: tuple[str, ...]) -> str | None:
    return next((one for one in formats if import_module(f"{__name__}.{one}").recognises(data)), None)


def _source(data: bytes, name: str, chosen: str | None, inner: Inner) -> Source:
    if chosen not in {None, "txt", "md"}:
        given = (data, name, inner) if chosen in _HOLD_FILES else (data, name)
        source: Source = import_module(f"{__name__}.{chosen}").source(*given)
        return source
    text, guessed = decode_with_encoding(data, name)
    marked_up = chosen == "md" or (chosen is None and md.recognises(text))
    return replace(md.source(text) if marked_up else txt.source(text), guessed=guessed)


def _inside(data: bytes, name: str, inner: Inner) -> Source:
    """Return a file inside another as a source. Raises ``InputRefused`` for one that cannot stand behind a text."""
    chosen = _detect_format(data)
    if chosen == "akn":
        raise InputRefused(name_of(name), "it has to be read alone", "save it and give it by itself")
    return _source(data, name, chosen, inner)
