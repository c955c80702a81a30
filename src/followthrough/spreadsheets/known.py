"""What the register holds, as plain values: the things that the cells of a spreadsheet may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from followthrough.assess.scales import Scale, scales


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """An agreement: ``title`` and ``short_title`` as printed."""

    id: str
    title: str
    short_title: str = ""


@dataclass(frozen=True, slots=True)
class KnownProvision:
    """A numbered place of a document: ``num`` as printed (``4.3``)."""

    id: str
    document: str
    num: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class KnownCommitment:
    """A commitment of a provision."""

    id: str
    provision: str
    summary: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A state or an organisation with every name by which the register calls it."""

    id: str
    names: tuple[str, ...]
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class KnownRegister:
    """Everything that a spreadsheet may refer to; each part may be empty.

    ``edges`` are pairs (later, earlier) of commitments; ``sources`` maps addresses to ids of sources; ``recorded`` maps
    the ids of activities and claims to the day on which they were written down; ``scales`` are those of ratings.
    """

    documents: tuple[KnownDocument, ...] = ()
    provisions: tuple[KnownProvision, ...] = ()
    commitments: tuple[KnownCommitment, ...] = ()
    parties: tuple[KnownParty, ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, str] = field(default_factory=dict)
    series: frozenset[str] = frozenset()
    scales: Mapping[str, Scale] = field(default_factory=dict)

    def all_scales(self) -> Mapping[str, Scale]:
        """Return the scales of the register; where none were handed in, those of the library."""
        return self.scales or scales()


NOTHING = KnownRegister()
