"""What kind of file something is, by its content and never by its name; kinds that are not listed are refused."""

from __future__ import annotations

import tomllib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

from django.utils.translation import gettext as _

from followthrough.errors import InputRefused
from followthrough.io.file_kinds import OLD_OFFICE, is_text

HEAD = 4_096
MOST_DIRECTORY = 2_000_000
"""Bytes of the list of members of a ZIP container: 45,000 names, which take 30 MB of memory."""
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_TAIL = 65_557
"""Bytes at the end of a ZIP container in which its list is pointed to: the longest comment, and the pointer."""
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
MACROS = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the marks by which it is told, and what it is handed out as (``kinds.toml``)."""

    key: str
    label: str
    type: str
    endings: tuple[str, ...]
    words: bool
    begins: bytes = b""
    also: bytes = b""
    within: int = 0
    part: str = ""
    mimetype: str = ""
    opening: tuple[str, ...] = ()

    @property
    def in_zip(self) -> bool:
        """Whether it is a ZIP container."""
        return bool(self.part or self.mimetype)


@cache
def kinds() -> dict[str, Kind]:
    """Return the kinds of files that may be attached, by key, in the order in which they are tried."""
    text = files("followthrough.web.files").joinpath("kinds.toml").read_text("utf-8")
    found = {}
    for row in tomllib.loads(text)["kind"]:
        for name, made in (("begins", bytes.fromhex), ("also", bytes.fromhex), ("endings", tuple), ("opening", tuple)):
            if name in row:
                row[name] = made(row[name])
        found[row["key"]] = Kind(**row)
    return found


def kind_of(file: IO[bytes], name: str) -> Kind:
    """Return the kind of a file. Raises ``InputRefused`` for an empty one, and for what is of no kind that is taken."""
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise InputRefused(name, _("is empty"), _("choose the file again"))
    if head.startswith(b"PK"):
        return _in_container(file, name)
    found = next((one for one in kinds().values() if not one.in_zip and _bears(head, one)), None)
    if found:
        return found
    if head.startswith(OLD_OFFICE):
        what = _("is of Office before 2007, or is protected by a password")
        raise InputRefused(name, what, _("save it anew, or as PDF, without a password"))
    raise _refused(name)


def _bears(head: bytes, kind: Kind) -> bool:
    """Say whether the beginning of a file bears the marks of a kind that is no container."""
    if kind.begins:
        found = kind.begins in head[: kind.within] if kind.within else head.startswith(kind.begins)
        return found and (not kind.also or head[8:].startswith(kind.also))
    if not is_text(head):
        return False
    opening = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"").lower()
    return not kind.opening or opening.startswith(tuple(one.encode() for one in kind.opening))


def _in_container(file: IO[bytes], name: str) -> Kind:
    try:
        _bounded(file, name)
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            said = packed.open("mimetype").read(80).decode("ascii", "replace").strip() if "mimetype" in names else ""
    except _BROKEN as error:
        raise InputRefused(name, _("is a broken container"), _("save it anew and send it again")) from error
    if any(one.lower().endswith(MACROS) for one in names):
        raise InputRefused(name, _("holds macros"), _("save it without macros, as .docx, .xlsx or PDF"))
    for kind in kinds().values():
        if kind.in_zip and (kind.part in names or (kind.mimetype and kind.mimetype == said)):
            return kind
    raise _refused(name)


def _bounded(file: IO[bytes], name: str) -> None:
    """Refuse a container whose list of members alone would take much memory, before anything reads it."""
    file.seek(0, 2)
    file.seek(max(0, file.tell() - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_END)
    size = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if size > MOST_DIRECTORY or _END_64 in tail:
        raise InputRefused(name, _("is a container of very many parts"), _("send the document that is in it"))


def _refused(name: str) -> InputRefused:
    taken = ", ".join(one.endings[0] for one in kinds().values())
    what = _("is of no kind that is taken as evidence")
    return InputRefused(name, what, _("send it as one of these: %(kinds)s") % {"kinds": taken})


def download_name(name: str, kind: Kind) -> str:
    """Return a name to save a file under: as it was sent, with an ending of what it is.

    >>> download_name("a/b\\x00report.exe", kinds()["pdf"])
    'breport.exe.pdf'
    """
    plain = "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable() and one != '"')
    ending = plain.rpartition(".")[2].lower()
    stem = plain.strip(" .") or kind.key
    return stem if ending in kind.endings else f"{stem}.{kind.endings[0]}"
