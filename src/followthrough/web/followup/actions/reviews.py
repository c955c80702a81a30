"""Review what parties sent: return it with comments, accept it, publish what was accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from followthrough.web.accounts.policy import Actor, name_of
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record, record_all
from followthrough.web.followup import clock
from followthrough.web.followup.actions.submissions import LONGEST_COMMENT
from followthrough.web.followup.models import Comment, Cycle, Report, Submission
from followthrough.web.followup.notices import tell_accepted, tell_returned
from followthrough.web.followup.policy import require_run
from followthrough.web.followup.reading import ACCEPTED, asked_of, members_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.errors import EditConflict, InvalidEntry

RETURNED = "returned"


def return_report(report: Report, comments: Mapping[str, str], *, by: Actor, seen: str | None) -> None:
    """Return a report to its party with comments by question; those about all of it have an empty key.

    Raises ``NotAllowed``; ``InvalidEntry`` without a comment; ``EditConflict`` where it no longer waits for review.
    """
    require_run(by, report.cycle)
    known = {one.key for one in asked_of(report.cycle_id)} | {""}
    said = {key: text.strip() for key, text in comments.items() if text.strip() and key in known}
    if not said:
        raise InvalidEntry({"comment": _("say what the party should do")})
    if any(len(text) > LONGEST_COMMENT for text in said.values()):
        raise InvalidEntry({"comment": _("write at most 2,000 characters")})
    with transaction.atomic():
        held, last = _lock_waiting(report, seen)
        now = clock.now()
        Comment.objects.bulk_create(
            Comment(report=held, submission=last, question=key, text=text, by=name_of(by), at=now)
            for key, text in said.items()
        )
        for one, sent in _decided(held, last, RETURNED, Answering.RETURNED, by):
            about = {"version": sent.number, "comments": len(said), "party": one.party_id}
            record(name_of(by), EventType.REPORT_RETURNED, "report", str(one.pk), about)
        tell_returned(held, last, said.values())


def accept_report(report: Report, *, by: Actor, seen: str | None) -> None:
    """Accept a report as complete and clear, which does not say that it is true; nothing is published by it.

    Raises ``NotAllowed``; ``EditConflict`` where it no longer waits for review.
    """
    require_run(by, report.cycle)
    with transaction.atomic():
        held, last = _lock_waiting(report, seen)
        for one, sent in _decided(held, last, ACCEPTED, Answering.ACCEPTED, by):
            said = {"version": sent.number, "party": one.party_id}
            record(name_of(by), EventType.REPORT_ACCEPTED, "report", str(one.pk), said)
        tell_accepted(held, last)


def publish_reports(cycle: Cycle, reports: Collection[int], *, by: Actor) -> int:
    """Publish accepted reports of a cycle, those given; returns how many. One published before changes nothing.

    Raises ``NotAllowed``; ``InvalidEntry`` where none is chosen; ``EditConflict`` where one is not accepted.
    """
    require_run(by, cycle)
    if not reports:
        raise InvalidEntry({"reports": _("choose what is published")})
    with transaction.atomic():
        chosen = Q(pk__in=reports) | Q(answered_with__in=reports)
        held = list(Report.objects.select_for_update(no_key=True).filter(chosen, cycle=cycle).order_by("pk"))
        known = {one.pk for one in held}
        if any(one.state not in (Answering.ACCEPTED, Answering.PUBLISHED) for one in held) or set(reports) - known:
            raise EditConflict(_("one of these is not accepted any more: open the list again"))
        fresh = [one for one in held if one.state == Answering.ACCEPTED]
        now, who = clock.now(), name_of(by)
        kept = Submission.objects.filter(report__in=fresh, decision=ACCEPTED, published=None)
        kept.update(published=now, published_by=who)
        Report.objects.filter(pk__in=[one.pk for one in fresh]).update(state=Answering.PUBLISHED)
        said = ((EventType.REPORT_PUBLISHED, "report", str(one.pk), {"party": one.party_id}) for one in fresh)
        record_all(who, said)
    return len(fresh)


def review_stamp(report: Report, submission: Submission | None) -> str:
    """Return the stamp of what a reviewer saw: the state of the report and its last version."""
    return edit_conflicts.stamp(report.state, submission.number if submission else 0)


def _lock_waiting(report: Report, seen: str | None) -> tuple[Report, Submission]:
    """Lock a report that waits for review; return it with its last version."""
    held = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if held.answered_with_id:
        raise EditConflict(_("it is answered together with another report: decide there"))
    last = held.submissions.order_by("-number").first()
    stored = [(_("State"), str(Answering(held.state).label))]
    edit_conflicts.compare(seen, review_stamp(held, last), "report", str(held.pk), stored)
    if last is None or held.state != Answering.SENT:
        raise EditConflict(_("it does not wait for review"))
    return held, last


def _decided(
    held: Report, last: Submission, decision: str, state: Answering, by: Actor
) -> list[tuple[Report, Submission]]:
    """Decide about a report and those that are answered with it; returns each with its version."""
    now, found = clock.now(), list[tuple[Report, Submission]]()
    for one in (held, *members_of(held)):
        sent = last if one is held else one.submissions.latest("number")
        sent.decision, sent.decided, sent.decided_by = decision, now, name_of(by)
        sent.save(update_fields=["decision", "decided", "decided_by"])
        one.state = state
        one.save(update_fields=["state"])
        found.append((one, sent))
    return found
