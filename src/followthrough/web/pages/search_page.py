"""What the page of a search says: what was looked for, the best match, and the hits of each kind with marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.web.kit.locales import language_name
from followthrough.web.kit.wording import grouped
from followthrough.web.search.query import Found, Hit
from followthrough.web.search.ranking import Patterns, marked, snippet

FEW = 6
"""Hits of a kind that are shown beside those of other kinds."""


class MarkedHit(NamedTuple):
    """A hit with its name and what it says in pieces, each with whether it is of what was asked for."""

    link: str
    name: list[tuple[str, bool]]
    text: list[tuple[str, bool]]
    about: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The hits of one kind as the page shows them; ``more`` is the address of all of them, ``said`` their number."""

    name: str
    count: int
    said: str
    hits: list[MarkedHit]
    more: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """A word of the query that was looked for as other words too, and the language it is of, if not English."""

    written: str
    alike: str
    language: str


def parts_of(found: Found, q: str, kind: str) -> list[Part]:
    """Return every kind with hits; those of the chosen one are shown, or a few of each where none is chosen."""
    kinds = {slugify(group.name): group for group in found.groups}
    chosen = kind if kind in kinds else ""
    parts = []
    for name, group in kinds.items():
        count = len(group.hits) if name == chosen else 0 if chosen else FEW
        hits = [_marked(hit, found.patterns) for hit in group.hits[:count]]
        said = _("over %(count)s") % {"count": grouped(group.count)} if group.more else grouped(group.count)
        more = f"?{urlencode({'q': q, 'kind': name})}"
        parts.append(Part(group.name, group.count, said, hits, more, name == chosen))
    return parts


def best_of(found: Found, parts: Sequence[Part]) -> list[MarkedHit]:
    """Return the best matches of all kinds; none where one kind was chosen, or where they are all there is."""
    if any(part.chosen for part in parts) or found.total <= 1:
        return []
    return [_marked(hit, found.patterns, kind) for kind, hit in found.best]


def meanings(found: Found) -> list[Meant]:
    """Return what was looked for beside the words of the query."""
    return [
        Meant(unit.written, ", ".join(unit.alike), language_name(unit.language) if unit.language else "")
        for unit in found.units
        if unit.alike
    ]


def _marked(hit: Hit, patterns: Sequence[Patterns], kind: str = "") -> MarkedHit:
    return MarkedHit(hit.link, marked(hit.name, patterns), snippet(hit.text, patterns), hit.about, kind)
