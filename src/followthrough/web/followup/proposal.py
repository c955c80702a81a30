"""Whom a new cycle asks about what: proposed from who undertook a paragraph, and from the cycle before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from followthrough.spreadsheets.known import KnownParty
from followthrough.spreadsheets.parties import match_party
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements import rows as agreement_rows
from followthrough.web.agreements.models import Commitment, Party
from followthrough.web.agreements.policy import visible_commitments
from followthrough.web.followup.lead_bodies import known_bodies
from followthrough.web.followup.models import Assignment, Cycle

_PIECES = re.compile(r"[;,+&]|\band\b")


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """A paragraph of which a cycle can ask: its commitments, and the parties that its actors name; all where none."""

    id: str
    ref: str
    heading: str
    section: str
    commitments: tuple[str, ...]
    parties: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new cycle could ask: its places in order, and the states behind the signatories, by id with name."""

    places: tuple[AskedPlace, ...]
    parties: Mapping[str, str]
    previous: Cycle | None

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The proposed pairs of place and party."""
        return frozenset((place.id, party) for place in self.places for party in place.parties)


def propose(document: str, by: Actor, *, example: bool = False) -> Proposal:
    """Return what ``by`` could ask of whom in a new cycle over an agreement.

    Where there was a cycle before, its pairs are proposed for the places that it asked about; an ``example`` follows
    examples alone, and what is real follows what is real. Otherwise they are the parties that were asked about what
    lineage ties a place to, else those that its actors name. A lead body is proposed by ``lead_bodies``.
    """
    states = agreement_rows.states_of(agreement_rows.signatories([document])[document])
    names: dict[str, str] = dict(Party.objects.filter(pk__in=states).order_by("name").values_list("pk", "name"))
    previous = Cycle.objects.filter(document=document, example=example).order_by("-opened").first()
    before = _pairs_of(previous) if previous else {}
    provisions = agreement_rows.provision_rows([document])
    sections = {one.id: one for one in provisions}
    known = _known(document)
    places, held = [], _commitments(document, by)
    bodies = known_bodies(document, {place: [one.pk for one in many] for place, many in held.items()}, previous, by)
    for place, commitments in held.items():
        row = sections[place]
        lineage = bodies[place].parties & set(names)
        parties = before.get(place) or lineage or _named([one.actors for one in commitments], known, names)
        section = sections[row.parent].heading if row.parent in sections else ""
        keys = tuple(one.pk for one in commitments)
        places.append(
            AskedPlace(place, row.ref, row.heading, section, keys, tuple(sorted(parties)), bodies[place].lead)
        )
    return Proposal(tuple(places), names, previous)


def _commitments(document: str, by: Actor) -> dict[str, list[Commitment]]:
    held = visible_commitments(by).filter(provision__document=document, withdrawn="")
    found: dict[str, list[Commitment]] = {}
    for one in held.order_by("provision__position", "position"):
        found.setdefault(one.provision_id, []).append(one)
    return found


def _pairs_of(cycle: Cycle) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows: Any = Assignment.objects.filter(report__cycle=cycle).values_list("commitment__provision", "report__party")
    for place, party in rows:
        found.setdefault(place, set()).add(party)
    return found


def _known(document: str) -> dict[str, tuple[KnownParty, tuple[str, ...]]]:
    """Return the signatories and the members behind them, by id, each with the states that it stands for."""
    found: dict[str, tuple[KnownParty, tuple[str, ...]]] = {}
    signed = agreement_rows.signatories([document])[document]
    members: dict[str, list[str]] = {}
    for row in signed:
        if row["party__members__party"]:
            members.setdefault(row["party__id"], []).append(row["party__members__party"])
    keys = {row["party__id"] for row in signed} | {one for many in members.values() for one in many}
    for one in Party.objects.filter(pk__in=keys):
        party = KnownParty(one.pk, (one.name, one.short_name), organisation=one.pk in members)
        found[one.pk] = (party, tuple(members.get(one.pk, [one.pk])))
    return found


def _named(
    actors: Iterable[str], known: Mapping[str, tuple[KnownParty, tuple[str, ...]]], states: Mapping[str, str]
) -> set[str]:
    """Return the states that the actors of all commitments of a place name; all where one of them names none."""
    found: set[str] = set()
    parties = tuple(party for party, _ in known.values())
    for text in actors:
        named = {key for piece in _PIECES.split(text) for key in _first_words(piece.split(), parties)}
        if not named:
            return set(states)
        found |= {state for key in named for state in known.get(key, (None, (key,)))[1]}
    return found & set(states) or set(states)


def _first_words(words: Sequence[str], parties: tuple[KnownParty, ...]) -> tuple[str, ...]:
    """Return the party with whose name a piece begins: ``ROK support`` begins with one."""
    for length in range(len(words), 0, -1):
        match = match_party(" ".join(words[:length]), parties)
        if match.ids:
            return match.ids
    return ()
