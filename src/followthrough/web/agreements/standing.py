"""Instruments with the standing of each party, and what each party carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from followthrough.web.activities.models import ActivityParty
from followthrough.web.agreements.models import Citation, Document, Instrument, Party, PartyEvent
from followthrough.web.evidence.models import Claim, ClaimParty, Link

STEPS = ("signed", "acceded", "ratified", "in_force", "denounced")
"""What a party may have done with an instrument, from the first step to the last."""
SHOWN = 40
"""Steps of one party that its page shows, the newest."""
LOOKS = {"signed": "ring", "acceded": "dia", "ratified": "half", "in_force": "full", "denounced": "cross", "": "q"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One party in the grid of an instrument: the furthest step it took, and when; empty where none is known."""

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
        return sum(bool(tile.step) for tile in self.tiles)

    def at(self, step: str) -> int:
        """How many parties stand on ``step``."""
        return sum(tile.step == step for tile in self.tiles)


def instruments_of(document: str, parties: Sequence[str]) -> list[InstrumentRow]:
    """Return the instruments that a document is tied to; those with parties on record first."""
    places: dict[str, set[str]] = defaultdict(set)
    tied = Link.objects.filter(instrument__isnull=False, provision__document=document).order_by()
    cited = Citation.objects.filter(commitment__provision__document=document, commitment__withdrawn="").order_by()
    pairs: Any = tied.values_list("instrument_id", "provision_id").union(
        cited.values_list("instrument_id", "commitment__provision_id")
    )
    for key, place in pairs:
        places[key].add(place)
    grid = list(Party.objects.filter(id__in=parties).order_by("id").values_list("id", "short_name", "tile_x", "tile_y"))
    steps = _steps(list(places))
    columns = ("id", "name", "kind", "established", "custodian")
    rows: Any = Instrument.objects.filter(id__in=list(places)).order_by("name")
    found = []
    for *about, url, publisher in rows.values_list(*columns, "source__url", "source__publisher"):
        events = steps.get(about[0], {})
        tiles = [
            Tile(party, name, x or 0, y or 0, *_furthest(events.get(party, []))) for party, name, x, y in grid
        ] if events else []  # fmt: skip
        found.append(InstrumentRow(*[*about, sorted(places[about[0]]), tiles, url or "", publisher or ""]))
    return sorted(found, key=lambda one: (-one.known, one.name))


def _steps(instruments: list[str]) -> dict[str, dict[str, list[tuple[str, str]]]]:
    found: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    asked = PartyEvent.objects.filter(instrument__in=instruments)
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


def party_rows() -> list[PartyRow]:
    """Return the parties with counts of what is recorded about each."""
    withdrawn = Claim.objects.filter(withdrawn__gt="").order_by()
    named, gone = (
        _counted(ClaimParty.objects.all()),
        _counted(ClaimParty.objects.filter(claim__in=withdrawn.values("pk"))),
    )
    standing = {party: n - gone.get(party, 0) for party, n in named.items()}
    active, stepped = _counted(ActivityParty.objects.filter(activity__withdrawn="")), _counted(PartyEvent.objects.all())
    asked = Party.objects.order_by("kind", "name").values_list("id", "name", "kind")
    return [PartyRow(*row, *(found.get(row[0], 0) for found in (standing, active, stepped))) for row in asked]


def _counted(rows: QuerySet[Any]) -> dict[str, int]:
    """Return how many of ``rows`` each party has."""
    return dict(rows.order_by().values_list("party_id").annotate(n=Count("*")))


def claims_naming(key: str) -> tuple[int, int]:
    """Return how many claims that stand name a party, and how many of them are unfavourable."""
    naming = ClaimParty.objects.filter(party=key, claim__withdrawn="")
    counts = naming.aggregate(all=Count("pk"), against=Count("pk", filter=Q(claim__stance="unfavourable")))
    return counts["all"], counts["against"]


def party_facts(key: str) -> dict[str, Any] | None:
    """Return a party with its memberships and its steps with instruments, or nothing."""
    about: Any = Party.objects.filter(pk=key).values("id", "name", "short_name", "kind").first()
    if about is None:
        return None
    party = Party(pk=key)
    member: Any = party.memberships.order_by("since").values("organisation__name", "since", "until")
    count = party.events.count()
    events: Any = party.events.order_by("-date", "-id").values(
        "instrument__name", "event", "date", "source__url", "source__publisher"
    )
    return {**about, "memberships": list(member), "events": list(events[:SHOWN])[::-1], "count": count}


def documents_signed(key: str, visible: Any) -> list[dict[str, Any]]:
    """Return the visible documents that a party signed, itself or as a member on the day."""
    direct = Q(signatories__party=key)
    member = Q(signatories__party__members__party=key)
    found: Any = Document.objects.filter(pk__in=visible.values("pk")).filter(direct | member).distinct()
    return list(found.order_by("adopted", "id").values("id", "short_title", "adopted"))
