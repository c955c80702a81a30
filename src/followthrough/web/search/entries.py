"""How an entry of the index is made of a record."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from followthrough.web.search.groups import Group, Some
from followthrough.web.search.models import Entry
from followthrough.web.search.tokens import spaced, tokens

LONGEST = {"link": 1200, "name": 600, "says": 4000, "about": 600}


def entry(group: Group, record: str, document: str, text: str, *, number: str = "", **shown: str) -> Entry:
    """Return an entry; ``shown`` are its link, its name, what it says and what it is about."""
    folded = spaced(f"{record} {text}")
    return Entry(
        group=group.number,
        record=record,
        document=document,
        words=tokens(folded, number),
        exact="" if folded.isascii() else folded,
        **{part: text[: LONGEST[part]] for part, text in shown.items()},
    )


def some(asked: QuerySet[Any], ids: Some, name: str = "pk") -> QuerySet[Any]:
    """Return the records whose ``name`` is among the ids, or all of them."""
    return asked if ids is None else asked.filter(**{f"{name}__in": ids})
