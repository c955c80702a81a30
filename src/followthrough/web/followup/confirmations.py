"""What stands beside a record of what its parties say: who has confirmed it, and who has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activity_parties
from followthrough.web.agreements.models import Party
from followthrough.web.agreements.policy import visible_party_events
from followthrough.web.evidence.policy import visible_claim_parties
from followthrough.web.followup import clock
from followthrough.web.followup.models import RecordCheck
from followthrough.web.followup.party_record import ACTIVITY, CLAIM, FIGURE, STEP, field_words, fields_now, figures_now
from followthrough.web.followup.policy import (
    checks_to_decide,
    own_checks,
    visible_asking,
    visible_confirmations,
    visible_notes,
)
from followthrough.web.followup.states import Check
from followthrough.web.kit.wording import day

SPOKEN_OF = (CLAIM, ACTIVITY, STEP, FIGURE)
"""The kinds of records beside which stands what parties say of them."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one party, which a record names, says of it: when it confirmed it, in the time zone of the cycle."""

    party: str
    name: str
    on: datetime | None = None
    zone: str = ""

    @property
    def day(self) -> str:
        """The day on which it confirmed it, as it is written; empty where it has not."""
        return day(clock.local(self.on, self.zone).date().isoformat()) if self.on else ""


def confirmations_of(kind: str, key: str, by: Actor) -> list[Confirmation]:
    """Return who has confirmed a record, and who was asked and has not, by name; a confirmation is of what stands."""
    named = _named(kind, key, by)
    if not named:
        return []
    said = visible_confirmations(by).filter(kind=kind, record=key, party__in=named).select_related("cycle")
    given = list(said.order_by("at"))
    stands = fields_now(kind, key, named, by) if given else {}
    last = {one.party_id: one for one in given if one.before == stands.get(one.party_id)}
    asked = set(visible_asking(by).filter(party__in=named).values_list("party", flat=True))
    found = []
    for party, name in named.items():
        if party in last:
            found.append(Confirmation(party, name, last[party].at, last[party].cycle.zone))
        elif party in asked:
            found.append(Confirmation(party, name))
    return found


def _named(kind: str, key: str, by: Actor) -> dict[str, str]:
    """Return the parties that a record speaks of, by id with name, in the order of their names."""
    if kind == FIGURE:
        held: Any = Party.objects.filter(pk__in=figures_now(key, by)).values_list("pk", "name")
        return dict(held.order_by("name"))
    held = {CLAIM: visible_claim_parties, ACTIVITY: visible_activity_parties, STEP: visible_party_events}[kind](by)
    held = held.filter(**{"pk" if kind == STEP else kind: key})
    return dict(held.order_by("party__name").values_list("party", "party__name"))


def confirmed_steps(party: str, by: Actor) -> dict[str, Confirmation]:
    """Return which treaty actions of a party it has confirmed as they stand, by their id."""
    said = visible_confirmations(by).filter(kind=STEP, party=party).select_related("cycle", "party").order_by("at")
    given = list(said)
    held: Any = visible_party_events(by).filter(pk__in={one.record for one in given}).values_list("pk", "date")
    stands = {key: {"date": date} for key, date in held} if given else {}
    return {
        one.record: Confirmation(party, one.party.name, one.at, one.cycle.zone)
        for one in given
        if one.before == stands.get(one.record)
    }


def confirmations_beside(kind: str, key: str, by: Any) -> SafeString:
    """Return what the page of a record shows: confirmations, and proposals for those who made or decide them."""
    if kind not in SPOKEN_OF:
        return mark_safe("")
    confirmed = confirmations_of(kind, key, by)
    proposals = list(_proposals(kind, key, by))
    noted = list(visible_notes(by).filter(record=key).select_related("party", "cycle")) if kind == FIGURE else []
    if not confirmed and not proposals and not noted:
        return mark_safe("")
    context = {"confirmed": confirmed, "proposals": proposals, "noted": noted, "field_names": field_words()}
    return mark_safe(render_to_string("followup/_beside.html", context))  # noqa: S308 - a template escapes


def confirmed_facts(kind: str, key: str, by: Any) -> dict[str, Any]:
    """Return what the JSON of a record says: each party that was asked, and the day on which it confirmed."""
    if kind not in SPOKEN_OF:
        return {}
    return {
        "confirmations": [
            {
                "party": one.party, "state": "confirmed" if one.on else "not confirmed",
                "on": clock.local(one.on, one.zone).date().isoformat() if one.on else None,
            }
            for one in confirmations_of(kind, key, by)
        ]
    }  # fmt: skip


def _proposals(kind: str, key: str, by: Any) -> list[RecordCheck]:
    if not getattr(by, "is_authenticated", False):
        return []
    held = RecordCheck.objects.filter(kind=kind, record=key, decision="").exclude(answer=Check.RIGHT)
    mine = held.filter(pk__in=own_checks(by).values("pk")) | held.filter(pk__in=checks_to_decide(by).values("pk"))
    return list(mine.select_related("party").order_by("pk"))
