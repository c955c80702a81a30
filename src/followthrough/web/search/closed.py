"""The entries of the index that a person may not see."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence, Set

from django.db import connection
from django.db.models.expressions import RawSQL

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor
from followthrough.web.accounts.record_registry import hidden_name, hidden_together
from followthrough.web.search.groups import Group, makers
from followthrough.web.search.index import state
from followthrough.web.search.models import Entry

Closed = Set[int]
_GROUP = '"group"'
PEOPLE, MOST = 16, 20_000
"""People whose closed entries a process keeps, and how many entries of each at most."""
_kept: OrderedDict[tuple[int, str, int | None], frozenset[int]] = OrderedDict()
"""Closed entries by the state of the index and the person: PostgreSQL plans what hides longer than it searches."""


def forget() -> None:
    """Forget what was kept."""
    _kept.clear()


def closed_to(by: Actor) -> Closed:
    """Return the entries that a person may not see: few, beside all that there are.

    They are kept until the register or the index changes: whatever changes what is seen has its audit event.
    """
    recorded = [group for group in makers() if group.record and group.hidden]
    begun = hidden_together(("document", *(group.record for group in recorded)), by)
    if begun is None:
        return frozenset()
    key = (*state(), by.pk if isinstance(by, User) and by.is_active else None)
    found = _kept.get(key)
    if found is None:
        found = _asked(begun, recorded)
        if len(found) <= MOST:
            _kept[key] = found
        if len(_kept) > PEOPLE:
            _kept.popitem(last=False)
    return found


def _asked(begun: RawSQL, recorded: Sequence[Group]) -> frozenset[int]:
    """Ask for the closed entries, by a query that begins with what is hidden.

    Things of their own are asked for by themselves; all others by the document under which they are shown.
    """
    alone = [group.number for group in makers() if group.own_page]
    others = f"{_GROUP} NOT IN ({', '.join(['%s'] * len(alone))})"
    asked = [f"document IN (SELECT id FROM {hidden_name('document')}) AND {others}"]  # noqa: S608
    asked += [f"{_GROUP} = %s AND record IN (SELECT id FROM {hidden_name(group.record)})" for group in recorded]  # noqa: S608
    sql = " UNION ".join(f"SELECT id FROM {Entry._meta.db_table} WHERE {condition}" for condition in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{begun.sql} {sql}", [*begun.params, *alone, *(group.number for group in recorded)])
        return frozenset(key for (key,) in cursor.fetchall())
