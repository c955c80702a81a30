"""What a feed tells of a cycle: its opening, its ends and its closing, and what was published; no report before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor
from followthrough.web.audit.event_types import EventType
from followthrough.web.followup.models import Cycle
from followthrough.web.followup.policy import visible_submissions
from followthrough.web.kit.addresses import address
from followthrough.web.kit.feeds import Subject
from followthrough.web.kit.plain_text import without_controls

OF_A_CYCLE = (EventType.CYCLE_OPENED, EventType.CYCLE_CHANGED, EventType.CYCLE_CLOSED)


def told_subjects(cycle: Cycle, by: Actor) -> list[Subject]:
    """Return a cycle, its last day for late reports, and its published reports, as a feed tells them."""
    path, title = address("cycle", cycle.pk), without_controls(cycle.title)
    due = _("%(cycle)s: reports are due") % {"cycle": title}
    late = _("%(cycle)s: last day for late reports") % {"cycle": title}
    ends = [
        Subject("cycle", cycle.pk, due, path, cycle.due, verbs=OF_A_CYCLE),
        Subject("cycle", f"{cycle.pk}#late", late, path, cycle.late_until, verbs=OF_A_CYCLE),
    ]
    held = visible_submissions(by).filter(report__cycle=cycle, published__isnull=False).order_by("report", "number")
    about = ("report", "report__party__name", "report__provision__num", "report__provision__title")
    published = {
        key: Subject(
            "report",
            str(key),
            without_controls(f"{party}: {num or ''} {place}"),
            address("published-report", key),
            verbs=(EventType.REPORT_PUBLISHED,),
        )
        for key, party, num, place in held.values_list(*about)
    }
    return [*ends, *published.values()]
