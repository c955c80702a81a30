"""One activity: where it stands in the project cycle, what its dates lead to, and whom its money serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from followthrough.assess.cycle import EVENT, PATH, Computed, computed
from followthrough.web.activities.models import Activity, ActivityEvent, ActivityParty
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.rows import tail
from followthrough.web.evidence.models import Link
from followthrough.web.evidence.rows import ACTIVITY, SOURCE, ActivityRow, activity_row


@dataclass(frozen=True, slots=True)
class Served:
    """A place that an activity serves: in which role, with what share of the money, why, and whether confirmed."""

    id: str
    document: str
    said: str
    role: str
    share: Decimal | None
    rationale: str
    origin: str
    confirmed: str
    link: str

    @property
    def ref(self) -> str:
        """The last part of its id."""
        return tail(self.id)


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
    served: list[Served]
    events: list[dict[str, Any]]
    stages: list[Stage]
    dates: Computed

    @property
    def shared(self) -> Decimal | None:
        """The share of the money that is tied to commitments, in per cent; nothing where no share is known."""
        known = [one.share for one in self.served if one.share is not None]
        return sum(known, Decimal(0)) if known else None


def detail(key: str, visible: QuerySet[Document], today: str) -> Detail | None:
    """Return an activity that serves a document of ``visible``, or none at all; else nothing."""
    cells = (*ACTIVITY, *(f"source__{name}" for name in SOURCE))
    found: Any = Activity.objects.filter(pk=key).values_list(*cells, "fund_id", "fund__name", "parent__title").first()
    served, hidden = _served(key, visible)
    if found is None or (hidden and not served):
        return None
    row = activity_row(found[: len(cells)])
    fund, name, whole = found[len(cells) :]
    parties: Any = ActivityParty.objects.filter(activity=key).order_by("party__name")
    events: Any = ActivityEvent.objects.filter(activity=key).values(
        "event", "date", "note", "source__url", "source__publisher"
    )
    dated = {one["event"]: one["date"] for one in events}
    return Detail(
        row, (fund or "", name or ""), list(parties.values_list("party_id", "party__name")),
        list(Activity.objects.filter(parent=key, withdrawn="").values_list("id", "title")),
        list(Activity.objects.filter(replaced_by=key).values_list("id", "title")), (row.parent, whole or ""),
        served, list(events), stages(row.state, dated), computed(dated, as_of=today),
    )  # fmt: skip


def _served(key: str, visible: QuerySet[Document]) -> tuple[list[Served], bool]:
    """Return the visible places that an activity serves, and whether there are others."""
    shown = set(visible.order_by().values_list("id", flat=True))
    columns = ("role", "share", "rationale", "origin", "confirmed", "id")
    held = Link.objects.filter(activity=key).filter(Q(commitment=None) | Q(commitment__withdrawn="")).order_by("id")
    rows: Any = held.values_list(
        "commitment_id", "commitment__provision__document_id", "commitment__summary", "commitment__verb",
        "provision_id", "provision__document_id", "provision__title", *columns,
    )  # fmt: skip
    found = []
    for commitment, its, summary, verb, provision, document, title, *rest in rows:
        home = its or document
        said = (summary or f"{verb} …") if commitment else title
        found.append((home in shown, Served(commitment or provision, home, said, *rest)))
    return [one for seen, one in found if seen], not all(seen for seen, _ in found)


def stages(state: str, dated: Mapping[str, str]) -> list[Stage]:
    """Return the stages of the way, each with its look; of one off the way only what is dated is done."""
    at = PATH.index(state) if state in PATH else -1
    found = []
    for place, name in enumerate(PATH):
        date = dated.get(EVENT[name], "")
        look = "now" if place == at else "done" if date else "passed over" if place < at else "ahead"
        found.append(Stage(name, look, date))
    return found
