"""Was anything lost or invented between a file and its reading? ``verify(data, reading)`` compares them both ways.

The words of the file come from a second reader (``source_words``) that shares no code with ``followthrough.read``;
``compare`` finds the words of the reading among them. A lint contract holds the two apart.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from followthrough.model.document import Provision, confidence_of
from followthrough.model.reading import Reading
from followthrough.model.verification import Check, Verification
from followthrough.verify.checks import checks_of
from followthrough.verify.compare import Comparison, Unit
from followthrough.verify.html_words import html_words
from followthrough.verify.letters import words_of
from followthrough.verify.mail_words import is_mail, mail_words
from followthrough.verify.pdf_words import pdf_words
from followthrough.verify.plain_words import decoded, markdown_words, text_words
from followthrough.verify.rtf_words import rtf_words
from followthrough.verify.source_words import SourceWords
from followthrough.verify.xml_words import akoma_ntoso_words, epub_words, open_document_words, word_words

__all__ = ["ALONE", "Limits", "source_words", "verify"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a comparison may take: ``seconds`` of computing for the pages of a PDF file, and ``letters`` of text."""

    seconds: float = 60.0
    letters: int = 30_000_000


ALONE = Limits()
DEEPEST = 4
"""Files within files that are looked at, as the reader does."""
_COMPOUND = b"\xd0\xcf\x11\xe0"
MOST_NAMED = 50
"""Runs of missing and of invented words that are named; the rest is counted in the checks."""
_NOTED = {"note": "footnote", "furniture": "navigation"}
_MARKED_UP = re.compile(r"^#{1,6} |\*\*|^[^\S\n]*+[-*+] |\]\(|^---$|^[=-]{3,}$|<!--|__", re.M)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|p|div|h[1-6]|ol|ul|table|section|article|main)\b", re.I)
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    MemoryError,
    expat.ExpatError,
)


def verify(data: bytes, reading: Reading, limits: Limits = ALONE) -> Verification:
    """Compare the file of content ``data`` with its ``reading``; the denominator is the second reader's.

    Never raises: what cannot be compared is a check that failed, and so is a file or a reading without words.
    """
    if reading.recognised:
        source = SourceWords("recognition", (), unread=_unsure(reading))
    elif len(reading.document.text) > limits.letters:
        source = SourceWords("none", (), unread="the text is too long to be compared here; run: followthrough verify")
    else:
        source = source_words(data, reading, limits.seconds)
    if source.unread:
        return Verification(source.reader, 0, 0, (), (), (), (Check("source", False, source.unread),))
    words = [word for piece in source.pieces for word in words_of(piece)]
    comparison = Comparison(words)
    units = list(_units(reading))
    found = comparison.take(units, counts=source.counts)
    aside = _set_aside(reading, comparison, units)
    missing = list(comparison.missing())
    checks = checks_of(reading, source, len(words), missing, found)
    kept = len(words) - sum(aside.values()) - sum(len(run.split()) for run, _ in missing)
    return Verification(
        source.reader,
        len(words),
        kept,
        tuple(sorted(aside.items())),
        tuple(missing[:MOST_NAMED]),
        tuple(found.invented[:MOST_NAMED]),
        checks,
    )


def _unsure(reading: Reading) -> str:
    """Return what there is to say of words that were recognised from pictures, where no second reader finds any."""
    count = sum(len(words_of(reading.document.text[one.start : one.end])) for one in reading.recognised)
    mean, least = confidence_of(reading.recognised)
    return (
        f"{count:,} words were recognised from pictures of pages, with {mean:.0%} confidence, and {least:.0%} where it "
        "is least sure; nobody has compared them with the pages"
    )


def source_words(data: bytes, reading: Reading, seconds: float = ALONE.seconds, depth: int = 0) -> SourceWords:
    """Return the words of the file by the second reader of its format, which its content tells.

    ``depth`` is how deep the file lies inside other files.
    """
    if depth > DEEPEST or data.startswith(_COMPOUND):
        why = "it lies too deep inside other files" if depth > DEEPEST else "it is of the old binary format of Office"
        return SourceWords("second reader", (), unread=why)
    try:
        return _reader(data, reading, depth)(data) if b"%PDF-" not in data[:1024] else pdf_words(data, seconds)
    except _BROKEN as error:
        return SourceWords("second reader", (), unread=f"the second reader cannot read it ({type(error).__name__})")


def _reader(data: bytes, reading: Reading, depth: int) -> Callable[[bytes], SourceWords]:
    def inner(part: bytes) -> SourceWords:
        return source_words(part, reading, depth=depth + 1)

    if data.startswith(b"PK\x03\x04"):
        return _of_container(data, inner)
    head = data[: 1 << 16].replace(b"\x00", b"")
    if b"akomaNtoso" in head:
        return akoma_ntoso_words
    if head[:64].lstrip().startswith(b"{\\rtf"):
        return rtf_words
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f").startswith(b"<") and _PAGE.search(head):
        return html_words
    if is_mail(data):
        return lambda mail: mail_words(mail, inner)
    return _of_plain_text(data, reading)


def _of_plain_text(data: bytes, reading: Reading) -> Callable[[bytes], SourceWords]:
    guessed = next((one.message.rpartition(" ")[2] for one in reading.warnings if one.code == "encoding-guessed"), "")
    text = decoded(data, guessed or "cp1252").replace("\r\n", "\n").replace("\r", "\n")
    words = markdown_words if text != reading.document.text and _MARKED_UP.search(text) else text_words
    return lambda _: words(text.encode())


def _of_container(data: bytes, inner: Callable[[bytes], SourceWords]) -> Callable[[bytes], SourceWords]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = set(package.namelist())
    if "content.xml" in names:
        return open_document_words
    return epub_words if "META-INF/container.xml" in names else lambda word: word_words(word, inner)


def _units(reading: Reading) -> Iterator[Unit]:
    """Yield the words of each provision, and of each line between them, in the order of the text."""
    document = reading.document
    asides = {one.start: _NOTED[one.code] for one in reading.warnings if one.start is not None and one.code in _NOTED}
    at = 0
    for provision in sorted(document.provisions, key=lambda one: one.start):
        yield from _lines(document.text, at, provision.start, asides)
        yield _unit(document.text, provision)
        at = max(at, provision.end)
    yield from _lines(document.text, at, len(document.text), asides)


def _unit(text: str, provision: Provision) -> Unit:
    number = words_of(text[provision.start : provision.body])
    return Unit(provision.eid, (*number, *words_of(text[provision.body : provision.end])), len(number))


def _lines(text: str, start: int, end: int, asides: dict[int, str]) -> Iterator[Unit]:
    at = start
    for line in text[start:end].split("\n"):
        begin = at + len(line) - len(line.lstrip())
        if words := words_of(line):
            number = 1 if begin in asides and words[0].isdigit() else 0
            yield Unit("", tuple(words), number, asides.get(begin, ""))
        at += len(line) + 1


def _set_aside(reading: Reading, comparison: Comparison, units: list[Unit]) -> dict[str, int]:
    """Return how many words of the file stand outside the provisions on purpose, by what they are."""
    counts: dict[str, int] = {}
    for piece in reading.set_aside:
        if number := comparison.set_aside(words_of(piece.words)):
            counts[piece.what] = counts.get(piece.what, 0) + number
    for index, number in comparison.given().items():
        if index >= 0 and (what := units[index].aside):
            counts[what] = counts.get(what, 0) + number
    return counts
