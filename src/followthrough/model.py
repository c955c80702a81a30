"""The values that the pipeline hands over: documents, provisions, commitments and the rules behind them.

Every offset counts code points of ``Document.text``; every range is half open, so ``text[start:end]`` is the quotation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ProvisionKind = Literal["preamble", "section", "paragraph", "item", "other"]
CommitmentKind = Literal["action", "support", "principle", "reaffirmation", "call"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One published rule of method: what it says in plain words, and the function that follows it."""

    id: str
    version: int
    area: str
    title: str
    text: str
    implemented_by: str


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
    themselves. Both are left empty where the text does not say.
    """

    title: str | None
    date: str | None
    place: str | None
    sha256: str
    text: str
    provisions: tuple[Provision, ...]
    kind: str | None = None
    parties: tuple[str, ...] = ()

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
            "sha256": self.sha256,
            "text": self.text,
            "provisions": [provision.to_dict() for provision in self.provisions],
        }


@dataclass(frozen=True, slots=True)
class Adjunct:
    """A part of an undertaking that says how or what for: ``role`` is means, purpose, result or manner."""

    role: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``adjuncts`` list."""
        return {"role": self.role, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One undertaking of a provision, with the rule that gave each field in ``why``."""

    id: str
    provision: str
    num: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    verb: str
    kind: CommitmentKind
    strength: int
    instruments: tuple[str, ...] = ()
    deadline: str | None = None
    quantity: Mapping[str, Any] | None = None
    missing: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    adjuncts: tuple[Adjunct, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the ``commitments`` list; ``sdgs`` stays empty until goals are classified."""
        return {
            "id": self.id,
            "provision": self.provision,
            "num": self.num,
            "start": self.start,
            "end": self.end,
            "spans": [list(span) for span in self.spans],
            "verb": self.verb,
            "kind": self.kind,
            "strength": self.strength,
            "instruments": list(self.instruments),
            "deadline": self.deadline,
            "quantity": dict(self.quantity) if self.quantity is not None else None,
            "missing": list(self.missing),
            "sdgs": [],
            "actors": list(self.actors),
            "addressees": list(self.addressees),
            "adjuncts": [adjunct.to_dict() for adjunct in self.adjuncts],
            "why": dict(self.why),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read from a file, the catalogue of its commitments, and what there is to warn of."""

    document: Document
    commitments: tuple[Commitment, ...]
    warnings: tuple[Notice, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document of ``followthrough read --json``."""
        return {
            "document": self.document.to_dict(),
            "commitments": [commitment.to_dict() for commitment in self.commitments],
            "warnings": [notice.to_dict() for notice in self.warnings],
        }
