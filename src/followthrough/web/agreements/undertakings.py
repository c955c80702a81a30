"""Who undertook each commitment of an agreement, and whether it promises one thing: what rule C5 asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from followthrough.assess.implementation_stages import Side, Undertaking, thing_of


def sides(signed: Sequence[dict[str, Any]]) -> tuple[Side, ...]:
    """Return the sides of an agreement from its signatories, an organisation with the members it ever had."""
    members: dict[str, set[str]] = {}
    for row in signed:
        held = members.setdefault(row["party__id"], set())
        if row["party__members__party"]:
            held.add(row["party__members__party"])
    return tuple(Side(party, frozenset(held)) for party, held in members.items())


def undertakings(
    signed: Sequence[dict[str, Any]], commitments: Iterable[tuple[str, str, str, str]]
) -> dict[str, Undertaking]:
    """Return what is undertaken at each place; ``commitments`` are (id, provision, verb, kind).

    At a provision one thing is promised only where every commitment of it promises the same.
    """
    both = sides(signed)
    found: dict[str, Undertaking] = {}
    for key, provision, verb, kind in commitments:
        thing = thing_of(verb, kind)
        found[key] = Undertaking(both, thing)
        whole = found.get(provision, found[key])
        found[provision] = whole if whole.thing == thing else Undertaking(both)
    return found
