"""Instruments with the status of each party: the furthest treaty action, contested and not applicable included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from followthrough.assess.dates import end_of
from followthrough.model.vocabulary import TreatyAction
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.policy import visible_citations, visible_instruments, visible_party_events
from followthrough.web.agreements.rows import signatories, tiles_of
from followthrough.web.evidence.policy import visible_sides
from followthrough.web.links.scope import Scope

STEPS = (
    TreatyAction.SIGNED,
    TreatyAction.ACCEDED,
    TreatyAction.RATIFIED,
    TreatyAction.IN_FORCE,
    TreatyAction.DENOUNCED,
)
"""What a party may have done with an instrument, from the first step to the last."""
CONTESTED, NONE = "contested", "not_applicable"
LOOKS = {
    "signed": "ring", "acceded": "dia", "ratified": "half", "in_force": "full", "denounced": "cross",
    CONTESTED: "ne", NONE: "dash", "": "q",
}  # fmt: skip
WORDS = {"": "unknown", NONE: "n/a", CONTESTED: "contested"}
"""What a tile says where it has no date to show."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One party in the grid of an instrument: the furthest step it took, and when.

    The step is empty where none is known; it is contested where sources disagree, and does not apply where the
    instrument is open to an organisation of which the party never was a member.
    """

    party: str
    name: str
    x: int
    y: int
    step: str
    date: str

    @property
    def icon(self) -> str:
        """The shape that says the step."""
        return LOOKS[self.step]

    @property
    def said(self) -> str:
        """The year of the step, or the word for what stands in its place."""
        return WORDS.get(self.step) or self.date[:4]

    @property
    def marks(self) -> str:
        """What a count in a sentence may find it by."""
        known = self.step in STEPS
        return f"tile s-{self.step or 'none'}{' known' if known else ''}{' open' if self.step == '' else ''}"


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """An instrument that an agreement names or works by, and what is known of its parties."""

    id: str
    name: str
    kind: str
    established: str
    custodian: str
    places: list[str]
    tiles: list[Tile]
    source: str
    publisher: str

    @property
    def known(self) -> int:
        """How many parties have a step on record."""
        return sum(tile.step in STEPS for tile in self.tiles)

    @property
    def applicable(self) -> int:
        """How many parties it is open to."""
        return len(self.tiles) - self.at(NONE)

    def at(self, step: str) -> int:
        """How many parties stand on ``step``."""
        return sum(tile.step == step for tile in self.tiles)

    @property
    def open(self) -> int:
        """Of how many parties it is not known whether it is in force for them."""
        return self.applicable - self.at("in_force") - self.at("denounced") - self.at(CONTESTED)

    @property
    def force(self) -> str:
        """For how many parties it is known to be in force, and of how many that is not known; or nothing.

        A party that only signed, ratified or acceded may or may not be bound by now: that is not known, and no zero.
        """
        if not self.at("in_force") + self.at("denounced"):
            return ""
        more = ((self.at(CONTESTED), "contested"), (self.open, "not known"))
        return ", ".join([f"{self.at('in_force')} of {self.applicable}", *(f"{n} {word}" for n, word in more if n)])


def instruments_of(document: str, by: Actor, until: str = "") -> list[InstrumentRow]:
    """Return the instruments that a document is tied to; those with parties on record first.

    With ``until``, a day, their status then.
    """
    places: dict[str, set[str]] = defaultdict(set)
    _, tied = Scope(document, by=by).links("instrument")
    cited = visible_citations(by).filter(commitment__provision__document=document).order_by()
    pairs: Any = tied.values_list("instrument_id", "provision_id").union(
        cited.values_list("instrument_id", "commitment__provision_id")
    )
    for key, place in pairs:
        places[key].add(place)
    grid, steps, disputed = (
        tiles_of(signatories([document])[document]),
        _steps(list(places), by, until),
        _disputed(list(places), by),
    )
    found = []
    for (*about, url, publisher), members in _open(list(places), by).items():
        key = about[0]
        events = steps.get(key, {})
        tiles = [
            Tile(party, name, x or 0, y or 0, *_standing(party, events, disputed.get(key, ()), members))
            for party, name, x, y in grid
        ] if events else []  # fmt: skip
        found.append(InstrumentRow(*[*about, sorted(places[key]), tiles, url or "", publisher or ""]))
    return sorted(found, key=lambda one: (-one.known, one.name))


def _standing(
    party: str, events: Mapping[str, list[tuple[str, str]]], disputed: Collection[str], members: frozenset[str] | None
) -> tuple[str, str]:
    """Return the furthest step of a party and its date; contested and not applicable are answers of their own."""
    if party in disputed:
        return CONTESTED, ""
    if members is not None and party not in members and party not in events:
        return NONE, ""
    return _furthest(events.get(party, []))


def _open(instruments: list[str], by: Actor) -> dict[tuple[Any, ...], frozenset[str] | None]:
    """Return instruments by name, each with whoever was a member of the organisation that it is open to, if to one."""
    columns = ("id", "name", "kind", "established", "custodian", "source__url", "source__publisher")
    asked = visible_instruments(by).filter(id__in=instruments).order_by("name")
    found: dict[tuple[Any, ...], set[str] | None] = {}
    for *about, organisation, party in asked.values_list(*columns, "open_to", "open_to__members__party"):
        members = found.setdefault(tuple(about), set() if organisation else None)
        if members is not None:
            members.add(party)
    return {about: None if members is None else frozenset(members) for about, members in found.items()}


def _disputed(instruments: list[str], by: Actor) -> dict[str, frozenset[str]]:
    """Return, of each instrument on which sources disagree, the parties that the claim of every side names."""
    asked = visible_sides(by).filter(conflict__instrument__in=instruments, claim__isnull=False)
    named: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for conflict, key, side, party in asked.values_list(
        "conflict_id", "conflict__instrument_id", "id", "claim__parties__party"
    ):
        named[(conflict, key)][side].add(party)
    found: dict[str, frozenset[str]] = {}
    for (_, key), sides in named.items():
        found[key] = found.get(key, frozenset()) | frozenset.intersection(*map(frozenset, sides.values()))
    return found


def _steps(instruments: list[str], by: Actor, until: str) -> dict[str, dict[str, list[tuple[str, str]]]]:
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    asked = visible_party_events(by).filter(instrument__in=instruments)
    for instrument, party, event, date in asked.values_list("instrument_id", "party_id", "event", "date"):
        if not until or not date or end_of(date) <= until:
            found[instrument][party].append((event, date))
    return found


def _furthest(events: list[tuple[str, str]]) -> tuple[str, str]:
    return max(events, key=lambda one: STEPS.index(one[0]) if one[0] in STEPS else -1, default=("", ""))
