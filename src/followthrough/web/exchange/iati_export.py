"""Activities of the register as records of IATI 2.03: what a public export holds, and what it leaves out and why.

Every day that is written is one that the register holds; where it knows a month or a year alone, the date says so in
words. Activities that came from an IATI file are left out: their publishers report them, and their money counts once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from followthrough.model.dates import PartialDate
from followthrough.model.vocabulary import ActivityState
from followthrough.packs.cells import plain
from followthrough.sources.iati.records import (
    ActivityDate,
    Budget,
    Code,
    DocumentLink,
    IatiActivity,
    Identifier,
    Money,
    Narrative,
    Organisation,
)
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_activities, visible_activity_parties
from followthrough.web.kit.wording import plain as in_words
from followthrough.web.links.policy import visible_links

UNREGISTERED = "XX-REGISTER"
"""Stands for the identifier of who publishes a file where none is given; the standard's registry has it from nobody."""
_STATUS = {
    **dict.fromkeys(("proposed", "submitted", "checked", "endorsed", "approved"), "1"),
    **dict.fromkeys(("implemented", "reported", "period_ended"), "3"),
    **dict.fromkeys(("returned", "rejected", "withdrawn", "cancelled"), "5"),
    ActivityState.RUNNING: "2",
    ActivityState.COMPLETED: "4",
}
_OTHER, _BY_KIND, _SDG, _WEB_PAGE = "90", "99", "2", "A12"
_FUNDING, _ACCOUNTABLE, _EXTENDING, _IMPLEMENTING = "1", "2", "3", "4"
_CELLS = (
    "id", "title", "kind", "state", "status", "start", "end", "budget", "currency", "lead_body", "statement", "parent",
    "recorded", "fund__name", "source__url", "source__title", "source__publisher",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """The records of an export, and by id the activities that it leaves out, with why."""

    records: list[IatiActivity]
    left_out: dict[str, str]


def export_activities(
    by: Actor, today: str, publisher: Organisation, document: str = "", chosen: Collection[str] | None = None
) -> Exported:
    """Return the activities that ``by`` may see, all or those of ``document``; ``today`` parts past from plans.

    ``chosen`` are the ids of those that are wanted, where not all are.
    """
    asked = visible_activities(by).filter(withdrawn="")
    seen = visible_links(by).filter(activity__isnull=False)
    if document:
        linked = seen.filter(Q(commitment__provision__document=document) | Q(provision__document=document))
        asked = asked.filter(pk__in=linked.values("activity"))
    parties = _parties(by)
    goals = _goals(seen.exclude(confirmed=""))
    records = []
    rows: list[dict[str, Any]] = list(asked.order_by("pk").values(*_CELLS))
    rows = rows if chosen is None else [row for row in rows if row["id"] in chosen]
    left = {row["id"]: why for row in rows if (why := _left_out(row))}
    told = {row["id"] for row in rows} - set(left)
    parents = {row["id"]: row["parent"] for row in rows if row["parent"] in told}
    for row in sorted(rows, key=lambda one: (_depth(one["id"], parents), one["id"])):
        if row["id"] in left:
            continue
        row["parent"] = parents.get(row["id"])
        records.append(_record(row, parties[row["id"]], goals[row["id"]], publisher, today))
    return Exported(records, left)


def _depth(key: str, parents: dict[str, str]) -> int:
    """Return how many wholes an activity is inside of: a file names each before its parts."""
    depth = 0
    while key in parents and depth <= len(parents):
        key, depth = parents[key], depth + 1
    return depth


def _left_out(row: dict[str, Any]) -> str:
    if row["id"].startswith("iati-"):
        return _("came from an IATI file: its publisher reports it")
    if not row["start"]:
        return _("has no start, and the standard asks for one")
    start, end = PartialDate.parse(row["start"]), row["end"] and PartialDate.parse(row["end"])
    return _("ends before it begins") if end and end.last_day < start.first_day else ""


def _parties(by: Actor) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    held = visible_activity_parties(by).order_by("party").values_list("activity", "party", "party__name")
    for activity, party, name in held:
        found[activity].append((party, name))
    return found


def _goals(links: Any) -> dict[str, set[int]]:
    """Return the goals of the commitments that each activity is linked to: links that somebody confirmed."""
    found: dict[str, set[int]] = defaultdict(set)
    for activity, goals in links.exclude(commitment=None).values_list("activity", "commitment__goals"):
        found[activity] |= {int(number) for goal in goals for number in re.findall(r"\d+", goal)}
    return found


def identifier_of(publisher: str, key: str) -> str:
    """Return the IATI identifier of an activity of the register: its publisher's, then its own id."""
    return f"{publisher}-{re.sub('[/&|?]', '-', key)}"


def _record(
    row: dict[str, Any], parties: Sequence[tuple[str, str]], goals: set[int], publisher: Organisation, today: str
) -> IatiActivity:
    budgets = _budgets(row)
    own = {"id": row["id"], "parent": row["parent"] or ""}
    own |= {name: row[name] for name in ("kind", "state", "status")}
    if row["budget"] is not None and not budgets:
        own |= {"budget": plain(row["budget"]), "currency": row["currency"]}
    parent = [Identifier("1", identifier_of(publisher.ref, row["parent"]))] if row["parent"] else []
    return IatiActivity(
        identifier=identifier_of(publisher.ref, row["id"]), language="en", updated=f"{row['recorded'][:10]}T00:00:00",
        titles=(Narrative("en", row["title"]),),
        descriptions=(Narrative("en", row["statement"]),) if row["statement"] else (),
        reporting=publisher, secondary=True, participating=_participating(row, parties),
        status=_status(row, today), dates=_dates(row, today),
        sectors=(Code(_BY_KIND, row["kind"], None, in_words(row["kind"])),),
        tags=tuple(Code(_SDG, str(goal)) for goal in sorted(goals)), budgets=budgets,
        documents=(DocumentLink(row["source__url"], _format(row["source__url"]), row["source__title"], (_WEB_PAGE,)),),
        related=tuple(parent), own={name: value for name, value in own.items() if value},
    )  # fmt: skip


def _participating(row: dict[str, Any], parties: Sequence[tuple[str, str]]) -> tuple[Organisation, ...]:
    found = [Organisation("", "", row["fund__name"], _FUNDING)] if row["fund__name"] else []
    found += [Organisation(key, "", name, _ACCOUNTABLE) for key, name in parties]
    found += [Organisation("", "", row["lead_body"], _IMPLEMENTING)] if row["lead_body"] else []
    return tuple(found or [Organisation("", "", row["source__publisher"], _EXTENDING)])


def _status(row: dict[str, Any], today: str) -> str:
    """Return the status of an activity; where the register does not know its state, its dates say."""
    by_dates = "3" if row["end"] and _last(row["end"]) < today else "2" if _first(row["start"]) <= today else "1"
    return _STATUS.get(row["state"], by_dates)


def _first(day: str) -> str:
    return PartialDate.parse(day).first_day.isoformat()


def _last(day: str) -> str:
    return PartialDate.parse(day).last_day.isoformat()


def _dates(row: dict[str, Any], today: str) -> tuple[ActivityDate, ...]:
    """Return the dates of an activity: actual ones up to today, planned ones beyond."""
    found = []
    for said, day, kinds in ((row["start"], _first, ("2", "1")), (row["end"], _last, ("4", "3"))):
        if said:
            exact = day(said)
            found.append(ActivityDate(kinds[exact > today], exact, said if said != exact else ""))
    return tuple(found)


def _budgets(row: dict[str, Any]) -> tuple[Budget, ...]:
    """Return the budget over the whole period: the standard takes none without one."""
    if row["budget"] is None or not row["end"]:
        return ()
    start = _first(row["start"])
    return (Budget("1", "1", start, _last(row["end"]), Money(Decimal(row["budget"]), row["currency"], start)),)


def _format(url: str) -> str:
    return "application/pdf" if url.lower().endswith(".pdf") else "text/html"


def publisher_of(ref: str, name: str) -> Organisation:
    """Return who publishes an export: an organisation that reports on the activities of others."""
    return Organisation(ref, _OTHER, name)
