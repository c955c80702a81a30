"""What a cycle tells by the clock: before the due date, on the day, after it, and what came in the day before.

Each is told once: its key holds the cycle, the party, the due date and the person, so that a plan that runs again, or
in two processes at once, tells nothing twice, and a due date that is moved is told anew.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.accounts.policy import people_who_may
from followthrough.web.accounts.roles import Permission
from followthrough.web.followup.clock import local
from followthrough.web.followup.models import Cycle, Submission
from followthrough.web.followup.notices import parties_of, readers_of, tell_party
from followthrough.web.followup.rows import Group
from followthrough.web.followup.states import Answering
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import day
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.models import Notice
from followthrough.web.notices.outbox import Told, put

AHEAD = timedelta(days=7)
MORNING = 6
"""The hour, in the time zone of a cycle, from which the day's notices are told."""


def plan(now: datetime) -> int:
    """Put into the outbox what the open cycles tell at ``now``, examples apart; returns how many notices are new."""
    held = Cycle.objects.filter(example=False, closed=None, opened__lte=now, late_until__gte=now).select_related(
        "document"
    )
    return sum(_plan_cycle(cycle, now) for cycle in held)


def _plan_cycle(cycle: Cycle, now: datetime) -> int:
    if local(now, cycle.zone).hour < MORNING:
        return 0
    kind, when = due_kind(cycle, now), f"{cycle.due:%Y-%m-%d}"
    with transaction.atomic():
        fresh = _digest(cycle, now)
        if kind and not _told(f"{kind}/{cycle.pk}/", f"/{when}/"):
            fresh += sum(tell_party(cycle, one, kind, when) for one in parties_of(cycle) if one.owed)
    return fresh


def due_kind(cycle: Cycle, now: datetime) -> NoticeKind | None:
    """Return what is told about the due date of a cycle at a moment: days are those of its time zone.

    A cycle that was opened within the last seven days before its due date has told it by its opening.
    """
    today, due = local(now, cycle.zone).date(), local(cycle.due, cycle.zone).date()
    if now > cycle.due:
        return NoticeKind.OVERDUE
    if today == due:
        return NoticeKind.DUE
    return NoticeKind.BEFORE_DUE if due - AHEAD <= today and cycle.opened < cycle.due - AHEAD else None


def _told(start: str, inside: str) -> bool:
    return Notice.objects.filter(key__startswith=start, key__contains=inside).exists()


def _digest(cycle: Cycle, now: datetime) -> int:
    """Tell who runs a cycle what came in and what was decided on the day before, where there was anything."""
    yesterday = local(now, cycle.zone).date() - timedelta(days=1)
    key, begin = (
        f"{NoticeKind.DIGEST}/{cycle.pk}/{yesterday}",
        datetime.combine(yesterday, time(), ZoneInfo(cycle.zone)),
    )
    if _told(f"{key}/", "") or not (happened := _happened(cycle, begin, begin + timedelta(days=1))):
        return 0
    every = Group("", "", tuple(one for party in parties_of(cycle) for one in party.reports))
    facts = {
        "cycle": cycle.title, "n": every.n, "of": every.of, "day": day(yesterday.isoformat()), "happened": happened,
        "to_review": every.count(Answering.SENT), "returned": every.count(Answering.RETURNED),
        "missing": every.count(Answering.OPEN),
    }  # fmt: skip
    said = _("%(cycle)s: %(n)s of %(of)s reports are in, %(day)s") % facts
    link = address("review-queue", cycle.pk)
    told = Told(key, NoticeKind.DIGEST, said, cycle.title, link, facts)
    return put(told, readers_of(people_who_may(Permission.RUN_CYCLE, cycle.document), cycle))


def _happened(cycle: Cycle, begin: datetime, end: datetime) -> list[str]:
    held = Submission.objects.filter(report__cycle=cycle)
    came = held.filter(sent__gte=begin, sent__lt=end)
    decided = held.filter(decided__gte=begin, decided__lt=end)
    n, late = came.count(), came.filter(late=True).count()
    accepted, returned = (decided.filter(decision=one).count() for one in ("accepted", "returned"))
    said = []
    if n:
        said.append(
            ngettext("%(n)s report came in, %(late)s late", "%(n)s reports came in, %(late)s of them late", n)
            % {"n": n, "late": late}
        )
    if accepted or returned:
        said.append(_("%(accepted)s accepted, %(returned)s returned") % {"accepted": accepted, "returned": returned})
    return said
