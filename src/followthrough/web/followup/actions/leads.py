"""Name the bodies that answer for the paragraphs of a cycle."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup.actions.cycles import lock_open_cycle
from followthrough.web.followup.lead_bodies import LONGEST_LEAD
from followthrough.web.followup.models import Assignment, Cycle
from followthrough.web.followup.policy import require_run
from followthrough.web.kit.errors import EditConflict, InvalidEntry


def name_leads(cycle: Cycle, leads: Mapping[str, tuple[str, str]], *, by: Actor) -> int:
    """Name the lead bodies of paragraphs, each given with what the form showed; returns how many changed.

    Raises ``NotAllowed``; ``InvalidEntry`` for a name that is too long; ``EditConflict`` where somebody else named one
    in the meantime, or the cycle is closed.
    """
    require_run(by, cycle)
    wanted = {place: (was, " ".join(name.split())) for place, (was, name) in leads.items()}
    changed = {place: pair for place, pair in wanted.items() if pair[0] != pair[1]}
    if long := [name for _was, name in changed.values() if len(name) > LONGEST_LEAD]:
        raise InvalidEntry({"leads": _("“%(name)s …” is longer than 120 characters") % {"name": long[0][:40]}})
    with transaction.atomic():
        held = lock_open_cycle(cycle)
        now = leads_of(held)
        for place, (was, name) in changed.items():
            if now.get(place, "") not in (was, name):
                raise EditConflict(_("somebody named another body meanwhile: %(name)s") % {"name": now.get(place, "")})
            asked = Assignment.objects.filter(report__cycle=held, report__provision=place)
            asked.update(lead=name)
        if changed:
            said = {"leads": {place: name for place, (_was, name) in changed.items()}}
            record(name_of(by), EventType.CYCLE_LEADS_NAMED, "cycle", held.pk, said)
    return len(changed)


def leads_of(cycle: Cycle) -> dict[str, str]:
    """Return the lead body of each place of a cycle."""
    rows = Assignment.objects.filter(report__cycle=cycle).order_by("-pk").values_list("report__provision", "lead")
    return {place: lead for place, lead in rows}
