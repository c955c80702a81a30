"""Correct an activity: in place, with an event that keeps what stood before beside what stands now, and the reason.

An activity is not replaced as evidence is: its parts, its dated steps and its money stay with it, and what it said on a
day is rebuilt from its events (docs/adr/0051).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.packs.checks import period_problem
from followthrough.web.accounts.policy import Actor, name_of, refusal
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.actions.project_cycle import may_enter
from followthrough.web.activities.models import Activity, ActivityParty
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.forms import read_cells

CELLS = ("title", "start", "end", "lead_body")
"""The columns that can be corrected."""


def correct_activity(key: str, cells: Mapping[str, str], reason: str, *, by: Actor, without: str = "") -> None:
    """Change cells of an activity, those of ``CELLS`` that were typed; the party ``without`` is named no more.

    Raises ``NotAllowed``; ``InvalidEntry`` for cells that the importer would refuse, without a reason, or where nothing
    differs; ``EditConflict`` where it was withdrawn in the meantime.
    """
    if not may_enter(by, key):
        raise refusal(by, Permission.ENTER)
    problems: dict[str, str] = {}
    new = read_cells("activities", {name: cells[name] for name in CELLS if name in cells}, problems)
    if not reason.strip():
        problems["reason"] = _("say what was wrong")
    with transaction.atomic():
        held = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=key)
        if held.withdrawn:
            raise EditConflict(_("%(key)s was withdrawn already: nothing was changed") % {"key": key})
        changes = {name: [getattr(held, name), value] for name, value in new.items() if value != getattr(held, name)}
        period: dict[str, Any] = {"start": held.start, "end": held.end} | new
        if said := period_problem(period, "start", "end"):
            problems["activities.end"] = said
        if not problems and not changes and not without:
            problems["activities.title"] = _("nothing differs from what is on record")
        if problems:
            raise InvalidEntry(problems)
        for name, value in new.items():
            setattr(held, name, value)
        held.save(update_fields=[*new])
        _take_off(held, without, reason, by)
        if changes:
            told = {"changes": changes, "reason": reason}
            record(name_of(by), EventType.ACTIVITY_CHANGED, "activity", key, told)


def _take_off(held: Activity, party: str, reason: str, by: Actor) -> None:
    """Take a party off an activity, with its event."""
    for one in ActivityParty.objects.filter(activity=held, party=party):
        about = {"activity": held.pk, "party": party, "reason": reason}
        record(name_of(by), EventType.ACTIVITYPARTY_REMOVED, "activityparty", one.pk, about)
        one.delete()
