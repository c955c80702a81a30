"""One party: its memberships, its treaty actions, and the documents it signed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Window

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_documents, visible_party_events

SHOWN = 40
"""Steps of one party that its page shows, the newest."""


def party_facts(key: str, by: Actor) -> dict[str, Any] | None:
    """Return a party with its memberships and its steps with instruments, or nothing."""
    about: Any = Party.objects.filter(pk=key).values("id", "name", "short_name", "kind").first()
    if about is None:
        return None
    party = Party(pk=key)
    member: Any = party.memberships.order_by("since").values("organisation__name", "since", "until")
    steps = visible_party_events(by).filter(party=key).annotate(of=Window(Count("pk")))
    names = ("id", "instrument__name", "event", "date", "source__url", "source__publisher", "of")
    events: Any = list(steps.order_by("-date", "-id").values(*names)[:SHOWN])
    count = events[0]["of"] if events else 0
    return {**about, "memberships": list(member), "events": events[::-1], "count": count}


def party_name(key: str) -> dict[str, Any] | None:
    """Return the id and the name of a party, or nothing."""
    found: Any = Party.objects.filter(pk=key).values("id", "name").first()
    return dict(found) if found else None


def documents_signed(key: str, by: Actor) -> list[dict[str, Any]]:
    """Return the visible documents that a party signed, itself or as a member on the day."""
    direct = Q(signatories__party=key)
    member = Q(signatories__party__members__party=key)
    found: Any = visible_documents(by).filter(direct | member).distinct()
    return list(found.order_by("adopted", "id").values("id", "short_title", "adopted"))
