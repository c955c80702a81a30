"""A document as it is read: its text, the tree of its provisions and what the reader should know of it.

Every offset counts code points of ``Document.text``; every range is half open, so ``text[start:end]`` is the quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.model.vocabulary import AsideKind, ProvisionKind


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader should know about a document; ``start`` is an offset into the text or ``None``."""

    code: str
    message: str
    start: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``warnings`` list."""
        return {"code": self.code, "message": self.message, "start": self.start}


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words of the file that are not in ``Document.text``: what they are, and how the file prints them.

    ``page`` counts from 1, or is ``None`` where the format has no pages. Every word of a file is either in the text or
    set aside.
    """

    what: AsideKind
    words: str
    page: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of one piece."""
        return {"what": self.what, "words": self.words, "page": self.page}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of ``Document.text`` that was recognised from a picture; ``confidence`` is from 0 to 1."""

    start: int
    end: int
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``recognised`` list."""
        return {"start": self.start, "end": self.end, "confidence": self.confidence}


def confidence_of(recognised: Sequence[Recognised]) -> tuple[float, float]:
    """Return the mean confidence of stretches, by their letters, and the least; there is at least one."""
    letters = sum(one.end - one.start for one in recognised)
    mean = sum(one.confidence * (one.end - one.start) for one in recognised) / letters
    return mean, min(one.confidence for one in recognised)


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in a document, with the range of its *own* words.

    The slice ``[start, end)`` holds the number as printed, the heading and the text, and never the provisions nested
    in it: ``parent`` tells the tree, and slices of different provisions never overlap. ``body`` is the offset at
    which the words begin after the printed number.
    """

    eid: str
    num: str | None
    kind: ProvisionKind
    heading: str | None
    start: int
    end: int
    parent: str | None
    body: int

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``provisions`` list."""
        return {
            "eid": self.eid,
            "num": self.num,
            "kind": self.kind,
            "heading": self.heading,
            "start": self.start,
            "end": self.end,
            "parent": self.parent,
            "body": self.body,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """One adopted text and the tree of its provisions, in the order of the text.

    ``kind`` is a kind of document of the pack schema; ``parties`` are codes: ISO 3166 for states, else as they call
    themselves; ``language`` is a tag of BCP 47, ``und`` for one that is none of the known; ``genre`` is one of
    ``DocumentGenre``, told by the register. All are left empty where the text does not say.
    """

    title: str | None
    date: str | None
    place: str | None
    sha256: str
    text: str
    provisions: tuple[Provision, ...]
    kind: str | None = None
    parties: tuple[str, ...] = ()
    language: str | None = None
    genre: str | None = None

    def slice(self, provision: Provision) -> str:
        """Return the provision's exact words, its printed number among them."""
        return self.text[provision.start : provision.end]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object ``document``."""
        return {
            "title": self.title,
            "date": self.date,
            "place": self.place,
            "kind": self.kind,
            "parties": list(self.parties),
            "language": self.language,
            "genre": self.genre,
            "sha256": self.sha256,
            "text": self.text,
            "provisions": [provision.to_dict() for provision in self.provisions],
        }
