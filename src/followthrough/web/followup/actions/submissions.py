"""Send a report for review: what was typed is saved first, so that a report that cannot be sent loses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.actions.drafts import Saved, joined_with, lock_writable, save_draft, store_draft
from followthrough.web.followup.answers import Answers, problems_of
from followthrough.web.followup.models import Comment, Cycle, Report, ReportFile, SentFile, Submission
from followthrough.web.followup.policy import require_voice
from followthrough.web.followup.reading import accepted_before, asked_of, members_of
from followthrough.web.followup.states import Answering
from followthrough.web.kit.errors import InvalidEntry

LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Sent:
    """How sending went: the submission, or what keeps it: the fields on which a colleague's draft differs."""

    submission: Submission | None
    saved: Saved


def submit(report: Report, answers: Answers, *, by: Actor, seen: int, replies: Mapping[str, str] | None = None) -> Sent:
    """Send a report, with replies to the comments of the secretariat by question.

    What was typed is saved as a draft first. Raises ``NotAllowed``; ``InvalidEntry`` with what is missing, the draft
    being saved; ``EditConflict`` where nothing can be sent now.
    """
    person = require_voice(by, report)
    saved = save_draft(report, answers, by=by, seen=seen)
    if saved.differ:
        return Sent(None, saved)
    questions = asked_of(report.cycle_id)
    problems = problems_of(questions, saved.joined, follows=_all_follow(report))
    said = {key: text.strip() for key, text in (replies or {}).items() if text.strip()}
    problems |= {
        f"reply.{key}": _("write at most 2,000 characters") for key in said if len(said[key]) > LONGEST_COMMENT
    }
    if problems:
        raise InvalidEntry(problems)
    with transaction.atomic():
        held = lock_writable(report)
        found = joined_with(held, saved.joined, saved.number)
        if found.differ or found.taken:
            return Sent(None, Saved(held.number, found.taken, found.differ, found.answers))
        return Sent(_send(held, saved.joined, person, said), saved)


def _all_follow(report: Report) -> bool:
    """Tell whether a report, and each that is answered with it, has one that was accepted before."""
    return all(accepted_before(one) is not None for one in (report, *report.members.all()))


def _send(held: Report, answers: Answers, by: User, replies: Mapping[str, str]) -> Submission:
    """Send a locked report, and with it those that are answered together: each has its submission and its event."""
    now = clock.now()
    store_draft(held, answers, by=by)
    cycle = Cycle.objects.get(pk=held.cycle_id)
    files = list(held.files.filter(withdrawn=None).order_by("pk"))
    one = _sent(held, answers, cycle, files, by)
    Comment.objects.bulk_create(
        Comment(report=held, submission=one, question=key, text=text, by=by.username, by_party=True, at=now)
        for key, text in replies.items()
    )
    for member in members_of(held):
        _sent(member, answers, cycle, files, by)
    return one


def _sent(held: Report, answers: Answers, cycle: Cycle, files: Sequence[ReportFile], by: User) -> Submission:
    now = clock.now()
    first = held.first_sent or now
    last = held.submissions.order_by("-number").values_list("number", flat=True).first()
    one = Submission.objects.create(
        report=held, number=(last or 0) + 1, answers=answers, sent=now, sent_by=by.username, late=first > cycle.due
    )
    SentFile.objects.bulk_create(SentFile(submission=one, attached=file) for file in files)
    held.state, held.first_sent = Answering.SENT, first
    held.save(update_fields=["state", "first_sent"])
    said = {"version": one.number, "party": held.party_id, "place": held.provision_id, "late": one.late}
    record(by.username, EventType.REPORT_SENT, "report", str(held.pk), said)
    return one
