"""The undertakings of a document: commitments and the adjuncts that say how or what for.

Every offset counts code points of ``Document.text``; every range is half open, so ``text[start:end]`` is the quotation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from followthrough.model.vocabulary import CommitmentKind


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
    """One undertaking of a provision, with the rule that gave each field in ``why``, and there the ``governor`` too.

    What makes it doubtful, if anything, is ``why["doubts"]``, parted by semicolons.

    ``actor_classes`` and ``addressee_classes`` say what each of ``actors`` and ``addressees`` is; ``elements`` has the
    words that say who, by when, to what target, with which resources and when it is reviewed, or ``None`` for each.
    ``instruments`` are as printed; ``defined`` has the full name of each that the text defines elsewhere.
    """

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
    defined: Mapping[str, str] = field(default_factory=dict)
    deadline: str | None = None
    quantity: Mapping[str, Any] | None = None
    missing: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    actor_classes: tuple[str, ...] = ()
    addressee_classes: tuple[str, ...] = ()
    elements: Mapping[str, str | None] = field(default_factory=dict)
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
            "defined": dict(self.defined),
            "deadline": self.deadline,
            "quantity": dict(self.quantity) if self.quantity is not None else None,
            "missing": list(self.missing),
            "sdgs": [],
            "actors": list(self.actors),
            "addressees": list(self.addressees),
            "actor_classes": list(self.actor_classes),
            "addressee_classes": list(self.addressee_classes),
            "elements": dict(self.elements),
            "adjuncts": [adjunct.to_dict() for adjunct in self.adjuncts],
            "why": dict(self.why),
        }
