"""What the index is asked: which entries of each kind hold what a query asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection

from followthrough.web.search.asking import OF_KIND, Unit, looked_up, ways_of, written_out
from followthrough.web.search.closed import Closed
from followthrough.web.search.groups import makers
from followthrough.web.search.models import BLOCKS, KIND, SIZE
from followthrough.web.search.vocabulary import Expansions, entries_with

COUNTED = 1_000
"""How many entries of a kind are counted."""
FEW = 5_000
"""Entries with a word that the index finds sooner than it is looked for in those that are known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The units of a query, and what their tokens are looked up as."""

    units: list[Unit]
    words: Expansions

    def among(self, units: list[Unit]) -> Asked:
        """Return the same of some of the units."""
        return Asked(units, self.words)


def by_group(keys: Sequence[int]) -> dict[int, Sequence[int]]:
    """Cut sorted ids into those of each kind: an id is its kind's number followed by its place in line."""
    bounds = {
        group.number: (bisect_left(keys, group.number * KIND), bisect_left(keys, (group.number + 1) * KIND))
        for group in makers()
    }
    return {number: keys[start:end] for number, (start, end) in bounds.items() if start < end}


def matching(
    asked: Asked,
    closed: Closed = frozenset(),
    *,
    every: bool = True,
    translated: bool = True,
    most: int = COUNTED + 1,
) -> list[int]:
    """Return the ids of the entries that hold ``every`` unit or one of them, in order.

    Of each kind about ``most`` are looked for, and none of ``closed`` is among them.
    """
    written = _written(asked, every=every, translated=translated)
    return _found(*_of_each_kind(written, closed, most), closed) if written else []


def holds_any(asked: Asked, closed: Closed = frozenset()) -> bool:
    """Tell whether an entry that is not of ``closed`` holds every unit, and look no further than the first."""
    written = _written(asked)
    if not written:
        return False
    sql, params = _of_each_kind(written, closed, 1)
    return bool(_found(f"{sql} LIMIT %s", [*params, 1 + len(closed)], closed))


def saying(asked: Asked, held: Mapping[int, Sequence[int]], most: int) -> list[int]:
    """Return of the entries ``held`` of each kind the first ``most`` that have the words of the query themselves."""
    written = _written(asked, translated=False)
    if not written or not held:
        return []
    if connection.vendor != "postgresql":
        return _found(*_of_each_kind(written, frozenset(), most, held))
    if _entries_at_most(asked) <= FEW:
        among = {key for keys in held.values() for key in keys}
        looked_for = _found(*_of_each_kind(written, frozenset(), FEW, held))
        return _first([key for key in looked_for if key in among], most)
    # to look at entries that are known takes less than to find all that have common words once more
    blocks = [block for kind, keys in held.items() for block in _by_block(kind, keys)]
    params: list[str | int] = []
    for block, keys in blocks:
        params += [written.replace(f"'{OF_KIND}", f"'{block}{OF_KIND}"), ids_written(keys), most]
    known = ", ".join(["(%s::tsquery, %s::bigint[], %s)"] * len(blocks))
    said = "SELECT id FROM search_entry WHERE id = ANY (asked.ids) AND vector @@ asked.words LIMIT asked.most"
    entries = f"(VALUES {known}) AS asked (words, ids, most), LATERAL ({said}) AS found"
    return _first(_found(f"SELECT found.id FROM {entries}", params), most)  # noqa: S608 - what is asked for goes in as parameters


def _first(found: Sequence[int], most: int) -> list[int]:
    """Return the first of each kind."""
    return [key for keys in by_group(found).values() for key in keys[:most]]


def _entries_at_most(asked: Asked) -> int:
    """Return how many entries were ever written, at most, with every unit of a query in its own words."""
    slots = [[slot for way in ways_of(unit, translated=False) for slot in way] for unit in asked.units]
    looked = [[word for slot in some for word in looked_up(slot, asked.words)] for some in slots]
    written = entries_with({word for some in looked for word in some})
    return min(sum(written.get(word, FEW + 1) for word in some) for some in looked)


def _written(asked: Asked, *, every: bool = True, translated: bool = True) -> str:
    return written_out(asked.units, asked.words, every=every, translated=translated, vendor=connection.vendor)


_OF_BLOCK = f"replace(%s, '''{OF_KIND}', '''' || asked.kind || '.' || block || '{OF_KIND}')::tsquery"
"""A query of PostgreSQL about the entries of one block of a kind."""


def _by_block(kind: int, keys: Sequence[int]) -> list[tuple[str, Sequence[int]]]:
    """Cut sorted ids of a kind into those of each block, with what stands before its words on PostgreSQL."""
    bounds = [0, *(bisect_left(keys, kind * KIND + at * SIZE) for at in range(1, BLOCKS)), len(keys)]
    return [(f"{kind}.{at}", keys[start:end]) for at, (start, end) in enumerate(pairwise(bounds)) if start < end]


def ids_written(keys: Iterable[int]) -> str:
    """Return ids as PostgreSQL reads a list of them; psycopg takes its time, since it looks at the type of each."""
    return f"{{{','.join(map(str, keys))}}}"


def _of_each_kind(
    written: str, closed: Closed, most: int, kinds: Iterable[int] | None = None
) -> tuple[str, list[str | int]]:
    """Return the statement that asks for the entries of each kind by themselves, as many of each as its limit says."""
    closed_of = Counter(key // KIND for key in closed)
    numbers = [group.number for group in makers()] if kinds is None else list(kinds)
    limits = [most + closed_of[number] for number in numbers]
    if connection.vendor == "postgresql":
        # all entries of a word are read before the first is given: of one block, and of the next where they are too few
        asked = ", ".join(["(%s, %s)"] * len(numbers))
        held = f"SELECT id FROM search_entry WHERE vector @@ {_OF_BLOCK} LIMIT asked.most"  # noqa: S608
        blocks = f"generate_series(0, {BLOCKS - 1}) AS block, LATERAL ({held}) AS hit"
        bounds_of: list[str | int] = [param for pair in zip(numbers, limits, strict=True) for param in pair]
        found = f"SELECT hit.id FROM {blocks} LIMIT asked.most"  # noqa: S608
        kinds_asked = f"(VALUES {asked}) AS asked (kind, most), LATERAL ({found}) AS found"
        return f"SELECT found.id FROM {kinds_asked}", [*bounds_of, written]  # noqa: S608 - what is asked for goes in
    one = "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid >= %s AND rowid < %s LIMIT %s"
    bounds = [(written, at * KIND, (at + 1) * KIND, limit) for at, limit in zip(numbers, limits, strict=True)]
    params = [param for bound in bounds for param in bound]
    return " UNION ALL ".join([f"SELECT * FROM ({one})"] * len(numbers)), params  # noqa: S608


def _found(sql: str, params: Sequence[Any], closed: Closed = frozenset()) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return sorted(key for (key,) in cursor.fetchall() if key not in closed)
