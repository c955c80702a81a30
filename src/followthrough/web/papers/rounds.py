"""A reporting cycle as the papers say it: who has reported, and what parties said of themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from followthrough.assess.dates import last_day
from followthrough.errors import InputRefused
from followthrough.report.record import Answers, Round, Told
from followthrough.web.accounts.policy import Actor
from followthrough.web.followup.answers import text_of
from followthrough.web.followup.clock import local, now
from followthrough.web.followup.models import Cycle
from followthrough.web.followup.past_states import as_of
from followthrough.web.followup.policy import asked_reports, cycles_for, visible_submissions
from followthrough.web.followup.published_reports import said_of
from followthrough.web.followup.reading import ACCEPTED
from followthrough.web.followup.rows import Group, ReportRow, by_party, by_section, report_rows
from followthrough.web.followup.states import Answering, Shown
from followthrough.web.kit.wording import day
from followthrough.web.papers.asked import Asked
from followthrough.web.papers.words import period


def round_of(asked: Asked, reader: Actor) -> Round:
    """Return a cycle on the day of the papers. Raises ``InputRefused`` for one that is not there to be read."""
    held: Any = cycles_for(reader).filter(pk=asked.cycle, document=asked.document).first()
    if held is None:
        what = _("is no reporting cycle of this agreement, or it is not public")
        raise InputRefused(asked.cycle, what, _("name another, or none"))
    rows = asked_rows(asked, held, reader, runs=held.runs)
    every = Group("", "", tuple(rows))
    open_ = bool(held.closed or held.shown == Shown.PARTIES or held.runs)
    due = day(local(held.due, held.zone).date().isoformat())
    return Round(
        held.title, period(held.period_start, held.period_end), due, every.n, every.of, held.closed is not None,
        held.example,
        answers(by_party(rows)) if open_ else (), answers(by_section(rows)) if open_ else (),
        _told(asked, held, reader, {one.id: one for one in rows}),
        tuple(dict.fromkeys((one.num, one.lead) for one in rows if one.lead)),
    )  # fmt: skip


def asked_rows(asked: Asked, held: Cycle, reader: Actor, *, runs: bool) -> list[ReportRow]:
    """Return the reports of a cycle, as far as each was on the day of the papers."""
    moment = _moment(asked)
    rows = report_rows(held, asked_reports(held, reader, runs=runs), moment)
    rows = as_of(rows, held, moment) if asked.past else rows
    if not asked.section:
        return rows
    return [one for one in rows if one.section.partition(" ")[0] == asked.section.removeprefix("section-")]


def _moment(asked: Asked) -> datetime:
    """Return the moment that the papers speak of: now, or the end of an earlier day."""
    return datetime.combine(last_day(asked.as_of), time.max, UTC) if asked.past else now()


def answers(groups: Iterable[Group[ReportRow]]) -> tuple[Answers, ...]:
    """Return how far groups of reports are."""
    return tuple(
        Answers(
            one.name, one.of, one.count(Answering.ACCEPTED, Answering.PUBLISHED), one.count(Answering.SENT),
            one.count(Answering.RETURNED), one.count(Answering.OPEN), one.late,
        )
        for one in groups
    )  # fmt: skip


def _told(asked: Asked, held: Cycle, reader: Actor, rows: dict[int, ReportRow]) -> tuple[Told, ...]:
    """Return what parties said of themselves: to everybody what was published, else what was accepted too."""
    moment = _moment(asked)
    sent = visible_submissions(reader).filter(report__cycle=held, decision=ACCEPTED, decided__lte=moment)
    if not asked.internal:
        sent = sent.filter(published__lte=moment)
    told: dict[int, Told] = {}
    names = ("report", "answers")
    found: Any = sent.order_by("report__position", "report__party__name", "-number").values_list(*names)
    for report, given in found:
        if (row := rows.get(report)) and report not in told:
            by = text_of(given, "next.by")
            step = " ".join(part for part in (text_of(given, "next.text"), f"({by})" if by else "") if part)
            did = text_of(given, "done.text") or text_of(given, "answer.because")
            told[report] = Told(row.party_name, row.num, said_of(given), did, step)
    return tuple(told.values())
