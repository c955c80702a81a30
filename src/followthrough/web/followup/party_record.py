"""What the register holds of one party in an agreement, entry by entry, as the party is asked to check it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import ActivityRow, activities_of
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.rows import tail
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.followup.models import Cycle, RecordCheck
from followthrough.web.kit.wording import day
from followthrough.web.links.scope import Scope

CLAIM, ACTIVITY, NEW = "claim", "activity", "new"
"""The kinds of entries; ``new`` is one that the register does not have."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    CLAIM: ("statement", "date", "value", "unit"),
    ACTIVITY: ("title", "start", "end", "lead_body"),
    NEW: (),
}
"""What can be corrected of an entry, by its kind."""


@dataclass(frozen=True, slots=True)
class RecordOfParty:
    """One entry: what it says, of when, from whom; ``fields`` is what can be corrected, as it stands."""

    kind: str
    id: str
    says: str
    when: str
    order: str
    places: tuple[str, ...]
    publisher: str
    url: str
    adverse: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its name in forms and workbooks."""
        return f"{self.kind}:{self.id}"

    @property
    def stamp(self) -> str:
        """The stamp of what it says: another one where it was changed since it was shown."""
        return record_stamp(self.fields)


def record_stamp(fields: Mapping[str, str]) -> str:
    """Return the stamp of what can be corrected of an entry."""
    return hashlib.sha256(json.dumps(dict(fields), sort_keys=True).encode()).hexdigest()[:16]


def record_of(cycle: Cycle, party: str, by: Actor) -> list[RecordOfParty]:
    """Return what is on record of a party in the agreement of a cycle and ``by`` may see, by kind and newest first."""
    scope = Scope(document=cycle.document_id, by=by)
    named = parties_named(scope)
    claims = [_of_claim(one) for one in claims_of(scope) if party in named.get(one.id, ())]
    activities = [_of_activity(one) for one in activities_of(scope) if party in named.get(one.id, ())]
    return [*_newest_first(claims), *_newest_first(activities)]


def fields_now(kind: str, key: str, by: Actor) -> dict[str, str] | None:
    """Return what can be corrected of one record, as it stands; nothing where ``by`` sees none."""
    held: Any = visible_claims(by) if kind == CLAIM else visible_activities(by)
    row = held.filter(pk=key).values(*FIELDS[kind]).first()
    return None if row is None else as_fields(row)


def as_fields(row: Mapping[str, Decimal | str | None]) -> dict[str, str]:
    """Return what can be corrected of a record as a check keeps it."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Decimal | str | None) -> str:
    return "" if value is None else plain(value) if isinstance(value, Decimal) else value


def _newest_first(found: Iterable[RecordOfParty]) -> list[RecordOfParty]:
    return sorted(found, key=lambda one: (one.order, one.id), reverse=True)


def _of_claim(row: ClaimRow) -> RecordOfParty:
    fields = {"statement": row.statement, "date": row.date, "value": _cell(row.value), "unit": row.unit}
    when = day(row.date) if row.date else ""
    places = tuple(sorted({tail(one.place) for one in row.ties}))
    return RecordOfParty(
        CLAIM, row.id, row.statement, when, row.date, places, row.source.publisher, row.source.url, row.unfavourable,
        fields,
    )  # fmt: skip


def _of_activity(row: ActivityRow) -> RecordOfParty:
    fields = {"title": row.title, "start": row.start, "end": row.end, "lead_body": row.lead_body}
    when = " – ".join(day(one) for one in (row.start, row.end) if one)
    places = tuple(sorted({tail(one.place) for one in row.ties}))
    return RecordOfParty(
        ACTIVITY, row.id, row.title, when, row.start or row.end, places, row.source.publisher, row.source.url,
        fields=fields,
    )  # fmt: skip


def said_of(cycle: Cycle, party: str) -> dict[str, RecordCheck]:
    """Return what a party has said so far in a cycle, by the key of the entry."""
    held = RecordCheck.objects.filter(cycle=cycle, party=party, replaced=False)
    return {f"{one.kind}:{one.record}": one for one in held}


def field_words() -> dict[str, str]:
    """Return what the fields that can be corrected are called."""
    return {
        "statement": _("What it says"), "date": _("Date"), "value": _("Value"), "unit": _("Unit"), "title": _("Title"),
        "start": _("Begins"), "end": _("Ends"), "lead_body": _("Lead body"),
    }  # fmt: skip
