"""What readers and parties said about a place or an evidence item, once it is published: shown beside the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from followthrough.web.accounts.policy import Actor
from followthrough.web.evidence.policy import visible_comments


class PublishedComment(NamedTuple):
    """A comment of a reader, or the reply of a party where ``party`` is its id; with the answer of the secretariat."""

    about: str
    text: str
    who: str
    party: str
    at: datetime
    answer: str


def comments_about(refs: Iterable[str], by: Actor, document: str = "") -> list[PublishedComment]:
    """Return what was published about places of a document, or evidence items of any: replies first, then by time."""
    held = visible_comments(by).filter(place__in=set(refs))
    held = held.filter(document=document) if document else held
    rows: Any = held.order_by("at", "pk").values_list("place", "text", "signed", "party__name", "party", "at", "answer")
    found = [
        PublishedComment(about, text, name or signed, party or "", at, answer)
        for about, text, signed, name, party, at, answer in rows
    ]
    return sorted(found, key=lambda one: not one.party)
