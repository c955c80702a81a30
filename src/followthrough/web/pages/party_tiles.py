"""The governments of an agreement as tiles that lie roughly as on a map, each with the evidence that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from followthrough.web.agreements import rows as register

SHADES = 4


@dataclass(frozen=True, slots=True)
class PartyTile:
    """A government: its place in the grid, how many items name it, and the depth of its tile; 0 is silent."""

    party: str
    name: str
    x: int
    y: int
    items: int
    shade: int


def party_tiles(signed: list[dict[str, Any]], counts: Mapping[str, int]) -> list[PartyTile]:
    """Return the governments of an agreement, each with its items and the depth of its tile: its share of the most."""
    tiles = register.tiles_of(signed)
    most = max((counts.get(party, 0) for party, *_ in tiles), default=0)
    return [
        PartyTile(party, name, x or 0, y or 0, items, -(-SHADES * items // most) if most else 0)
        for party, name, x, y in tiles
        for items in (counts.get(party, 0),)
    ]
