"""What stands at the beginning of an IATI file: its encoding, its root and its version, or why it is none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree

from followthrough.errors import InputRefused

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_WHOLE_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_BLANK_OR_COMMENT = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_NAME = re.compile(rb"<([^\s/>!?]+)")
_ENCODINGS = re.compile(r"utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d|latin-?1", re.IGNORECASE)
"""Encodings in which a byte below 128 is what it is in ASCII: a tag can be found without decoding."""
_SEND = "send an IATI activity file"


@dataclass(frozen=True, slots=True)
class Heading:
    """The root of a file, which ends at the offset ``end``.

    ``opening`` is what every activity is parsed behind, ``version`` as printed or empty.
    """

    opening: bytes
    closing: bytes
    version: str
    end: int


def read_heading(head: bytes, name: str) -> Heading:
    """Return the heading of a file that begins with ``head``. Raises ``InputRefused`` for what is no activity file."""
    encoding = _encoding(head, name)
    at = _root_at(head)
    tag, named = _WHOLE_TAG.match(head, at), _NAME.match(head, at)
    if tag is None or named is None:
        raise InputRefused(name, "is no XML: it has no element", _SEND)
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    empty = tag[0].endswith(b"/>")
    opening = tag[0][: -2 if empty else -1] + b">"
    qualified = named[1]
    root = _parsed(declared + opening + b"</" + qualified + b">", name)
    _check(root, name)
    version = root.get("version", "").strip()
    if re.fullmatch(r"[3-9]\.\d{1,2}", version):
        raise InputRefused(name, f"is in version {version} of the standard, which is not known here", "send it as 2.03")
    return Heading(declared + opening, b"</" + qualified + b">", version, tag.end())


def _root_at(head: bytes) -> int:
    """Return where the root begins: behind the mark of the encoding, blanks, comments and instructions."""
    at = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    while found := _BLANK_OR_COMMENT.match(head, at):
        at = found.end()
    return at


def _encoding(head: bytes, name: str) -> str:
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    encoding = declared[1].decode() if declared else "UTF-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head[:200]:
        encoding = "UTF-16"
    if not _ENCODINGS.fullmatch(encoding):
        raise InputRefused(name, f"is written in {encoding}", "save it as UTF-8, as the standard asks")
    return encoding


def _parsed(data: bytes, name: str) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputRefused(name, f"is no XML: {error.msg}", _SEND, f"line {error.lineno}") from None


def _check(root: etree._Element, name: str) -> None:
    tag = etree.QName(root)
    if tag.localname == "iati-activities" and not tag.namespace:
        return
    if tag.localname == "iati-activities":
        what = f"puts its elements into the namespace {tag.namespace}; those of IATI are in none"
        raise InputRefused(name, what, "take the namespace out")
    if tag.localname == "iati-organisations":
        raise InputRefused(name, "is an IATI organisation file", "send the activity file of this publisher")
    raise InputRefused(name, f"is no IATI activity file: it begins with <{tag.localname}>", _SEND)
