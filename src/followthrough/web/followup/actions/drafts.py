"""Save a draft of a party's report, as typed: two people of one office lose nothing of each other's."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.answers import Answers
from followthrough.web.followup.joining import Joined, join
from followthrough.web.followup.models import Cycle, Report, SavedDraft
from followthrough.web.followup.policy import require_voice
from followthrough.web.followup.questions import fields_of
from followthrough.web.followup.reading import asked_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.errors import EditConflict


@dataclass(frozen=True, slots=True)
class Saved:
    """How a draft was saved: its number, the fields taken over from a colleague, and those on which both differ.

    Where they ``differ`` the colleague's draft stands, and what was typed is kept aside under ``number``.
    """

    number: int
    taken: tuple[str, ...] = ()
    differ: tuple[str, ...] = ()
    joined: Answers = field(default_factory=dict)


def save_draft(report: Report, answers: Answers, *, by: Actor, seen: int, workbook: str = "") -> Saved:
    """Save what was typed into a form that showed the draft of the number ``seen``, or into a ``workbook``.

    Where a colleague saved in the meantime, what only one of both changed is joined; where both changed an answer,
    the colleague's stands and what was typed is kept aside. Raises ``NotAllowed``; ``EditConflict`` where the report
    waits for review, was accepted, or the cycle takes no more.
    """
    person = require_voice(by, report)
    with transaction.atomic():
        held = lock_writable(report)
        found = joined_with(held, answers, seen)
        if found.differ:
            return _keep_aside(held, answers, found, person)
        return Saved(store_draft(held, found.answers, by=person, workbook=workbook), found.taken, (), found.answers)


def lock_writable(report: Report) -> Report:
    """Lock a report and return it. Raises ``EditConflict`` where its party can write nothing now."""
    held = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    cycle = Cycle.objects.get(pk=held.cycle_id)
    if cycle.closed or clock.now() > cycle.late_until:
        raise EditConflict(_("this cycle takes no more reports"))
    if held.answered_with_id:
        raise EditConflict(_("it is answered together with another report"))
    if held.state == Answering.SENT:
        raise EditConflict(_("it was sent, and waits for the secretariat"))
    if held.state in (Answering.ACCEPTED, Answering.PUBLISHED):
        raise EditConflict(_("it was accepted already"))
    return held


def joined_with(held: Report, answers: Answers, seen: int) -> Joined:
    """Return what was typed over the draft ``seen``, joined with the one that stands."""
    if seen == held.number:
        return Joined(answers, (), ())
    before = SavedDraft.objects.filter(report=held, number=seen).first()
    base: Answers = before.answers if before else {}
    return join(base, held.answers, answers, fields_of(asked_of(held.cycle_id)))


def store_draft(held: Report, answers: Answers, *, by: User, workbook: str = "") -> int:
    """Store answers as the draft of a locked report, unless they stand there already; returns its number."""
    if held.number and answers == held.answers:
        return held.number
    now = clock.now()
    held.number = _next_number(held)
    held.answers, held.saved, held.saved_by = answers, now, by.username
    held.save(update_fields=["answers", "number", "saved", "saved_by"])
    SavedDraft.objects.create(report=held, number=held.number, answers=answers, by=by.username, at=now)
    said = {"draft": held.number} | ({"workbook": workbook} if workbook else {})
    record(by.username, EventType.REPORT_SAVED, "report", str(held.pk), said)
    return held.number


def _keep_aside(held: Report, answers: Answers, found: Joined, by: User) -> Saved:
    number = _next_number(held)
    SavedDraft.objects.create(report=held, number=number, answers=answers, by=by.username, at=clock.now(), aside=True)
    record(by.username, EventType.REPORT_SAVED, "report", str(held.pk), {"draft": number, "aside": True})
    return Saved(number, found.taken, found.differ, found.answers)


def _next_number(held: Report) -> int:
    last = SavedDraft.objects.filter(report=held).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1
