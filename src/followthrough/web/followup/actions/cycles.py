"""Open a reporting cycle, change its dates and what the public sees, close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from followthrough.model.typed_dates import read_typed_date
from followthrough.web.accounts.policy import Actor, name_of, require
from followthrough.web.accounts.roles import Permission
from followthrough.web.agreements.models import Document
from followthrough.web.audit import edit_conflicts
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.followup import clock
from followthrough.web.followup.models import Assignment, Cycle, Question, Report
from followthrough.web.followup.notices import tell_asked
from followthrough.web.followup.policy import require_run
from followthrough.web.followup.proposal import Proposal, propose
from followthrough.web.followup.questions import Asked, QuestionKind
from followthrough.web.followup.states import Shown
from followthrough.web.kit.errors import EditConflict, InvalidEntry
from followthrough.web.kit.ids import create

MOST_REPORTS = 20_000
LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class Dates:
    """When a cycle ends, as typed: days in the time zone of ``zone``, each to its last minute; and what is shown."""

    due: str
    late_until: str
    zone: str
    shown: str


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """What a cycle asks: its period, dates and questions, and the pairs of place and party that it asks."""

    title: str
    period_start: str
    period_end: str
    dates: Dates
    questions: tuple[Asked, ...]
    pairs: frozenset[tuple[str, str]]
    example: bool = False


def open_cycle(document: Document, plan: CyclePlan, *, by: Actor) -> Cycle:
    """Open a cycle: a report for each pair of place and party, with an assignment for each commitment of the place.

    Raises ``NotAllowed``; ``InvalidEntry`` for a plan that cannot be.
    """
    require(by, Permission.RUN_CYCLE, document)
    proposal = propose(document.pk, by, example=plan.example)
    problems: dict[str, str] = {}
    period = _period(plan, problems)
    due, late_until = _ends(plan.dates, problems)
    _check(plan, proposal, problems)
    if problems or due is None or late_until is None:
        raise InvalidEntry(problems)
    with transaction.atomic():
        cycle = create(
            Cycle, slugify(f"{document.pk} {plan.title}")[:70].rstrip("-") or "cycle", document=document,
            title=plan.title.strip(), period_start=period[0], period_end=period[1], opened=clock.now(),
            opened_by=name_of(by), due=due, late_until=late_until, zone=plan.dates.zone, shown=plan.dates.shown,
            previous=proposal.previous, example=plan.example,
        )  # fmt: skip
        Question.objects.bulk_create(
            Question(cycle=cycle, key=one.key, kind=one.kind, words=one.words, hint=one.hint, position=at)
            for at, one in enumerate(plan.questions)
        )
        reports = _assign(cycle, proposal, plan.pairs)
        said = {
            "document": document.pk,
            "reports": reports,
            "due": due.isoformat(),
            **({"example": True} if plan.example else {}),
        }
        record(name_of(by), EventType.CYCLE_OPENED, "cycle", cycle.pk, said)
        tell_asked(cycle)
    return cycle


def _assign(cycle: Cycle, proposal: Proposal, pairs: frozenset[tuple[str, str]]) -> int:
    """Make the reports and assignments of a cycle; returns how many reports."""
    asked = [
        (at, place, party)
        for at, place in enumerate(proposal.places)
        for party in proposal.parties
        if (place.id, party) in pairs
    ]
    reports = Report.objects.bulk_create(
        [Report(cycle=cycle, party_id=party, provision_id=place.id, position=at) for at, place, party in asked], 500
    )
    made = zip(reports, asked, strict=True)
    Assignment.objects.bulk_create(
        [
            Assignment(report=report, commitment_id=key, lead=place.lead)
            for report, (_at, place, _p) in made
            for key in place.commitments
        ],
        500,
    )
    return len(reports)


def change_dates(cycle: Cycle, dates: Dates, *, by: Actor, seen: str | None) -> None:
    """Change when a cycle ends and what the public sees of it.

    Raises ``NotAllowed``, ``InvalidEntry``; ``EditConflict`` where it was changed since, or is closed.
    """
    require_run(by, cycle)
    problems: dict[str, str] = {}
    due, late_until = _ends(dates, problems)
    if problems or due is None or late_until is None:
        raise InvalidEntry(problems)
    with transaction.atomic():
        held = lock_open_cycle(cycle)
        edit_conflicts.compare(seen, cycle_stamp(held), "cycle", held.pk, _stored(held))
        before = {"due": held.due.isoformat(), "late_until": held.late_until.isoformat(), "shown": held.shown}
        held.due, held.late_until, held.zone, held.shown = due, late_until, dates.zone, dates.shown
        held.save(update_fields=["due", "late_until", "zone", "shown"])
        now = {"due": due.isoformat(), "late_until": late_until.isoformat(), "shown": held.shown}
        record(name_of(by), EventType.CYCLE_CHANGED, "cycle", held.pk, {"from": before, "to": now})


def close_cycle(cycle: Cycle, *, by: Actor, seen: str | None) -> None:
    """Close a cycle: nothing more is taken. Raises ``NotAllowed``; ``EditConflict`` while reports wait for review."""
    require_run(by, cycle)
    with transaction.atomic():
        held = lock_open_cycle(cycle)
        edit_conflicts.compare(seen, cycle_stamp(held), "cycle", held.pk, _stored(held))
        if waiting := held.reports.filter(state="sent").count():
            raise EditConflict(
                _("%(waiting)s reports wait for review: accept or return them first") % {"waiting": waiting}
            )
        held.closed = clock.now()
        held.save(update_fields=["closed"])
        record(name_of(by), EventType.CYCLE_CLOSED, "cycle", held.pk)


def lock_open_cycle(cycle: Cycle) -> Cycle:
    """Lock a cycle and return it. Raises ``EditConflict`` where it is closed."""
    held = Cycle.objects.select_for_update(no_key=True).select_related(None).get(pk=cycle.pk)
    if held.closed:
        raise EditConflict(_("the cycle is closed"))
    return held


def cycle_stamp(cycle: Cycle) -> str:
    """Return the stamp of the dates of a cycle and of what is shown of it."""
    return edit_conflicts.stamp(cycle.due, cycle.late_until, cycle.zone, cycle.shown, cycle.closed)


def _stored(cycle: Cycle) -> list[tuple[str, str]]:
    return [("Due", str(cycle.due)), ("Late answers until", str(cycle.late_until)), ("Shown", cycle.shown)]


def _period(plan: CyclePlan, problems: dict[str, str]) -> tuple[str, str]:
    found: list[str] = []
    for name, text in (("period_start", plan.period_start), ("period_end", plan.period_end)):
        try:
            found.append(str(read_typed_date(text)))
        except ValueError as error:
            problems[name] = str(error)
            found.append("")
    if not problems and found[1][: len(found[0])] < found[0][: len(found[1])]:
        problems["period_end"] = _("the period ends before it begins")
    return found[0], found[1]


def _ends(dates: Dates, problems: dict[str, str]) -> tuple[datetime | None, datetime | None]:
    if dates.zone not in available_timezones():
        problems["zone"] = _("choose a time zone, such as Africa/Nairobi or UTC")
        return None, None
    if dates.shown not in set(Shown):
        problems["shown"] = _("choose what the public sees")
    ends = [_last_minute(name, getattr(dates, name), dates.zone, problems) for name in ("due", "late_until")]
    due, late_until = ends
    if due and late_until and late_until < due:
        problems["late_until"] = _("late answers are taken until the due date or after it")
    return due, late_until


def _last_minute(name: str, text: str, zone: str, problems: dict[str, str]) -> datetime | None:
    """Return the last minute of a day that was typed, in a time zone, as UTC."""
    try:
        day = read_typed_date(text)
    except ValueError as error:
        problems[name] = str(error)
        return None
    if day.first_day != day.last_day:
        problems[name] = _("write a whole date, such as 31 October 2026")
        return None
    return datetime.combine(day.last_day, time(23, 59), ZoneInfo(zone)).astimezone(UTC)


def _check(plan: CyclePlan, proposal: Proposal, problems: dict[str, str]) -> None:
    if not plan.title.strip() or len(plan.title) > 200:
        problems["title"] = _("give it a title of at most 200 characters")
    known = {(place.id, party) for place in proposal.places for party in proposal.parties}
    if not proposal.places:
        problems["pairs"] = _("this agreement has no commitment yet: catalogue and publish it first")
    elif not plan.pairs or not plan.pairs <= known:
        problems["pairs"] = _("choose at least one paragraph and party of this agreement")
    elif len(plan.pairs) > MOST_REPORTS:
        problems["pairs"] = _("that is more than 20,000 reports: make two cycles")
    kinds = [one.kind for one in plan.questions]
    if kinds[:1] != [QuestionKind.ANSWER] or kinds.count(QuestionKind.ANSWER) != 1:
        problems["questions"] = _("the first question, what the answer is, is always asked")
    elif any(not one.words.strip() or len(one.words) > LONGEST_WORDS for one in plan.questions):
        problems["questions"] = _("write each question, with at most 300 characters")


def worded(questions: tuple[Asked, ...], words: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return questions with the words that somebody gave them, by their keys."""
    return tuple(replace(one, words=words.get(one.key, one.words).strip()) for one in questions)
