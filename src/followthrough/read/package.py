"""ZIP containers of XML parts (Word, OpenDocument, EPUB): unpacked within limits, and never with an entity."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import Notice
from followthrough.read.decode import name_of

MOST_ENTRIES = 5_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_PART = 40 * 1024 * 1024
MOST_RATIO = 100
MOST_MARKS = 2_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    struct.error,
    OverflowError,
)


NAMED = 3
"""Names that a notice gives before it counts the others."""


def names_of(parts: Sequence[str]) -> str:
    """Return the names of the first parts, and how many more there are."""
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return ", ".join(map(repr, parts[:NAMED])) + more


def objects_not_read(names: Sequence[str]) -> tuple[Notice, ...]:
    """Return the notice of the embedded objects of which a picture stands in the text at most; none where none are."""
    if not names:
        return ()
    what = f"{len(names)} embedded object{'s were' if len(names) > 1 else ' was'} not read: {names_of(names)}"
    return (Notice("not-read", what),)


class Package:
    """A ZIP container of XML parts, unpacked within limits; ``what`` names its format in refusals."""

    def __init__(self, data: bytes, name: str, what: str) -> None:
        self.name, self.what = name_of(name), what
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
            entries = self.zip.infolist()
        except _BROKEN as error:
            raise self._broken() from error
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise self._bomb()
        self.entries = {entry.filename: entry for entry in entries}

    def _broken(self) -> InputRefused:
        return InputRefused(self.name, f"the {self.what} file is broken", "open it and save it again")

    def _bomb(self) -> InputRefused:
        return InputRefused(
            self.name, f"the {self.what} file unpacks to far more than a document holds", "save the text alone"
        )

    def xml(self, stem: str) -> etree._Element | None:
        """Return the root of the part ``stem``.xml, or ``None`` where the file has no such part."""
        data = self.part(stem + ".xml") or self.part(stem + "2.xml")
        return None if data is None else self.parsed(data)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of the part ``name``, or ``None`` where there is none. Raises ``InputRefused``."""
        entry = self.entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise InputRefused(self.name, f"the {self.what} file is encrypted", "save it without a password")
        if entry.file_size > MOST_PART or (entry.file_size > 1 << 20 and self._ratio(entry) > MOST_RATIO):
            raise self._bomb()
        try:
            with self.zip.open(entry) as part:
                data = part.read(MOST_PART + 1)
        except _BROKEN as error:
            raise self._broken() from error
        if len(data) > MOST_PART or data.count(b"<") > MOST_MARKS:
            raise self._bomb()
        return data

    @staticmethod
    def _ratio(entry: zipfile.ZipInfo) -> float:
        return entry.file_size / max(1, entry.compress_size)

    def parsed(self, data: bytes) -> etree._Element:
        """Return the root of the XML in ``data``. Raises ``InputRefused`` for broken XML and any DOCTYPE."""
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        doctype = b"<!DOCTYPE" in data
        try:
            root = None if doctype else etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise self._broken() from error
        if root is None or str(getattr(root.getroottree().docinfo, "doctype", "")):
            raise InputRefused(
                self.name, f"the {self.what} file declares a DOCTYPE, which none does", "open it and save it again"
            )
        return root
