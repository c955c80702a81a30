"""What waits for a person, row by row: the page "To do" shows the rows, and the top bar their sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, DateTimeField, Min, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.accounts.models import User
from followthrough.web.accounts.people_rows import waiting_accounts
from followthrough.web.accounts.roles import Permission
from followthrough.web.accounts.standing import Standing, standing_of
from followthrough.web.assessments import waiting
from followthrough.web.assessments.models import RATING, REPLY
from followthrough.web.evidence.policy import visible_suggestions
from followthrough.web.followup import clock
from followthrough.web.followup.policy import open_proposals
from followthrough.web.followup.waiting import AskedCycle, RunCycle, asked_cycles, cycles_to_review
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import day, plural
from followthrough.web.links.runs import RUN, links_to_confirm
from followthrough.web.workbench.policy import visible_drafts


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of work: how much of it waits, what it is called, since when or until when, and what is done with it.

    ``first`` is the sentence with which a page begins that leads here; ``others`` counts what others have to do.
    """

    count: int
    title: str
    says: str
    verb: str
    address: str
    first: str
    others: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The work of one role."""

    key: str
    title: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that waits for somebody."""

    standing: Standing
    sections: list[Section]
    rounds: list[waiting.RunRound]

    @property
    def rows(self) -> list[Row]:
        """The rows of all sections, in order."""
        return [row for section in self.sections for row in section.rows]

    @property
    def count(self) -> int:
        """How much waits altogether: the sum of what the rows say."""
        return sum(row.count for row in self.rows)


Counted = Mapping[str, tuple[int, datetime | None]]


def work_of(user: User) -> Work:
    """Return what waits for a person, with two queries, and one more for each role in rounds of rating."""
    standing = standing_of(user)
    may = standing.permissions
    counted = _counted(user, standing)
    rounds = waiting.run_rounds(user) if Permission.ADJUDICATE in may else []
    sections = [
        Section("replies", _("For your country"), [*_report_rows(user, standing), *_reply_rows(user, standing)]),
        Section("ratings", _("Ratings you give"), _coder_rows(user, Permission.RATE in may)),
        Section("cycles", _("Reporting cycles you run"), _review_rows(user, Permission.RUN_CYCLE in may)),
        Section("rounds", _("Rounds you run"), _round_rows(rounds, Permission.ADJUDICATE in may)),
        Section("register", _("The register"), [_ROWS[key](*counted[key]) for key in _ROWS if key in counted]),
    ]
    return Work(standing, [one for one in sections if one.rows], rounds)


def _counted(user: User, standing: Standing) -> Counted:
    """Return how much waits of what is counted alone, and since when, by its key: with one query."""
    asked: list[tuple[Permission, str, Callable[[], QuerySet[Any]], str]] = [
        (Permission.ENTER, "suggestions", lambda: visible_suggestions(user).filter(answered=None), "at"),
        (Permission.EDIT, "drafts", lambda: visible_drafts(user).filter(published=None, discarded=None), "opened"),
        (Permission.CONFIRM, "links", lambda: links_to_confirm(user), ""),
        (Permission.RUN_CYCLE, "checks", lambda: open_proposals(user), "at"),
        (Permission.ADMINISTER, "accounts", lambda: waiting_accounts(user), "date_joined"),
    ]
    mine = [(key, records(), since) for needs, key, records, since in asked if needs in standing.permissions]
    found: dict[str, tuple[int, datetime | None]] = {key: (0, None) for key, _records, _since in mine}
    if mine:
        first, *rest = (_totals(*one) for one in mine)
        found.update({key: (number, since) for key, number, since in first.union(*rest, all=True)})
    return found


def _totals(key: str, records: QuerySet[Any], since: str) -> QuerySet[Any, Any]:
    # Typed, for PostgreSQL joins no column of an unknown type with one of times.
    oldest = Min(since) if since else Min(Cast(Value(None), DateTimeField()))
    totals: Any = records.order_by().values(key=Value(key)).annotate(number=Count("pk"), oldest=oldest)
    found: QuerySet[Any, Any] = totals.values_list("key", "number", "oldest")
    return found


def _suggestion_row(count: int, since: datetime | None) -> Row:
    return Row(
        count, _("Suggestions of readers"),
        _("The oldest is of %(day)s.") % {"day": _day(since)} if since else _("Every reader has an answer."),
        _("Answer"), address("inbox"),
        ngettext("%(count)s reader waits for an answer", "%(count)s readers wait for an answer", count)
        % {"count": count},
    )  # fmt: skip


def _draft_row(count: int, since: datetime | None) -> Row:
    return Row(
        count, _("Drafts to publish"),
        _("The oldest was opened on %(day)s.") % {"day": _day(since)} if since else _("Nothing is half read."),
        _("Open"), address("workbench"),
        ngettext("%(count)s draft waits to be published", "%(count)s drafts wait to be published", count)
        % {"count": count},
    )  # fmt: skip


def _link_row(count: int, _since: datetime | None) -> Row:
    runs = -(-count // RUN)
    says = ngettext("%(runs)s run of twenty.", "%(runs)s runs of twenty.", runs) % {"runs": runs}
    return Row(
        count, _("Proposed links to confirm"),
        _("Until one is confirmed it is a suggestion. %(runs)s") % {"runs": says} if count else _("All are decided."),
        _("Start a run"), address("link-run"),
        ngettext("%(count)s proposed link to confirm", "%(count)s proposed links to confirm", count)
        % {"count": count},
    )  # fmt: skip


def _account_row(count: int, since: datetime | None) -> Row:
    return Row(
        count, _("Accounts without a role, or never used"),
        _("The oldest was made on %(day)s.") % {"day": _day(since)} if since else _("Everybody has a role."),
        _("Open"), address("people"),
        ngettext("%(count)s account waits for a role or a first visit",
                 "%(count)s accounts wait for a role or a first visit", count) % {"count": count},
    )  # fmt: skip


def _check_row(count: int, since: datetime | None) -> Row:
    return Row(
        count, _("Proposals of parties about their record"),
        _("The oldest is of %(day)s.") % {"day": _day(since)} if since else _("Every proposal is decided."),
        _("Decide"), address("checks"),
        ngettext("%(count)s proposal of a party waits", "%(count)s proposals of parties wait", count)
        % {"count": count},
    )  # fmt: skip


_ROWS: dict[str, Callable[[int, datetime | None], Row]] = {
    "suggestions": _suggestion_row,
    "drafts": _draft_row,
    "links": _link_row,
    "checks": _check_row,
    "accounts": _account_row,
}


def _report_rows(user: User, standing: Standing) -> list[Row]:
    return [_asked_row(one) for one in asked_cycles(user)] if standing.parties else []


def _asked_row(one: AskedCycle) -> Row:
    until = day(one.due.astimezone(ZoneInfo(one.zone)).date().isoformat())
    over = clock.now() > one.due
    says = _("%(party)s: %(done)s of %(of)s are in; was due %(day)s.") if over else _(
        "%(party)s: %(done)s of %(of)s are in; due %(day)s.")  # fmt: skip
    says %= {"party": one.party, "done": one.of - one.open, "of": one.of, "day": until}
    if one.returned:
        says += " " + ngettext(
            "%(count)s was returned with a comment.", "%(count)s were returned with a comment.", one.returned
        ) % {"count": one.returned}
    first = ngettext("%(count)s report to send by %(day)s", "%(count)s reports to send by %(day)s", one.open)
    if over:
        first = ngettext("%(count)s report overdue since %(day)s", "%(count)s reports overdue since %(day)s", one.open)
    return Row(
        one.open,
        one.title,
        says,
        _("Report"),
        address("own-reports", one.id),
        first % {"count": one.open, "day": until},
    )


def _review_rows(user: User, runs: bool) -> list[Row]:
    held = cycles_to_review(user) if runs else []
    rows = [_run_row(one) for one in held if one.to_review or one.to_publish]
    rows += [_owed_row(one) for one in held if one.owed]
    return rows or [Row(0, _("Reports of parties"), _("No report waits for review."), "", "", "")] * runs


def _owed_row(one: RunCycle) -> Row:
    """Return what parties have still to send, which is their work; who runs the cycle sees there whom to remind."""
    until = day(one.due.astimezone(ZoneInfo(one.zone)).date().isoformat())
    says = ngettext(
        "%(count)s report of %(parties)s is not in.", "%(count)s reports of %(parties)s are not in.", one.owed
    ) % {"count": one.owed, "parties": plural(one.parties, "party")}
    says += " " + (_("It was due %(day)s.") if clock.now() > one.due else _("It is due %(day)s.")) % {"day": until}
    title = _("Who has not reported: %(title)s") % {"title": one.title}
    return Row(0, title, says, "", address("cycle", one.id), "", others=one.owed)


def _run_row(one: RunCycle) -> Row:
    count = one.to_review or one.to_publish
    says = ngettext(
        "%(count)s is accepted and not public yet.", "%(count)s are accepted and not public yet.", one.to_publish
    ) % {"count": one.to_publish}
    if one.oldest:
        says = _("The oldest came on %(day)s.") % {"day": _day(one.oldest)} + " " + says
    first = (
        ngettext("%(count)s report to review", "%(count)s reports to review", count)
        if one.to_review
        else ngettext("%(count)s report to publish", "%(count)s reports to publish", count)
    )
    return Row(count, one.title, says, _("Review"), address("review-queue", one.id), first % {"count": count})


def _coder_rows(user: User, codes: bool) -> list[Row]:
    rows = [
        Row(
            one.open, one.title,
            _("%(done)s of %(of)s given. Nobody sees a value before all are in.")
            % {"done": one.of - one.open, "of": one.of},
            _("Rate the next"), address("desk", one.id),
            ngettext("%(count)s rating to give", "%(count)s ratings to give", one.open) % {"count": one.open},
        )
        for one in waiting.coder_rounds(user)
    ]  # fmt: skip
    nothing = Row(0, _("Ratings"), _("No round is open in which you are a coder."), "", "", "")
    return rows or [nothing] * codes


def _reply_rows(user: User, standing: Standing) -> list[Row]:
    if not standing.parties:
        return []
    rows = [
        Row(
            one.open, _("Ratings of %(party)s to reply to") % {"party": one.party_name},
            _("%(round)s. You may reply until %(day)s.") % {"round": one.title, "day": day(str(one.until or ""))},
            _("Reply"), address("party-ratings", one.party),
            ngettext("%(count)s rating to reply to by %(day)s", "%(count)s ratings to reply to by %(day)s", one.open)
            % {"count": one.open, "day": day(str(one.until or ""))},
        )
        for one in waiting.reply_rounds(user)
    ]  # fmt: skip
    return rows or [Row(0, _("Ratings to reply to"), _("No rating is open for a reply."), "", "", "")]


def _round_rows(rounds: Iterable[waiting.RunRound], runs: bool) -> list[Row]:
    rows = [
        Row(one.waits, one.title, _state_of(one), _("Open"), address("assessment", one.id), _step_of(one))
        for one in rounds
    ]
    return rows or [Row(0, _("Rounds of rating"), _("No round is open."), "", "", "")] * runs


def _state_of(one: waiting.RunRound) -> str:
    if one.state == REPLY:
        until = {"silent": plural(one.silent, "party"), "day": day(str(one.until or ""))}
        if one.parties_may_reply:
            return _("May reply until %(day)s; not yet in: %(silent)s.") % until
        return _("The replies are in, or their time is over.")
    return _("%(final)s of %(cells)s ratings are final; coders disagree on %(differ)s of those that are in.") % {
        "final": one.final, "cells": one.cells, "differ": one.differ,
    }  # fmt: skip


def _step_of(one: waiting.RunRound) -> str:
    if one.state == RATING and one.final < one.cells:
        return ngettext("%(count)s rating to make final", "%(count)s ratings to make final", one.complete) % {
            "count": one.complete
        }
    return _("A round to publish") if one.state == REPLY else _("A reply period to open")


def _day(moment: datetime) -> str:
    return day(timezone.localdate(moment).isoformat())
