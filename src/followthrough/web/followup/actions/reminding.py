"""Remind parties of what they owe in a cycle: one letter a party, and none within a week of the last."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.actions.cycles import lock_open_cycle
from followthrough.web.followup.models import Cycle
from followthrough.web.followup.notices import parties_of, tell_party
from followthrough.web.followup.policy import require_run
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.models import Notice

DAYS = 7


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom a reminder reached, by name; and of those chosen, who was reminded lately and who has no focal point."""

    told: tuple[str, ...]
    lately: tuple[str, ...]
    nobody: tuple[str, ...]


def remind_parties(cycle: Cycle, parties: Collection[str], *, by: Actor) -> Reminded:
    """Remind the focal points of the parties chosen that owe a report.

    One reminded within the last seven days is left out. Raises ``NotAllowed``; ``InvalidEntry`` where none is chosen;
    ``EditConflict`` where the cycle is closed.
    """
    require_run(by, cycle)
    if not parties:
        raise InvalidEntry({"parties": _("choose whom to remind")})
    told, late, nobody = list[str](), list[str](), list[str]()
    with transaction.atomic():
        held, now = lock_open_cycle(cycle), clock.now()
        last = last_reminded(held)
        for one in parties_of(held):
            if one.key not in parties or not one.owed:
                continue
            if one.key in last and now - last[one.key] < timedelta(days=DAYS):
                late.append(one.name)
            elif tell_party(held, one, NoticeKind.NUDGED, now.isoformat(timespec="seconds"), days=DAYS):
                told.append(one.name)
                record(name_of(by), EventType.CYCLE_REMINDED, "cycle", held.pk, {"party": one.key, "open": one.owed})
            else:
                nobody.append(one.name)
    return Reminded(tuple(told), tuple(late), tuple(nobody))


def last_reminded(cycle: Cycle) -> dict[str, datetime]:
    """Return when each party was reminded last by who runs a cycle, with one query."""
    return reminded_by(cycle, reminders_of(cycle).order_by("pk").values_list("key", "made"))


def reminders_of(cycle: Cycle) -> QuerySet[Notice]:
    """Return the reminders that who runs a cycle had sent."""
    return Notice.objects.filter(key__startswith=_key(cycle))


def reminded_by(cycle: Cycle, letters: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    """Return when each party was reminded last, from the keys of reminders and when each was made, oldest first."""
    return {key.removeprefix(_key(cycle)).partition("/")[0]: made for key, made in letters}


def _key(cycle: Cycle) -> str:
    return f"{NoticeKind.NUDGED}/{cycle.pk}/"
