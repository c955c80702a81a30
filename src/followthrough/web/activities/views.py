"""The pages of activities and of meetings."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.packs.cells import plain as plain_number
from followthrough.web.accounts.policy import Actor
from followthrough.web.activities import rows, summaries
from followthrough.web.activities.actions.bulk_changes import ACTIVITIES as CHANGED
from followthrough.web.activities.activity_rows import ActivityRow
from followthrough.web.activities.rows import MeetingRow
from followthrough.web.activities.summaries import ActivitySummary
from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import joined, tallied, tally
from followthrough.web.kit.feeds import Feed
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column, by_stored, natural
from followthrough.web.kit.lists import UNKNOWN, Filter, Table, below, chip, dated, link, listed, or_unknown
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.kit.wording import money as written
from followthrough.web.links.forms import list_actions
from followthrough.web.links.scope import Scope
from followthrough.web.links.summaries import first_place

LOOKS = {
    "completed": ("good", "check"), "running": ("info", "half"), "implemented": ("info", "half"),
    "reported": ("info", "half"), "period_ended": ("warn", "info"), "unknown": ("unknown none", "q"),
    "withdrawn": ("bad", "cross"), "rejected": ("bad", "cross"), "cancelled": ("bad", "cross"),
}  # fmt: skip


def _state(one: ActivityRow) -> SafeString:
    kind, icon = LOOKS.get(one.state, ("none", "ring"))
    printed = "" if one.status in ("", plain(one.state)) else one.status
    return below(chip(kind, icon, plain(one.state)), printed)


def _period(one: ActivityRow) -> SafeString | str:
    return (
        _("%(start)s to %(end)s") % {"start": day(one.start) or "?", "end": day(one.end) or "?"}
        if one.start or one.end
        else UNKNOWN
    )


def _budget(one: ActivityRow) -> SafeString | str:
    if one.budget is None:
        return UNKNOWN
    amount = f"{written(one.budget)} {one.currency}"
    return below(amount, _("counted in its whole")) if one.parent else amount


def _title(one: ActivityRow) -> SafeString:
    named = link(address("activity", one.id), one.title)
    return below(named, one.statement)


def _serves(one: ActivityRow) -> SafeString:
    return place_tags(sorted({tie.place for tie in one.ties}))


ACTIVITIES: Table[ActivityRow] = Table(
    "activities",
    lazy("Activities"),
    "activity",
    (
        Column("id", lazy("Id"), lambda one: one.id, order=lambda one: natural(one.id), extra=True),
        Column("title", lazy("Activity"), lambda one: one.title, _title, order=by_stored, stored="title"),
        Column("state", lazy("State"), lambda one: one.state, _state, order=attrgetter("state")),
        Column(
            "status", lazy("State as printed"), lambda one: one.status, order=by_stored, stored="status", extra=True
        ),
        Column("start", lazy("Period"), lambda one: one.start, _period, order=attrgetter("start")),
        Column(
            "end", lazy("End"), lambda one: one.end, lambda one: dated(one.end), order=attrgetter("end"), extra=True
        ),
        Column(
            "budget", lazy("Budget"), lambda one: "" if one.budget is None else plain_number(one.budget), _budget,
            numeric=True, order=by_stored, stored="budget",
        ),
        Column("currency", lazy("Currency"), lambda one: one.currency, order=by_stored, stored="currency", extra=True),
        Column(
            "lead_body", lazy("Lead"), lambda one: one.lead_body, lambda one: or_unknown(one.lead_body),
            order=by_stored, stored="lead_body",
        ),
        Column(
            "commitments", lazy("Serves"), lambda one: "; ".join(sorted(tie.place for tie in one.ties)), _serves,
            order=first_place,
        ),
        Column("part_of", lazy("Part of"), lambda one: one.parent, order=by_stored, stored="parent_id", extra=True),
        Column(
            "source", lazy("Source"), lambda one: one.source.url,
            lambda one: link(address("source", one.source.id), one.source.publisher),
            order=by_stored, stored="source__publisher",
        ),
    ),
    (
        Filter("state", lazy("State"), attrgetter("state"), plain),
        Filter("kind", lazy("Kind"), attrgetter("kind"), capital),
        Filter("fund", lazy("Paid by"), attrgetter("fund")),
        Filter("budget", lazy("Budget"), lambda one: "known" if one.budgeted else "not known"),
    ),
    lambda one: one.words,
    feed=Feed(
        "activity", attrgetter("title"), lambda one: address("activity", one.id), lambda one: (one.start, one.end)
    ),
    also=("iati.xml",),
)  # fmt: skip


def activity_table(doc: str, by: Actor) -> Table[ActivityRow]:
    """Return the table of the activities that serve an agreement."""
    return replace(ACTIVITIES, whole=lambda chosen: summaries.whole_activities(chosen, by, doc))


@require_safe
def activities(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the activities that serve an agreement."""
    facts = document_or_404(request, doc)
    table = activity_table(doc, request.user)
    found = summaries.activities_at(
        Scope(doc, by=request.user), words="q" in request.GET, stored=table.stored(request.GET)
    )
    finding = _activities_say(doc, found)
    context = {
        "doc": facts,
        "here": "activities",
        "finding": finding,
        **list_actions(request, doc, "activities", "new-activity", CHANGED.commands.values(), {}),
    }
    return listed(request, table, found, context, ext)


def _result(one: MeetingRow) -> SafeString | str:
    return _superseded(or_unknown(one.result), one.withdrawn) if one.withdrawn else or_unknown(one.result)


_superseded = fragment("kit/cells.jinja", "superseded")


def _activities_say(doc: str, found: list[ActivitySummary]) -> SafeString:
    """Say how many activities are completed and under way, then of how many the budget is known."""
    twin = address("activities", doc) + ".json"
    if not found:
        return format_html("{}", _("No activity is on record."))
    counts = Counter(one.state for one in found).most_common()
    said = [format_html("{} {}", tally(n, twin=f"{twin}?state={state}"), plain(state)) for state, n in counts]
    budgets = sum(one.budgeted for one in found)
    return format_html(
        _("<strong>Of {}, {}.</strong> The budget of {} is known."),
        tallied(len(found), "activity", twin=twin),
        joined(said),
        tally(budgets, twin=twin, path="activities/*/budget", equals="!"),
    )  # fmt: skip


MEETINGS: Table[MeetingRow] = Table(
    "meetings",
    lazy("Meetings"),
    "meeting",
    (
        Column("id", lazy("Id"), lambda one: one.id, extra=True),
        Column("date", lazy("Date"), lambda one: one.date, lambda one: dated(one.date)),
        Column("body", lazy("Body"), lambda one: one.body),
        Column("number", lazy("Number"), lambda one: one.number, lambda one: or_unknown(one.number)),
        Column("place", lazy("Place"), lambda one: one.place, lambda one: or_unknown(one.place)),
        Column("result", lazy("Result"), lambda one: one.result, _result),
        Column("superseded", lazy("Superseded"), lambda one: one.withdrawn, extra=True),
        Column(
            "commitments", lazy("Speaks to"), lambda one: "; ".join(sorted(one.places)),
            lambda one: place_tags(sorted(one.places)),
        ),
        Column(
            "source", lazy("Source"), lambda one: one.source.url,
            lambda one: link(address("source", one.source.id), one.source.publisher),
            order=lambda one: natural(one.source.publisher),
        ),
    ),
    (
        Filter("body", lazy("Body"), attrgetter("body")),
        Filter("year", lazy("Year"), lambda one: one.date[:4]),
    ),
    lambda one: f"{one.body} {one.place} {one.result}",
    sort="-date",
    feed=Feed(
        "meeting", lambda one: f"{one.body} {one.number}, {one.place}".strip(" ,"),
        lambda one: address("source", one.source.id), lambda one: (one.date, one.date),
    ),
)  # fmt: skip


@require_safe
def meetings(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the meetings of the bodies that follow an agreement."""
    facts = document_or_404(request, doc)
    found = rows.meetings_of(Scope(doc, by=request.user))
    held = [one for one in found if not one.withdrawn]
    bodies = len({one.body for one in held})
    newest = held[0].date if held else ""
    twin = address("meetings", doc) + ".json"
    latest = _("The newest meeting on record is of %(date)s: ") % {"date": day(newest)} if newest else ""
    said = format_html(
        _("<strong>{}</strong>{} of {}."), latest,
        tallied(len(held), "meeting", twin=twin, path="meetings/*/superseded", equals="="),
        tallied(bodies, "body"),
    )  # fmt: skip
    return listed(request, MEETINGS, found, {"doc": facts, "here": "meetings", "finding": said}, ext)
