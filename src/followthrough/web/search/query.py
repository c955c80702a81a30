"""Search over everything in the register: every word must be there, capitals and accents do not count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden
from followthrough.web.search.groups import makers
from followthrough.web.search.index import follow
from followthrough.web.search.models import KIND, Entry
from followthrough.web.search.tokens import Wanted, wanted

SHOWN, CHECKED = 50, 5_000
"""How many hits of a kind are shown; up to how many of a kind are looked at letter by letter for other scripts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: where it is, what it is called, what is said of it."""

    id: str
    link: str
    name: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of one kind; ``count`` is of all, ``hits`` the first of them."""

    name: str
    count: int
    hits: list[Hit]


def search(by: Actor, q: str) -> list[Results]:
    """Return what matches ``q`` of all that ``by`` may see, by kind; a number finds the place that bears it."""
    asked = wanted(q)
    if not asked:
        return []
    follow()
    closed = _closed(by)
    found = {at: [key for key in keys if key not in closed] for at, keys in _by_group(_matching(asked)).items()}
    if asked.parts:
        found = {at: _holding(keys[:CHECKED], asked.parts) for at, keys in found.items()}
    shown = _hits([key for keys in found.values() for key in keys[:SHOWN]])
    names = {group.number: group.name for group in makers()}
    return [
        Results(names[at], len(keys), [shown[key] for key in keys[:SHOWN]]) for at, keys in found.items() if keys
    ]  # fmt: skip


def _closed(by: Actor) -> set[int]:
    """Return the entries that a person may not see: few, beside all that there are.

    Things of their own are asked for by themselves; all others by the document under which they are shown.
    """
    documents = hidden("document", by)
    if documents is None:
        return set()
    alone = [group.number for group in makers() if group.own_page]
    others = f"{_GROUP} NOT IN ({', '.join(['%s'] * len(alone))})"
    asked = [(f"document IN ({documents.sql}) AND {others}", [*documents.params, *alone])]
    for group in makers():
        if group.record and group.hidden:
            ids = hidden(group.record, by) or documents
            asked.append((f"{_GROUP} = %s AND record IN ({ids.sql})", [group.number, *ids.params]))
    sql = " UNION ".join(f"SELECT id FROM {Entry._meta.db_table} WHERE {condition}" for condition, _ in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _, params in asked for param in params])
        return {key for (key,) in cursor.fetchall()}


_GROUP = '"group"'


def _by_group(keys: Sequence[int]) -> dict[int, Sequence[int]]:
    """Cut sorted ids into those of each kind: an id is its kind's number followed by its place in line."""
    bounds = {
        group.number: (bisect_left(keys, group.number * KIND), bisect_left(keys, (group.number + 1) * KIND))
        for group in makers()
    }
    return {number: keys[start:end] for number, (start, end) in bounds.items() if start < end}


def _holding(keys: Sequence[int], parts: Sequence[str]) -> list[int]:
    """Return the entries whose text holds every part as it is written."""
    texts = Entry.objects.filter(pk__in=keys).order_by("id").values_list("id", "exact")
    return [key for key, text in texts if all(part in text for part in parts)]


def _hits(keys: Sequence[int]) -> dict[int, Hit]:
    if not keys:
        return {}
    table, places = Entry._meta.db_table, ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, record, link, name, says, about FROM {table} WHERE id IN ({places})", list(keys))  # noqa: S608 - numbers go in as parameters
        return {key: Hit(*cells) for key, *cells in cursor.fetchall()}


def _matching(asked: Wanted) -> list[int]:
    """Return the ids of the entries that hold all tokens, in order."""
    sql, written = (_POSTGRESQL, _tsquery) if connection.vendor == "postgresql" else (_SQLITE, _match)
    with connection.cursor() as cursor:
        cursor.execute(sql, [written(asked)])
        return sorted(key for (key,) in cursor.fetchall())


_SQLITE = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
_POSTGRESQL = "SELECT id FROM search_entry WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery"


def _match(asked: Wanted) -> str:
    """Write a query of SQLite's FTS5: quoted strings, a star after the beginning of a word."""
    return " AND ".join([*(f'"{token}"' for token in asked.whole), *(f'"{token}"*' for token in asked.begun)])


def _tsquery(asked: Wanted) -> str:
    """Write a query of PostgreSQL: quoted lexemes, ``:*`` after the beginning of a word."""
    return " & ".join([*(f"'{token}'" for token in asked.whole), *(f"'{token}':*" for token in asked.begun)])
