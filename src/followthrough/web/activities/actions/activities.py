"""Enter an activity with its source, its parties and what it serves: all of it with its events, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.packs.checks import money_problem, period_problem
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.models import Activity, ActivityParty
from followthrough.web.activities.policy import visible_activities
from followthrough.web.agreements.actions.sources import get_or_create_source
from followthrough.web.agreements.entry_forms import known_parties
from followthrough.web.agreements.models import Document
from followthrough.web.agreements.policy import visible_instruments
from followthrough.web.agreements.sources import find_possible_duplicates
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry, PossibleDuplicate
from followthrough.web.kit.forms import read_cells
from followthrough.web.kit.ids import create
from followthrough.web.links.actions.links import (
    LinkRequest,
    check_shares,
    create_links,
    find_commitments,
    read_link_cells,
)


@dataclass(frozen=True, slots=True)
class ActivityEntry:
    """An activity as a person typed it: cells of ``sources``, ``activities`` and ``links``, by their column."""

    source: Mapping[str, str]
    activity: Mapping[str, str]
    link: LinkRequest
    parties: tuple[str, ...] = ()
    anyway: bool = False


def enter_activity(document: Document, entry: ActivityEntry, *, by: Actor) -> Activity:
    """Enter an activity; who enters it confirms what it serves if they may.

    Raises ``NotAllowed``; ``InvalidEntry`` for cells that the importer would refuse too; ``PossibleDuplicate`` where an
    activity of the same title and start is here, or the source under another address, unless ``entry.anyway``.
    """
    require(by, Permission.ENTER, document)
    problems: dict[str, str] = {}
    source = read_cells("sources", entry.source, problems)
    activity = read_cells("activities", {**entry.activity, "checked": "false"}, problems)
    link = read_link_cells("activity", entry.link, problems)
    commitments = find_commitments(document, entry.link.targets, problems, by)
    parties = known_parties(entry.parties, problems)
    check_shares((), link.get("share"), len(commitments), problems)
    _check_row(activity, problems, by)
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        if not entry.anyway and (like := [*find_possible_duplicates(source, by), *_possible_duplicates(activity, by)]):
            raise PossibleDuplicate(like)
        its = get_or_create_source(source, by=by)
        cells = {_FIELDS.get(name, name): value for name, value in activity.items()}
        saved = create(Activity, "a-", **cells, source=its, recorded=timezone.localdate().isoformat())
        ActivityParty.objects.bulk_create(
            ActivityParty(id=f"{saved.pk}/{one}", activity=saved, party_id=one) for one in parties
        )
        about = {"source": its.pk, "document": document.pk, "parties": parties}
        record(name_of(by), EventType.ACTIVITY_ADDED, "activity", saved.pk, about)
        create_links("activity", saved.pk, link, commitments, by=by)
        return saved


_FIELDS = {"fund": "fund_id", "parent": "parent_id"}


def _check_row(row: dict[str, Any], problems: dict[str, str], by: Actor) -> None:
    """Check what holds between cells, and that what they point to is here, as an import would."""
    if {"budget", "currency"} <= row.keys() and (money := money_problem(row)):
        problems["activities.budget"] = "; ".join(money)
    if {"start", "end"} <= row.keys() and (period := period_problem(row, "start", "end")):
        problems["activities.end"] = period
    if row.get("fund") and not visible_instruments(by).filter(pk=row["fund"], kind="fund").exists():
        problems["activities.fund"] = _("the register holds no fund %(fund)s") % {"fund": row["fund"]}
    if row.get("parent") and not visible_activities(by).filter(pk=row["parent"]).exists():
        problems["activities.parent"] = _("the register holds no activity %(parent)s") % {"parent": row["parent"]}


def _possible_duplicates(row: Mapping[str, Any], by: Actor) -> list[str]:
    """Return the activities that may be the same one."""
    twins = visible_activities(by).filter(title__iexact=row["title"], start__startswith=str(row.get("start", ""))[:4])
    return [f"{one.pk} has this title: {one.title}, {one.start or 'no date'}" for one in twins[:3]]
