"""Earlier decisions: the results of meetings and the targets that were set, with what was last heard of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.assess.dates import end_of, first_day, last_day, months_free, order
from followthrough.assess.targets import STATES as JUDGED
from followthrough.errors import InputRefused
from followthrough.report.record import Decision, Origin
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities.policy import visible_meetings
from followthrough.web.activities.rows import MeetingRow, meetings_of
from followthrough.web.indicators.target_rows import TargetRow
from followthrough.web.indicators.target_sentences import figures
from followthrough.web.kit.wording import capital, day
from followthrough.web.pages.agreement_findings import YEAR
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.ground import Ground
from followthrough.web.papers.words import origin

UNREPORTED, OPEN, CONCLUDED = "unreported", "open", "concluded"
STATES = {"met": CONCLUDED, "missed": CONCLUDED, "contested": OPEN}
"""The groups of targets whose state alone says it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something recorded later about what was decided."""

    date: str
    says: str
    origin: Origin


def meeting_of(asked: Asked, reader: Actor) -> tuple[str, str]:
    """Return the date and the name of the meeting that the papers are for; nothing where they are for none.

    Raises ``InputRefused`` for one that is not there to be read.
    """
    if not asked.meeting:
        return "", ""
    held = (
        visible_meetings(reader).filter(pk=asked.meeting, withdrawn="").values_list("date", "body", "number", "place")
    )
    found = held.first()
    if found is None:
        what = _("is no meeting on record, or it is not public")
        raise InputRefused(asked.meeting, what, _("name another, or none"))
    date, body, number, place = found
    return date, ", ".join(part for part in (f"{body} {number}".strip(), place, day(date)) if part)


def decisions_of(ground: Ground, targets: Sequence[TargetRow]) -> tuple[Decision, ...]:
    """Return every decision that was taken before the meeting of the papers, or by their day."""
    date, _name = meeting_of(ground.asked, ground.reader)
    until = min(end_of(ground.asked.as_of), first_day(date).isoformat() if date else "9999")
    mine = {one.id for one in ground.places}
    meetings = [
        one for one in meetings_of(ground.scope)
        if one.result and not one.withdrawn and end_of(one.date) <= until and one.id != ground.asked.meeting
        and any(ground.homes.get(place, place) in mine for place in one.places)
    ]  # fmt: skip
    taken = [_of_meeting(ground, one, meetings) for one in meetings]
    return (*taken, *(_of_target(ground, held) for held in _once(targets)))


def _since(ground: Ground, dated: str, heard: str) -> tuple[str, int]:
    """Return when something was last heard, or decided where nothing was, with the months since."""
    last = heard or dated
    if not last:
        return _("not on record"), YEAR
    months = months_free(last, ground.asked.as_of)
    ago = ngettext("%(day)s (%(months)s month)", "%(day)s (%(months)s months)", months)
    return ago % {"day": day(last), "months": months}, months


def _of_meeting(ground: Ground, one: MeetingRow, meetings: Sequence[MeetingRow]) -> Decision:
    heard = _heard(ground, one, meetings)
    since, months = _since(ground, one.date, heard.date if heard else "")
    unreported = heard is None or months >= YEAR
    state = _("Last heard %(day)s") % {"day": day(heard.date)} if heard else _("Nothing since")
    ask = _("Say what came of it.") if unreported else _("Say whether it is concluded.")
    where = ", ".join(part for part in (f"{one.body} {one.number}".strip(), one.place, day(one.date)) if part)
    return Decision(
        one.result, where, UNREPORTED if unreported else OPEN, state, heard.says if heard else "", since, one.body, ask,
        (heard.date if heard else one.date), (origin(one.source), *([heard.origin] if heard else [])),
    )  # fmt: skip


def _heard(ground: Ground, one: MeetingRow, meetings: Sequence[MeetingRow]) -> Heard | None:
    """Return the newest thing recorded about the same commitments that is of a later day, up to that of the papers."""
    places, after, until = set(one.places), last_day(one.date), last_day(ground.asked.as_of)
    found = [
        *(Heard(c.date, c.statement, origin(c.source)) for c in ground.claims
          if c.date and places & {tie.place for tie in c.ties}),
        *(Heard(a.start or a.end, a.title, origin(a.source)) for a in ground.activities
          if (a.start or a.end) and places & {tie.place for tie in a.ties}),
        *(Heard(m.date, m.result, origin(m.source)) for m in meetings if places & set(m.places)),
    ]  # fmt: skip
    later = [held for held in found if after < first_day(held.date) <= until]
    return max(later, key=lambda held: (order(held.date)[1], held.says), default=None)


def _once(targets: Sequence[TargetRow]) -> list[list[TargetRow]]:
    """Return targets in the order of their announcement; those of one value and date of a series stand together."""
    found: dict[tuple[str, str, str], list[TargetRow]] = {}
    for one in targets:
        key = (one.series, str(one.value), one.due[:4]) if one.series and one.value is not None else (one.id, "", "")
        found.setdefault(key, []).append(one)
    return list(found.values())


def _of_target(ground: Ground, held: Sequence[TargetRow]) -> Decision:
    one = held[0]
    heard = max((seen.period for seen in one.judgement.latest), default="")
    since, months = _since(ground, held[-1].announced, heard)
    quiet = not heard or months >= YEAR
    group = STATES.get(one.state) or (UNREPORTED if quiet else OPEN)
    again = ngettext("Said once.", "Said %(count)s times.", len(held)) % {"count": len(held)}
    says = f"{one.statement} {again}" if len(held) > 1 else one.statement
    where = _("Announced %(day)s; due %(due)s") % {
        "day": day(one.announced) if one.announced else _("on a date not printed"),
        "due": day(one.due) if one.due else _("on no date"),
    }
    turn = _("nobody") if one.state == "met" else _("the parties")
    return Decision(
        says, where, group, capital(one.state), figures(one), since, capital(turn), _asked(one.state),
        heard or one.announced, (origin(one.source),),
    )  # fmt: skip


def _asked(state: str) -> str:
    """Return what is asked of those whose turn it is, by the state of a target."""
    asks = (
        "", _("Set it anew with a date, or retire it."), _("Say which figure holds."), _("Supply the figure."),
        _("Supply the figure to date."), _("Set a date, or retire it."),
    )  # fmt: skip
    return dict(zip(JUDGED, asks, strict=True))[state]
