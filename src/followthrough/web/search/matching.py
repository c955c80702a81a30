"""What the index is asked: which entries of each kind hold what a query asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from followthrough.web.search.asking import OF_KIND, Unit, written_out
from followthrough.web.search.closed import Closed
from followthrough.web.search.groups import makers
from followthrough.web.search.models import KIND
from followthrough.web.search.vocabulary import Expansions

COUNTED = 1_000
"""How many entries of a kind are counted."""


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
    # to look at entries that are known takes less than to find all that have common words once more
    params = [param for number, keys in held.items() for param in (_of_kind(written, number), list(keys), most)]
    known = ", ".join(["(%s::tsquery, %s::bigint[], %s)"] * len(held))
    said = "SELECT id FROM search_entry WHERE id = ANY (asked.ids) AND vector @@ asked.words LIMIT asked.most"
    entries = f"(VALUES {known}) AS asked (words, ids, most), LATERAL ({said}) AS found"
    return _found(f"SELECT found.id FROM {entries}", params)  # noqa: S608 - what is asked for goes in as parameters


def _written(asked: Asked, *, every: bool = True, translated: bool = True) -> str:
    return written_out(asked.units, asked.words, every=every, translated=translated, vendor=connection.vendor)


def _of_kind(written: str, number: int) -> str:
    """Return a query of PostgreSQL about the entries of one kind."""
    return written.replace(f"'{OF_KIND}", f"'{number}{OF_KIND}")


def _of_each_kind(
    written: str, closed: Closed, most: int, kinds: Iterable[int] | None = None
) -> tuple[str, list[str | int]]:
    """Return the statement that asks for the entries of each kind by themselves, as many of each as its limit says."""
    closed_of = Counter(key // KIND for key in closed)
    numbers = [group.number for group in makers()] if kinds is None else list(kinds)
    limits = [most + closed_of[number] for number in numbers]
    if connection.vendor == "postgresql":
        asked = ", ".join(["(%s::tsquery, %s)"] * len(numbers))
        held = "SELECT id FROM search_entry WHERE vector @@ asked.words LIMIT asked.most"
        params = [param for at, limit in zip(numbers, limits, strict=True) for param in (_of_kind(written, at), limit)]
        return f"SELECT found.id FROM (VALUES {asked}) AS asked (words, most), LATERAL ({held}) AS found", params  # noqa: S608
    one = "SELECT rowid FROM search_words WHERE search_words MATCH %s AND rowid >= %s AND rowid < %s LIMIT %s"
    bounds = [(written, at * KIND, (at + 1) * KIND, limit) for at, limit in zip(numbers, limits, strict=True)]
    params = [param for bound in bounds for param in bound]
    return " UNION ALL ".join([f"SELECT * FROM ({one})"] * len(numbers)), params  # noqa: S608


def _found(sql: str, params: Sequence[Any], closed: Closed = frozenset()) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return sorted(key for (key,) in cursor.fetchall() if key not in closed)
