"""The words of plain text and Markdown: the bytes decoded, and of Markdown what is no word of its author."""

from __future__ import annotations

import codecs
import re

from followthrough.verify.source_words import SourceWords

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP = (
    re.compile(r"\A---\n(?s:.*?\n)??---\n"),
    re.compile(r"<!--[^<]{0,5000}-->"),
    re.compile(r"</?[A-Za-z][^<>]{0,300}>"),
    re.compile(r"^[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]*+[^\s]++.*$", re.M),
    re.compile(r"(?<=\])\((?:[^()\n]|\([^()\n]{0,200}\)){0,1000}\)"),
    re.compile(r"\[\^[^\]\n]{1,40}\]"),
)
"""Front matter, comments, tags, link definitions, addresses of links, and the marks of notes."""


def decoded(data: bytes, stated: str = "") -> str:
    """Return the text of ``data`` by its byte-order mark, as UTF-8, as ``stated``, or as its words tell."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:4096].count(0) > len(data[:4096]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    for encoding in ("utf-8", stated):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 16]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def text_words(data: bytes) -> SourceWords:
    """Return the words of plain text."""
    return SourceWords("decoding", (decoded(data),))


def markdown_words(data: bytes) -> SourceWords:
    """Return the words of Markdown, without what its author wrote for machines."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    for pattern in _MARKUP:
        text = pattern.sub(" ", text)
    return SourceWords("decoding without mark-up", (text,), counts=True)
