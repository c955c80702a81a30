"""How much there is: for every indicator around an agreement, the figures of each party."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from followthrough.web.agreements.document_facts import document_or_404
from followthrough.web.agreements.place_tags import place_tags
from followthrough.web.agreements.rows import signatories, states_of, tail
from followthrough.web.indicators import indicator_rows, vintages
from followthrough.web.indicators.indicator_rows import Around
from followthrough.web.indicators.vintages import NO_FIGURES, Cover
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.fragments import fragment
from followthrough.web.kit.list_columns import Column
from followthrough.web.kit.lists import Filter, Table, link, listed
from followthrough.web.kit.wording import plural
from followthrough.web.links.scope import Scope

SHADES = ((15, "r4"), (8, "r3"), (2, "r2"), (1, "r1"), (0, "r0"))
"""Points from which a cell of the coverage matrix has a shade."""


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One line of the coverage matrix."""

    row: Around
    cover: Cover

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.row.id


@require_safe
def coverage(request: HttpRequest, doc: str, ext: str = "") -> HttpResponse:
    """Show for every indicator around an agreement how many figures each party has, and of which years."""
    facts = document_or_404(request, doc)
    parties = tuple(states_of(signatories([doc])[doc]))
    rows = indicator_rows.around(Scope(doc, by=request.user))
    held = vintages.coverage({row.base for row in rows})
    found = [CoverRow(row, row.covered(held.get(row.base, NO_FIGURES))) for row in rows]
    found = sorted(found, key=lambda one: (one.row.places[0], one.row.title))
    filled = [one for one in found if one.cover.areas]
    finding = _finding(doc, filled, len(found))
    context = {"doc": facts, "here": "indicators", "finding": finding, "parties": parties}
    if not ext:
        context["matrix"] = {one.id: _line(one.id, one.row.title, one.row.places, one.cover, parties) for one in found}
    columns = (*MATRIX.columns, *map(_party_column, parties))
    return listed(request, replace(MATRIX, columns=columns), found, context, ext)


def _finding(doc: str, filled: list[CoverRow], count: int) -> SafeString:
    """Say how many indicators have figures, around how many places."""
    twin = address("indicators", doc) + ".json"
    total = tallied(count, "indicator", twin=twin)
    if not filled:
        return (
            format_html(_("No figure is on record yet for any of {}."), total)
            if count
            else format_html("{}", _("None is linked."))
        )
    around = {place for one in filled for place in one.row.places}
    return format_html(
        _("<strong>{} of {} have figures</strong>, around {}. They show the world around the agreement and never "
        "whether it is kept."),
        tally(len(filled), twin=f"{twin}?figures=on+record"), total, plural(len(around), "paragraph"),
    )  # fmt: skip


def _party_column(code: str) -> Column[CoverRow]:
    def value(one: CoverRow) -> str:
        held = one.cover.of(code)
        return f"{held[0]} ({held[1]}-{held[2]})" if held else ""

    def figures(one: CoverRow) -> int | None:
        held = one.cover.of(code)
        return held[0] if held else None

    return Column(code, code, value, order=figures)


@lru_cache(maxsize=4096)
def _line(key: str, title: str, places: tuple[str, ...], cover: Cover, parties: tuple[str, ...]) -> SafeString:
    """Show the line of one indicator: hundreds of cells on a page, and the same until the next vintage."""
    served = [(place, tail(place)) for place in places]
    return _coverage_line(link(address("indicator", key), title), served, [_cell(cover.of(code)) for code in parties])


_coverage_line = fragment("indicators/cells.jinja", "coverage_line")


def _cell(held: tuple[int, str, str] | None) -> tuple[str, str, int, str]:
    """Return how a cell is shaded, what it says in full, how many figures there are, and the newest year."""
    points, first, last = held or (0, "", "")
    shade = next(shade for least, shade in SHADES if points >= least)
    years = first if first == last else f"{first} to {last}"
    return shade, f"{plural(points, 'figure')}, {years}", points, last


MATRIX: Table[CoverRow] = Table(
    "indicators",
    lazy("Indicators"),
    "indicator",
    (
        Column("id", lazy("Id"), lambda one: one.row.id, extra=True),
        Column(
            "title", lazy("Indicator"), lambda one: one.row.title,
            lambda one: link(address("indicator", one.row.id), one.row.title),
        ),
        Column(
            "places", lazy("Around"), lambda one: "; ".join(one.row.places), lambda one: place_tags(one.row.places)
        ),
    ),
    (
        Filter("scored", lazy("Kind"), lambda one: "scored" if one.row.scored else "context, never scored"),
        Filter("figures", lazy("Figures"), lambda one: "on record" if one.cover.areas else "none yet"),
    ),
    lambda one: f"{one.row.id} {one.row.title} {' '.join(one.row.places)}",
    "indicators/coverage.html",
)  # fmt: skip
