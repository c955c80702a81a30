"""Decoding of files: detection of the encoding, normalisation of newlines, refusal of everything else."""

from __future__ import annotations

import codecs
import re

from followthrough.errors import InputRefused
from followthrough.read.legacy_encodings import WESTERN, guess, korean
from followthrough.read.plausible_letters import oddities

MAX_BYTES = 50 * 1024 * 1024
MOST_LINES = 1_000_000
"""Maximum number of lines of a text; 50 MB of printed text have fewer, and each line has a cost of its own."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP container (such as .xlsx) and no Word file",
    b"\xd0\xcf\x11\xe0": "an old or an encrypted Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
"""Control characters other than separators of lines and records."""


def name_of(name: str) -> str:
    """Return ``name`` in a form for one-line messages; never empty."""
    return name or "(unnamed input)"


def refuse_size(name: str, size: int) -> None:
    """Raise ``InputRefused`` if ``size``, in bytes, is 0 or above ``MAX_BYTES``."""
    if size == 0:
        raise InputRefused(name_of(name), "the file is empty", "give a file that holds the text")
    if size > MAX_BYTES:
        raise size_refusal(name, size)


def size_refusal(name: str, size: int) -> InputRefused:
    """Return the refusal of a file that is too large; ``size`` is in bytes."""
    what = f"the file has {size / 1024 / 1024:.0f} MB, more than the {MAX_BYTES // 1024 // 1024} MB taken"
    return InputRefused(name_of(name), what, "split it or extract the text first")


def decode(data: bytes, name: str) -> str:
    """Return the text of ``data`` with newlines as ``\\n`` and without a byte-order mark.

    UTF-8, UTF-16 and UTF-32 are recognised by their byte-order marks. Text without a mark is UTF-16 if every other byte
    of its head is zero, else UTF-8, else EUC-KR if it contains Hangul, else what ``legacy_encodings.guess`` detects.
    Raises ``InputRefused`` for data that is empty, too large, binary or undecodable.
    """
    return decode_with_encoding(data, name)[0]


def decode_with_encoding(data: bytes, name: str) -> tuple[str, str]:
    """Return the result of ``decode``, and the name of the encoding if it was guessed from the text, else ``""``."""
    refuse_size(name, len(data))
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputRefused(name_of(name), f"this is {what}, not text", "save it as .docx, .pdf or .txt")
    text, guessed = _decoded(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_binary(text, name)
    if not text.strip():
        raise InputRefused(name_of(name), "the file holds no words", "give a file that holds the text")
    if text.count("\n") > MOST_LINES:
        raise InputRefused(name_of(name), f"the file has more than {MOST_LINES:,} lines", "split it")
    return text, guessed


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name), ""
    if b"\x00" in data and (wide := _wide(data)):
        return _strict(data, wide, name), ""
    if b"\x00" in data:
        raise InputRefused(name_of(name), "this is binary data, not text", "give a .txt, .docx, .pdf or another text")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _legacy(data, name)


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of ``data`` in a legacy encoding, and its name unless it is Korean or Western."""
    if hangul := korean(data):
        return hangul, ""
    encoding = guess(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = WESTERN, _strict(data, WESTERN, name)
    return text, "" if encoding == WESTERN and not oddities(text) else encoding


def _wide(data: bytes) -> str | None:
    """Return the UTF-16 codec of ``data`` without a byte-order mark, or ``None``."""
    even, odd = data[:4096:2], data[1:4096:2]
    zeros = (even.count(0), odd.count(0))
    if len(data) % 2 or len(even) < 4:
        return None
    if zeros[0] == 0 and zeros[1] > 0.6 * len(odd):
        return "utf-16-le"
    return "utf-16-be" if zeros[1] == 0 and zeros[0] > 0.6 * len(even) else None


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputRefused(
            name_of(name),
            f"the bytes are not {encoding} text ({error.reason})",
            "save the file as UTF-8",
            where=f"byte {error.start}",
        ) from error


def _refuse_binary(text: str, name: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > max(2, len(text) // 200):
        raise InputRefused(name_of(name), "this is binary data, not text", "give a .txt, .docx, .pdf or another text")
