"""What a reporting cycle tells its people by notices: what is asked, what is due, what became of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import Actor, focal_points, name_of, people_who_may
from followthrough.web.accounts.roles import Permission
from followthrough.web.followup.clock import local
from followthrough.web.followup.models import Comment, Cycle, Report, Submission
from followthrough.web.followup.rows import Group, ReportRow, by_party, report_rows
from followthrough.web.followup.states import Turn
from followthrough.web.kit.addresses import address
from followthrough.web.kit.wording import day
from followthrough.web.notices.kinds import NoticeKind
from followthrough.web.notices.outbox import Reader, Told, put

NAMED = 6
"""How many open reports a letter names; how many more there are, it counts."""


def readers_of(people: QuerySet[User], cycle: Cycle) -> list[Reader]:
    """Return people as the outbox knows them; an example is told to the invented people of the demo, without mail."""
    held = people.filter(demo=cycle.example).values_list("pk", "email")
    return [Reader("" if cycle.example else email, key) for key, email in held]


def tell_asked(cycle: Cycle) -> int:
    """Tell the focal points of each party that a cycle has been opened, and what it asks."""
    return sum(tell_party(cycle, one, NoticeKind.ASKED, "opened") for one in parties_of(cycle))


def parties_of(cycle: Cycle) -> list[Group[ReportRow]]:
    """Return the reports of a cycle by party."""
    return by_party(report_rows(cycle, Report.objects.defer("answers")))


def tell_party(cycle: Cycle, party: Group[ReportRow], kind: NoticeKind, when: str, **facts: Any) -> int:
    """Tell the focal points of a party what it owes; ``when`` is what tells one telling from the next."""
    said = _SUBJECTS[kind](party, cycle)
    told = Told(
        f"{kind}/{cycle.pk}/{party.key}/{when}", kind, said, cycle.title, address("own-reports", cycle.pk),
        owed(cycle, party) | facts,
    )  # fmt: skip
    return put(told, readers_of(focal_points(party.key, cycle.document_id), cycle))


def owed(cycle: Cycle, party: Group[ReportRow]) -> dict[str, Any]:
    """Return what a letter says about the reports of a party."""
    open_ = [one.heading for one in party.reports if one.turn is Turn.PARTY]
    return _about(cycle) | {
        "party": party.name, "count": party.of, "n": party.n, "of": party.of,
        "open": open_[:NAMED], "more": max(0, len(open_) - NAMED),
    }  # fmt: skip


def tell_returned(report: Report, last: Submission, comments: Iterable[str]) -> None:
    """Tell those who write a report that it came back, with the comments."""
    _tell_report(report, last, NoticeKind.RETURNED, address("report", report.pk), {"comments": list(comments)})


def tell_accepted(report: Report, last: Submission) -> None:
    """Tell those who wrote a report that it was accepted."""
    _tell_report(report, last, NoticeKind.ACCEPTED, address("own-reports", report.cycle_id), {})


def tell_commented(report: Report, comment: Comment, by: Actor) -> None:
    """Tell those on the other side of a report, and the writer's own colleagues, that a comment was written."""
    held = Report.objects.select_related("cycle__document", "party", "provision").get(pk=report.pk)
    heading = _heading(held)
    facts = {**_about(held.cycle), "party": held.party.name, "who": name_of(by), "text": comment.text}
    said = _("%(party)s: a comment on the report on %(place)s") % {"party": held.party.name, "place": heading}
    office = focal_points(held.party_id, held.cycle.document_id)
    secretariat = people_who_may(Permission.RUN_CYCLE, held.cycle.document).exclude(pk__in=office.values("pk"))
    writer = by.pk if isinstance(by, User) else 0
    for people, page in ((office, "report"), (secretariat, "review")):
        told = Told(
            f"{NoticeKind.COMMENTED}/{comment.pk}", NoticeKind.COMMENTED, said, heading, address(page, held.pk), facts
        )
        put(told, readers_of(people.exclude(pk=writer), held.cycle))


def _heading(report: Report) -> str:
    return f"{report.provision.num or ''} {report.provision.title}".strip()


def _tell_report(report: Report, last: Submission, kind: NoticeKind, link: str, facts: Mapping[str, Any]) -> None:
    held = Report.objects.select_related("cycle__document", "party", "provision").get(pk=report.pk)
    heading = _heading(held)
    facts = {**_about(held.cycle), "party": held.party.name, **facts}
    said = _("%(party)s: report on %(place)s %(state)s") % {
        "party": held.party.name, "place": heading,
        "state": _("returned with a comment") if kind is NoticeKind.RETURNED else _("accepted"),
    }  # fmt: skip
    told = Told(f"{kind}/{report.pk}/{last.number}", kind, said, heading, link, facts)
    put(told, readers_of(focal_points(held.party_id, held.cycle.document_id), held.cycle))


def _about(cycle: Cycle) -> dict[str, Any]:
    ends = {name: local(getattr(cycle, name), cycle.zone) for name in ("due", "late_until")}
    zone = cycle.zone.replace("_", " ")
    return {
        "cycle": cycle.title, "agreement": cycle.document.short_title,
        **{name: f"{day(end.date().isoformat())}, {end:%H:%M} ({zone})" for name, end in ends.items()},
    }  # fmt: skip


def due_day(cycle: Cycle) -> str:
    """Return the due date of a cycle as a letter's subject names it."""
    return day(local(cycle.due, cycle.zone).date().isoformat())


def _asked(party: Group[ReportRow], cycle: Cycle) -> str:
    said = ngettext("%(party)s: %(n)s report due on %(day)s", "%(party)s: %(n)s reports due on %(day)s", party.of)
    return said % {"party": party.name, "n": party.of, "day": due_day(cycle)}


def _still(party: Group[ReportRow], cycle: Cycle) -> str:
    said = ngettext(
        "%(party)s: %(n)s report still due on %(day)s", "%(party)s: %(n)s reports still due on %(day)s", party.owed
    )
    return said % {"party": party.name, "n": party.owed, "day": due_day(cycle)}


def _overdue(party: Group[ReportRow], cycle: Cycle) -> str:
    said = ngettext(
        "%(party)s: %(n)s report overdue since %(day)s", "%(party)s: %(n)s reports overdue since %(day)s", party.owed
    )
    return said % {"party": party.name, "n": party.owed, "day": due_day(cycle)}


def _nudged(party: Group[ReportRow], cycle: Cycle) -> str:
    said = ngettext(
        "%(party)s: %(n)s report is open in %(cycle)s", "%(party)s: %(n)s reports are open in %(cycle)s", party.owed
    )
    return said % {"party": party.name, "n": party.owed, "cycle": cycle.title}


_SUBJECTS = {
    NoticeKind.ASKED: _asked,
    NoticeKind.BEFORE_DUE: _still,
    NoticeKind.DUE: _still,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.NUDGED: _nudged,
}
