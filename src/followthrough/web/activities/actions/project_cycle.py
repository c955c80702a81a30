"""Move an activity along the project cycle and date its steps: each with its audit event, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from followthrough.assess.project_cycle import CLOSING, EVENT, REASONED, may_follow
from followthrough.model.dates import HINT
from followthrough.model.typed_dates import read_typed_date
from followthrough.model.vocabulary import ActivityEventKind
from followthrough.web.accounts.policy import Actor, may, name_of, refusal
from followthrough.web.accounts.roles import Permission
from followthrough.web.activities.models import Activity, ActivityEvent
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.kit.errors import InvalidEntry
from followthrough.web.kit.wording import day, plain
from followthrough.web.links.policy import documents_of


@dataclass(frozen=True, slots=True)
class Step:
    """A step as a person typed it: to a state, or with ``event`` alone a date that moves nothing."""

    state: str = ""
    event: str = ""
    date: str = ""
    note: str = ""


def may_enter(by: Actor, activity: str) -> bool:
    """Say whether a person may enter facts about an activity: in one document at least that it serves."""
    return any(may(by, Permission.ENTER, one) for one in documents_of("activity", activity)) or may(
        by, Permission.ENTER
    )


def cycle_stamp(activity: Activity) -> str:
    """Return the stamp of where an activity stands in its cycle, with every step that was dated."""
    events = activity.events.order_by("pk").values_list("pk", "date", "note")
    return edit_conflicts.stamp(activity.state, list(events))


def take_step(activity: str, step: Step, *, by: Actor, seen: str | None = None) -> None:
    """Take a step; ``seen`` is the stamp of the cycle that the page showed.

    Raises ``NotAllowed``; ``EditConflict``; ``InvalidEntry`` for a step that the cycle does not allow. A state is
    entered with the dated event that leads to it; what was dated before stays as it was.
    """
    if not may_enter(by, activity):
        raise refusal(by, Permission.ENTER)
    with transaction.atomic():
        held = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity)
        dated = {one.event: one for one in held.events.all()}
        steps = "; ".join(f"{plain(name)} {day(one.date)}" for name, one in dated.items())
        stored = [("State", plain(held.state)), ("Dated steps", steps)]
        edit_conflicts.compare(seen, cycle_stamp(held), "activity", activity, stored)
        _check(held.state, step, set(dated))
        step = replace(step, date=str(read_typed_date(step.date)) if step.date else "")
        event = step.event or EVENT.get(step.state, "")
        if event:
            _date(held, event, step)
        if step.state:
            Activity.objects.filter(pk=activity).update(state=step.state)
        record(
            name_of(by), EventType.ACTIVITY_MOVED if step.state else EventType.ACTIVITY_DATED, "activity", activity,
            {"from": held.state, "to": step.state, "event": event, "date": step.date, "note": step.note},
        )  # fmt: skip


def _check(state: str, step: Step, dated: set[str]) -> None:
    problems: dict[str, str] = {}
    if step.state and not may_follow(state, step.state):
        problems["state"] = _("after %(state)s comes no %(state_2)s") % {
            "state": plain(state),
            "state_2": plain(step.state),
        }
    elif step.state in REASONED and not step.note.strip():
        problems["note"] = _("say why it is %(state)s") % {"state": step.state}
    elif step.state == "completed" and (missing := [plain(one) for one in CLOSING if one not in dated]):
        problems["state"] = _("first date what must be in before it is verified: %(missing)s") % {
            "missing": " and ".join(missing)
        }
    if not step.state and not ActivityEventKind.has(step.event):
        problems["event"] = _("choose the step that you date")
    problems |= _date_problem(step)
    if problems:
        raise InvalidEntry(problems)


def _date_problem(step: Step) -> dict[str, str]:
    if not step.date:
        needed = step.event or step.state in EVENT
        return {"date": f"say when, {HINT}"} if needed else {}
    try:
        late = read_typed_date(step.date).first_day > timezone.localdate()
    except ValueError as error:
        return {"date": str(error)}
    return {"date": "a step that was taken cannot lie ahead"} if late else {}


def _date(held: Activity, event: str, step: Step) -> None:
    """Write a dated step; one that was dated before stays, with the new one behind it."""
    stem = f"{held.pk}/{event}"
    count = ActivityEvent.objects.filter(activity=held, event=event).count()
    key = stem if not count else f"{stem}/{count + 1}"
    ActivityEvent.objects.create(id=key, activity=held, event=event, date=step.date, note=step.note[:500])
