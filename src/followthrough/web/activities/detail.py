"""One activity: where it stands in the project cycle, what its dates lead to, and whom its money serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from followthrough.assess.project_cycle import EVENT, PATH, Computed, computed
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.activity_rows import ACTIVITY, ActivityRow, activity_row, seen_wholes
from followthrough.web.activities.policy import visible_activities, visible_activity_events, visible_activity_parties
from followthrough.web.agreements.policy import visible_instruments
from followthrough.web.agreements.sources import SOURCE
from followthrough.web.links.rows import LinkedPlace, linked_places


@dataclass(frozen=True, slots=True)
class Stage:
    """A state on the way: ``done``, ``now``, ``passed over`` without a date, or ``ahead``; and its date if known."""

    state: str
    look: str
    date: str


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything that the page of an activity shows."""

    row: ActivityRow
    fund: tuple[str, str]
    parties: list[tuple[str, str]]
    parts: list[tuple[str, str]]
    replaces: list[tuple[str, str]]
    whole: tuple[str, str]
    served: list[LinkedPlace]
    events: list[dict[str, Any]]
    stages: list[Stage]
    dates: Computed

    @property
    def shared(self) -> Decimal | None:
        """The share of the money that is linked to commitments, in per cent; nothing where no share is known."""
        known = [one.link.share for one in self.served if one.link.share is not None]
        return sum(known, Decimal(0)) if known else None


def detail(key: str, by: Actor, today: str) -> Detail | None:
    """Return an activity, or nothing where ``by`` sees none."""
    cells = (*ACTIVITY, *(f"source__{name}" for name in SOURCE))
    found: Any = visible_activities(by).filter(pk=key).values_list(*cells, "fund_id").first()
    if found is None:
        return None
    (row,) = seen_wholes([activity_row(found[: len(cells)])], by)
    fund = visible_instruments(by).filter(pk=found[-1] or "").values_list("id", "name").first()
    seen = visible_activities(by)
    whole = seen.filter(pk=row.parent).values_list("id", "title").first() if row.parent else None
    parties: Any = visible_activity_parties(by).filter(activity=key).order_by("party__name")
    events: Any = (
        visible_activity_events(by)
        .filter(activity=key)
        .values("event", "date", "note", "source__url", "source__publisher")
    )
    dated = {one["event"]: one["date"] for one in events}
    return Detail(
        row,
        fund or ("", ""),
        list(parties.values_list("party_id", "party__name")),
        list(seen.filter(parent=key, withdrawn="").values_list("id", "title")),
        list(seen.filter(replaced_by=key).values_list("id", "title")),
        whole or ("", ""),
        linked_places("activity", key, by),
        list(events),
        stages(row.state, dated),
        computed(dated, as_of=today),
    )


def stages(state: str, dated: Mapping[str, str]) -> list[Stage]:
    """Return the stages of the way, each with its look; of one off the way only what is dated is done."""
    at = PATH.index(state) if state in PATH else -1
    found = []
    for place, name in enumerate(PATH):
        date = dated.get(EVENT[name], "")
        look = "now" if place == at else "done" if date else "passed over" if place < at else "ahead"
        found.append(Stage(name, look, date))
    return found
