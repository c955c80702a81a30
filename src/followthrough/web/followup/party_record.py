"""What the register holds of one party in an agreement, entry by entry, as the party is asked to check it.

It is evidence and activities that name the party, its treaty actions, and the newest figure of each indicator.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from followthrough.packs.cells import plain
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import ActivityRow, activities_of
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.policy import visible_party_events
from followthrough.web.agreements.rows import tail
from followthrough.web.assessments.recorded_evidence import parties_named
from followthrough.web.evidence.policy import visible_claims
from followthrough.web.evidence.rows import ClaimRow, claims_of
from followthrough.web.followup.models import Cycle, RecordCheck
from followthrough.web.indicators.indicator_rows import IndicatorRow, indicators
from followthrough.web.indicators.policy import visible_indicators
from followthrough.web.indicators.vintages import VintageRow, figures_of, shown_vintages
from followthrough.web.kit.wording import day
from followthrough.web.kit.wording import plain as in_words
from followthrough.web.links.scope import Scope
from followthrough.web.records.kinds import KINDS as RECORD_KINDS
from followthrough.web.records.policy import records_of

CLAIM, ACTIVITY, STEP, FIGURE, NEW = "claim", "activity", "step", "figure", "new"
"""The kinds of entries. A step is a treaty action, a figure the newest one of an indicator, known by the indicator's
id; ``new`` is what the register does not have."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    CLAIM: ("statement", "date", "value", "unit"),
    ACTIVITY: ("title", "start", "end", "lead_body"),
    STEP: ("date",),
    FIGURE: ("value",),
    NEW: (),
}
"""What can be corrected of an entry, by its kind."""
NAMES: Mapping[str, str] = {
    CLAIM: gettext_noop("evidence"), ACTIVITY: gettext_noop("activity"), STEP: gettext_noop("treaty action"),
    FIGURE: gettext_noop("figure of an indicator"),
}  # fmt: skip
"""What the kinds are called."""
TREATY_ACTIONS = RECORD_KINDS["treaty-action"]


@dataclass(frozen=True, slots=True)
class RecordOfParty:
    """One entry: what it says, of when, from whom; ``fields`` is what is confirmed of it, and can be corrected."""

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
    """Return the stamp of what is confirmed of an entry."""
    return hashlib.sha256(json.dumps(dict(fields), sort_keys=True).encode()).hexdigest()[:16]


def record_of(cycle: Cycle, party: str, by: Actor) -> list[RecordOfParty]:
    """Return what is on record of a party in the agreement of a cycle and ``by`` may see, by kind and newest first."""
    scope = Scope(document=cycle.document_id, by=by)
    named = parties_named(scope)
    claims = [_of_claim(one) for one in claims_of(scope) if party in named.get(one.id, ())]
    activities = [_of_activity(one) for one in activities_of(scope) if party in named.get(one.id, ())]
    steps = _steps(cycle.document_id, party, by)
    return [*_newest_first(claims), *_newest_first(activities), *_newest_first(steps), *_figures(scope, party)]


def fields_now(kind: str, key: str, parties: Collection[str], by: Actor) -> dict[str, dict[str, str]]:
    """Return what one record says of each of ``parties``, as it stands; nothing where ``by`` sees none."""
    if kind == FIGURE:
        held = figures_now(key, by)
        return {one: held[one] for one in parties if one in held}
    visible: Any = {CLAIM: visible_claims, ACTIVITY: visible_activities, STEP: visible_party_events}[kind](by)
    row = visible.filter(pk=key).values(*FIELDS[kind]).first()
    return {} if row is None else dict.fromkeys(parties, as_fields(row))


def figures_now(indicator: str, by: Actor) -> dict[str, dict[str, str]]:
    """Return the newest figure of each party, by its id, as it is confirmed."""
    if not visible_indicators(by).filter(pk=indicator).exists():
        return {}
    shown = [one.id for one in shown_vintages([indicator]).values()]
    return {party: newest(held) for areas in figures_of(shown).values() for party, held in areas.items()}


def newest_figures(keys: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the newest figures of indicators, by indicator and party, as they are confirmed; whoever may see them."""
    shown = {one.id: key for key, one in shown_vintages(keys).items()}
    held = figures_of(shown)
    return {(shown[key], party): newest(own) for key, areas in held.items() for party, own in areas.items()}


def newest(held: Mapping[int, str]) -> dict[str, str]:
    """Return the newest of the figures of a party, by year, as it is confirmed."""
    year = max(held)
    return {"period": str(year), "value": held[year]}


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


def _steps(document: str, party: str, by: Actor) -> list[RecordOfParty]:
    names = ("id", "instrument__name", "event", "date", "source__publisher", "source__url")
    return [
        RecordOfParty(
            STEP, key, f"{name}: {in_words(event)}", day(date), date, (), publisher, url, fields={"date": date}
        )
        for key, name, event, date, publisher, url in records_of(TREATY_ACTIONS, document, by)
        .filter(party=party)
        .values_list(*names)
    ]


def _figures(scope: Scope, party: str) -> list[RecordOfParty]:
    """Return the newest figure of a party of each indicator that is tied to an agreement and not worked out here."""
    rows = [one for one in indicators(scope) if one.derived_from is None]
    shown = shown_vintages(one.id for one in rows)
    held = figures_of((one.id for one in shown.values()), party)
    found = [
        _of_figure(one, shown[one.id], newest(areas[party]))
        for one in rows
        if one.id in shown and party in (areas := held.get(shown[one.id].id, {}))
    ]
    return sorted(found, key=lambda one: one.says)


def _of_figure(row: IndicatorRow, vintage: VintageRow, fields: Mapping[str, str]) -> RecordOfParty:
    places = tuple(sorted({tail(place) for place, _why in row.places}))
    says, year = f"{row.title}: {fields['value']} {row.unit}".strip(), fields["period"]
    return RecordOfParty(FIGURE, row.id, says, year, year, places, vintage.publisher, vintage.url, fields=fields)


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
