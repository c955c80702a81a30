"""Instruments with the standing of each party, and what each party carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from followthrough.model.vocabulary import TreatyAction
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activity_parties
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import (
    visible_citations,
    visible_documents,
    visible_instruments,
    visible_party_events,
)
from followthrough.web.agreements.rows import tiles_of
from followthrough.web.evidence.policy import visible_claim_parties, visible_claims, visible_sides
from followthrough.web.links.scope import Scope

STEPS = (
    TreatyAction.SIGNED,
    TreatyAction.ACCEDED,
    TreatyAction.RATIFIED,
    TreatyAction.IN_FORCE,
    TreatyAction.DENOUNCED,
)
"""What a party may have done with an instrument, from the first step to the last."""
SHOWN = 40
"""Steps of one party that its page shows, the newest."""
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


def instruments_of(document: str, by: Actor) -> list[InstrumentRow]:
    """Return the instruments that a document is tied to; those with parties on record first."""
    places: dict[str, set[str]] = defaultdict(set)
    _, tied = Scope(document, by=by).links("instrument")
    cited = visible_citations(by).filter(commitment__provision__document=document).order_by()
    pairs: Any = tied.values_list("instrument_id", "provision_id").union(
        cited.values_list("instrument_id", "commitment__provision_id")
    )
    for key, place in pairs:
        places[key].add(place)
    grid, steps, disputed = tiles_of(document), _steps(list(places), by), _disputed(list(places), by)
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


def _steps(instruments: list[str], by: Actor) -> dict[str, dict[str, list[tuple[str, str]]]]:
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    asked = visible_party_events(by).filter(instrument__in=instruments)
    for instrument, party, event, date in asked.values_list("instrument_id", "party_id", "event", "date"):
        found[instrument][party].append((event, date))
    return found


def _furthest(events: list[tuple[str, str]]) -> tuple[str, str]:
    return max(events, key=lambda one: STEPS.index(one[0]) if one[0] in STEPS else -1, default=("", ""))


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party, and how much of the register speaks of it."""

    id: str
    name: str
    kind: str
    claims: int
    activities: int
    events: int


def party_rows(by: Actor) -> list[PartyRow]:
    """Return the parties with counts of what is recorded about each that ``by`` may see."""
    named = visible_claim_parties(by)
    withdrawn = visible_claims(by).filter(withdrawn__gt="").order_by().values("pk")
    gone = _counted(named.filter(claim__in=withdrawn))
    standing = {party: n - gone.get(party, 0) for party, n in _counted(named).items()}
    active = _counted(visible_activity_parties(by).filter(activity__withdrawn=""))
    stepped = _counted(visible_party_events(by))
    asked = Party.objects.order_by("kind", "name").values_list("id", "name", "kind")
    return [PartyRow(*row, *(found.get(row[0], 0) for found in (standing, active, stepped))) for row in asked]


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    """Return how many of ``rows`` each party has."""
    return dict(rows.order_by().values_list("party_id").annotate(n=Count("*")))


def claims_naming(key: str, by: Actor) -> tuple[int, int]:
    """Return how many claims that stand name a party, and how many of them are unfavourable."""
    naming = visible_claim_parties(by).filter(party=key, claim__withdrawn="")
    counts = naming.aggregate(all=Count("pk"), against=Count("pk", filter=Q(claim__stance="unfavourable")))
    return counts["all"], counts["against"]


def party_facts(key: str, by: Actor) -> dict[str, Any] | None:
    """Return a party with its memberships and its steps with instruments, or nothing."""
    about: Any = Party.objects.filter(pk=key).values("id", "name", "short_name", "kind").first()
    if about is None:
        return None
    party = Party(pk=key)
    member: Any = party.memberships.order_by("since").values("organisation__name", "since", "until")
    steps = visible_party_events(by).filter(party=key)
    count = steps.count()
    events: Any = steps.order_by("-date", "-id").values(
        "instrument__name", "event", "date", "source__url", "source__publisher"
    )
    return {**about, "memberships": list(member), "events": list(events[:SHOWN])[::-1], "count": count}


def documents_signed(key: str, by: Actor) -> list[dict[str, Any]]:
    """Return the visible documents that a party signed, itself or as a member on the day."""
    direct = Q(signatories__party=key)
    member = Q(signatories__party__members__party=key)
    found: Any = visible_documents(by).filter(direct | member).distinct()
    return list(found.order_by("adopted", "id").values("id", "short_title", "adopted"))
