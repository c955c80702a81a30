"""The page of targets."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, ngettext_lazy
from django.views.decorators.http import require_safe

from followthrough.assess.targets import STATES
from followthrough.packs.cells import plain as plain_number
from followthrough.web.agreements.document_facts import DocumentFacts, document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.indicators.target_families import families
from followthrough.web.indicators.target_rows import TargetRow, targets_of
from followthrough.web.indicators.target_sentences import figures, state_chip
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import joined, opening, tallied, tally
from followthrough.web.kit.feeds import Feed
from followthrough.web.kit.list_columns import Column, natural
from followthrough.web.kit.lists import Filter, Table, below, dated, link, listed
from followthrough.web.kit.pictures import Drawn, Picture, picture_answer
from followthrough.web.kit.wording import capital
from followthrough.web.links.scope import Scope

SAID = {
    "met": ngettext_lazy("{} was met", "{} were met"),
    "missed": ngettext_lazy("{} was missed", "{} were missed"),
    "contested": ngettext_lazy("{} is contested", "{} are contested"),
    "insufficient data": ngettext_lazy(
        "{} lacks the figure that could judge it", "{} lack the figure that could judge them"
    ),
    "not yet due": ngettext_lazy("{} is not yet due", "{} are not yet due"),
    "no date set": ngettext_lazy("{} has no date", "{} have no date"),
}
"""What a sentence says of so many targets in a state."""
SHOWN = 3
"""Families of targets that are drawn; the table has all targets."""


def _statement(one: TargetRow) -> SafeString:
    again = format_html(_("; repeats or raises {}"), one.repeats) if one.repeats else ""
    return below(one.statement, format_html("{}{} {}", one.id, again, place_tags(one.places)))


def _due(one: TargetRow) -> SafeString:
    return dated(one.due) if one.due else format_html('<i class="unk">{}</i>', "none")


TARGETS: Table[TargetRow] = Table(
    "targets",
    lazy("Targets"),
    "target",
    (
        Column("id", lazy("Id"), lambda one: one.id, extra=True),
        Column("statement", lazy("Target"), lambda one: one.statement, _statement),
        Column("announced", lazy("Announced"), lambda one: one.announced, lambda one: dated(one.announced)),
        Column("due", lazy("Due"), lambda one: one.due, _due),
        Column(
            "value", lazy("Value"), lambda one: plain_number(one.value) if one.value is not None else "",
            order=attrgetter("value"), extra=True,
        ),
        Column("unit", lazy("Unit"), lambda one: one.unit, extra=True),
        Column("state", lazy("State"), lambda one: one.state, state_chip),
        Column("figures", lazy("What the figures say"), figures),
        Column("repeats", lazy("Repeats or raises"), lambda one: one.repeats, extra=True),
        Column("replaced_by", lazy("Replaced by"), lambda one: one.replaced_by, extra=True),
        Column(
            "commitments", lazy("Linked to"), lambda one: "; ".join(one.places), lambda one: place_tags(one.places),
            extra=True,
        ),
        Column(
            "source", lazy("Source"), lambda one: one.source.url,
            lambda one: link(address("source", one.source.id), one.source.publisher),
            order=lambda one: natural(one.source.publisher),
        ),
    ),
    (
        Filter("state", lazy("State"), attrgetter("state"), capital),
        Filter("repeated", lazy("Set before"), lambda one: "" if one.withdrawn else "yes" if one.repeats else "no"),
    ),
    lambda one: f"{one.id} {one.statement}",
    "indicators/targets.html",
    feed=Feed(
        "target", attrgetter("statement"), lambda one: address("source", one.source.id), lambda one: (one.due, one.due)
    ),
)  # fmt: skip


def _again(count: int, twin: str) -> SafeString:
    if not count:
        return SafeString()
    again = ngettext(
        " {} was set again or raised from an earlier one.", " {} were set again or raised from an earlier one.", count
    )
    return format_html(again, opening(count, twin=twin))


def target_picture(facts: DocumentFacts, found: list[TargetRow], today: str, wanted: str) -> Picture:
    """Return the picture of the targets of a series, or without one of the first; ``found`` are those that stand."""
    family = next((one for one in families(found) if one.series == wanted or not wanted), None)
    if family is None:
        raise Http404(_("No target is on record."))
    context = {"family": family, "chart": family.chart(today)}
    drawn = Drawn(facts.short_title, render_to_string("indicators/_family_chart.html", context))
    key = [_("Dashed line: from the announcement to the due year. Dotted line: years without a figure.")]
    return Picture(family.title, [drawn], key, f"{facts.id}-{family.series}", address("targets", facts.id))


def targets_finding(found: list[TargetRow], doc: str) -> SafeString:
    """Say how many targets of an agreement stand how; ``found`` are those that stand."""
    if not found:
        return format_html("{}", _("No target is on record."))
    counts = Counter(one.judgement.state for one in found)
    again = sum(bool(one.repeats) for one in found)
    twin = address("targets", doc) + ".json"
    states = [
        format_html(SAID[state] % n, tally(n, twin=f"{twin}?{urlencode({'state': state})}"))
        for state in STATES if (n := counts[state])
    ]  # fmt: skip
    return format_html(
        _("<strong>Of {}, {}.</strong>{} A state comes from the figure of the due year and from nothing in between."),
        tallied(len(found), "target", twin=twin, path="targets/*/state", equals="!superseded"), joined(states),
        _again(again, f"{twin}?repeated=yes"),
    )  # fmt: skip


@require_safe
def targets(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """List the targets that give a measure to an agreement, each judged by the figures of its due year alone."""
    facts = document_or_404(request, doc)
    today = timezone.localdate().isoformat()
    listed_ones = targets_of(Scope(doc, by=request.user), today, superseded=True)
    found = [one for one in listed_ones if not one.withdrawn]
    if ext == "svg":
        return picture_answer(target_picture(facts, found, today, request.GET.get("series", "")), request)
    finding = targets_finding(found, doc)
    drawn = [] if ext else [(one, one.chart(today)) for one in families(found)[:SHOWN]]
    context = {"doc": facts, "here": "targets", "finding": finding, "families": drawn}
    return listed(request, TARGETS, listed_ones, context, ext)
