"""How much there is: for every indicator around an agreement, the figures of each party."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from followthrough.web.agreements.rows import signatories, states_of, tail
from followthrough.web.agreements.views import facts_of
from followthrough.web.indicators import registry
from followthrough.web.indicators.registry import Cover, IndicatorRow
from followthrough.web.site.lists import Column, Filter, Table, link, listed
from followthrough.web.site.wording import plural

SHADES = ((15, "r4"), (8, "r3"), (2, "r2"), (1, "r1"), (0, "r0"))
"""Points from which a cell of the coverage matrix has a shade."""


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One line of the coverage matrix."""

    row: IndicatorRow
    places: list[str]
    cells: dict[str, Cover]

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.row.id


@require_safe
def coverage(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show for every indicator around an agreement how many figures each party has, and of which years."""
    facts = facts_of(request, doc)
    parties = states_of(signatories([doc])[doc])
    inside = Q(provision__document=doc) | Q(commitment__provision__document=doc)
    rows = registry.indicators(inside)
    base = {row.id: row.derived_from or row.id for row in rows}
    vintages = registry.shown_vintages({*base.values()})
    held = registry.coverage(vintages)
    found = [CoverRow(row, [place for place, _ in row.places], _cells(row, held.get(base[row.id], {}))) for row in rows]
    found = sorted(found, key=lambda one: (one.places[0], one.row.title))
    filled = [one for one in found if one.cells]
    around = {place for one in filled for place in one.places}
    finding = format_html(
        "<strong>{} of {} have figures</strong>, around {}. They show the world around the agreement and never "
        "whether it is kept.",
        len(filled), plural(len(found), "indicator"), plural(len(around), "paragraph"),
    )  # fmt: skip
    context = {"doc": facts, "here": "indicators", "finding": finding}
    return listed(request, _matrix(parties), found, context, ext)


def _cells(row: IndicatorRow, held: dict[str, Cover]) -> dict[str, Cover]:
    """A gap rests on every party of its groups: where each has figures, it is shown with all of them."""
    if not row.derived_from:
        return held
    groups = {*row.above, *row.below}
    return {area: one for area, one in held.items() if area in groups} if groups <= held.keys() else {}


def _matrix(parties: list[str]) -> Table[CoverRow]:
    columns: tuple[Column[CoverRow], ...] = (
        Column("id", "", lambda one: one.row.id),
        Column("title", "Indicator", lambda one: one.row.title, _title),
        Column("places", "Around", lambda one: "; ".join(one.places), _places),
        *[_party_column(code) for code in parties],
    )
    scored: Filter[CoverRow] = Filter(
        "scored", "Kind", lambda one: "scored" if one.row.scored else "context, never scored"
    )
    filled: Filter[CoverRow] = Filter("figures", "Figures", lambda one: "on record" if one.cells else "none yet")
    return Table(
        "indicators", "Indicators", "indicator", columns, (scored, filled),
        lambda one: f"{one.row.id} {one.row.title} {' '.join(one.places)}", "indicators/coverage.html",
    )  # fmt: skip


def _title(one: CoverRow) -> SafeString:
    return link(f"/indicators/{one.row.id}", one.row.title)


def _places(one: CoverRow) -> SafeString:
    tags = [format_html('<a class="tag" href="/agreements/{}">{}</a> ', place, tail(place)) for place in one.places]
    return format_html("{}" * len(tags), *tags)


def _party_column(code: str) -> Column[CoverRow]:
    def value(one: CoverRow) -> str:
        held = one.cells.get(code)
        return f"{held.points} ({held.first}-{held.last})" if held else ""

    def shown(one: CoverRow) -> SafeString:
        held = one.cells.get(code)
        points = held.points if held else 0
        shade = next(shade for least, shade in SHADES if points >= least)
        if held is None:
            return format_html('<span class="c {}"><span class="vh">none</span></span>', shade)
        years = held.first if held.first == held.last else f"{held.first} to {held.last}"
        title = f"{plural(points, 'figure')}, {years}"
        return format_html('<span class="c {}" title="{}">{}<small>{}</small></span>', shade, title, points, held.last)

    return Column(code, code, value, shown)
