"""The indicators of one party."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.measure.comparison import SCORED
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result
from followthrough.web.agreements.parties import party_name
from followthrough.web.indicators import indicator_rows, vintages
from followthrough.web.indicators.indicator_rows import IndicatorRow
from followthrough.web.indicators.indicator_views import group
from followthrough.web.indicators.status_chips import status_chip
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.list_columns import Column
from followthrough.web.kit.lists import Filter, Table, link, listed, or_unknown
from followthrough.web.links.scope import Scope


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One indicator of a party."""

    row: IndicatorRow
    base: tuple[int, float | str] | None
    latest: tuple[int, float | str] | None
    results: dict[str, Result]

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.row.id


def _point(point: tuple[int, float | str] | None) -> str:
    if point is None:
        return ""
    year, value = point
    if isinstance(value, float):
        value = f"{value:,.0f}" if abs(value) >= 100_000 else f"{value:,.6g}"
    return f"{value} ({year})"


def _number(point: tuple[int, float | str] | None) -> float | None:
    """Return what a column of figures is sorted by; a censored figure counts as its bound."""
    return float(str(point[1]).lstrip("<>~ ")) if point else None


def _said(method: str) -> Column[PartyRow]:
    def value(one: PartyRow) -> str:
        return one.results[method].status if one.row.scored and method in one.results else ""

    def shown(one: PartyRow) -> SafeString:
        if not one.row.scored:
            return CONTEXT
        return status_chip(one.results[method])

    return Column(method, METHODS[method].title, value, shown)


CONTEXT = mark_safe('<span class="dim">context</span>')
OF_PARTY: Table[PartyRow] = Table(
    "indicators",
    lazy("Indicators"),
    "indicator",
    (
        Column("id", lazy("Id"), lambda one: one.row.id, extra=True),
        Column("title", lazy("Indicator"), lambda one: one.row.title,
               lambda one: link(address("indicator", one.row.id), one.row.title)),
        Column("unit", lazy("Unit"), lambda one: one.row.unit),
        Column("base", lazy("From"), lambda one: _point(one.base), lambda one: or_unknown(_point(one.base)),
               order=lambda one: _number(one.base)),
        Column("latest", lazy("Latest"), lambda one: _point(one.latest), lambda one: or_unknown(_point(one.latest)),
               order=lambda one: _number(one.latest)),
        _said(SCORED),
        Column(
            "why", lazy("Why"), lambda one: next((r.reason or r.because for r in one.results.values()), ""), extra=True
        ),
    ),
    (Filter("scored", lazy("Kind"), lambda one: "scored" if one.row.scored else "context, never scored"),),
    lambda one: f"{one.row.id} {one.row.title}",
    "indicators/party.html",
)  # fmt: skip


def _finding(key: str, on: int, assessed: int, count: int) -> SafeString:
    """Say how many of the assessed indicators of a party move as fast as asked."""
    twin, status = address("party-indicators", key) + ".json", f"indicators/*/{SCORED}"
    if not count:
        return format_html("{}", _("No figure about it is on record."))
    held = tallied(count, "indicator", twin=twin)
    if not assessed:
        return format_html(_("None of {} with figures can be assessed."), held)
    return format_html(
        _("<strong>{} of {} assessed move as fast as asked</strong>, by the method of Open SDG; {} with figures. They "
        "are trends of a country, not its part in an agreement."),
        tally(on, twin=twin, path=status, equals="achieved|substantial"),
        tally(assessed, twin=twin, path=status, equals="achieved|substantial|moderate|limited|deterioration"), held,
    )  # fmt: skip


@require_safe
def party(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show the indicators of one party, each with its base, its latest figure and one method's word."""
    facts = party_name(key)
    if facts is None:
        raise Http404(_("The register holds no party “%(key)s”.") % {"key": key})
    rows = indicator_rows.indicators(Scope(by=request.user))
    shown = vintages.shown_vintages(row.id for row in rows)
    figures = vintages.figures_of((one.id for one in shown.values()), key)
    held = [
        (row.id, row, own[key]) for row in rows
        if row.id in shown and (own := figures.get(shown[row.id].id))
    ]  # fmt: skip
    by_row = group(indicator_rows.measured(held, [METHODS[SCORED]]))
    found = [
        PartyRow(row, by_row[row.id][SCORED].base, by_row[row.id][SCORED].latest, by_row[row.id]) for _, row, _ in held
    ]
    found.sort(key=lambda one: (not one.row.scored, one.row.title))
    assessed = [one.results[SCORED] for one in found if one.row.scored and one.results[SCORED].assessed]
    on = sum(one.status in ("achieved", "substantial") for one in assessed)
    finding = _finding(key, on, len(assessed), len(found))
    context = {"party": facts, "finding": finding}
    return listed(
        request, replace(OF_PARTY, title=_("Indicators of %(party)s") % {"party": facts["name"]}), found, context, ext
    )
