"""The page of one indicator: a panel a party, what each method says, where the figures are from, older vintages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from followthrough.measure.comparison import SCORED, compare
from followthrough.measure.progress_methods import METHODS
from followthrough.measure.results import Result
from followthrough.packs.cells import plain as plain_number
from followthrough.publish.citations import FORMS, Citation
from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.citing import cite, cited_answer
from followthrough.web.agreements.models import Document, Party
from followthrough.web.agreements.policy import visible_documents
from followthrough.web.charts.small_multiples import Panels, panels
from followthrough.web.indicators import indicator_rows, vintages
from followthrough.web.indicators.indicator_rows import TOGETHER, IndicatorRow
from followthrough.web.indicators.models import Feed, Fetch, Vintage
from followthrough.web.indicators.status_chips import status_chip
from followthrough.web.indicators.vintages import Areas, VintageRow
from followthrough.web.kit.addresses import address
from followthrough.web.kit.counted_sentences import tallied, tally
from followthrough.web.kit.downloads import Sheet, csv_answer, json_answer, xlsx_answer
from followthrough.web.kit.list_state import State
from followthrough.web.kit.pictures import Drawn, Picture, picture_answer
from followthrough.web.kit.wording import plural
from followthrough.web.links.scope import Scope

DIRECTIONS = {
    "up": lazy("higher is better"), "down": lazy("lower is better"), "parity": lazy("nearer to the target is better"),
    "context": lazy("context: neither direction is better, never scored"), "none": lazy("never scored"),
}  # fmt: skip


@require_safe
def indicator(request: HttpRequest, key: str, ext: str = "") -> HttpResponse:
    """Show one indicator: a panel a party, what each method says, where the figures are from, and older vintages."""
    row = next((one for one in indicator_rows.indicators(Scope(by=request.user)) if one.id == key), None)
    if row is None:
        raise Http404(
            _("The register holds no indicator “%(key)s”, or it stands around nothing that is published.")
            % {"key": key}
        )
    vintage, newest = _vintage(request, row)
    cited = _cited(request, row, vintage)
    if ext in FORMS:
        return cited_answer(cited, ext)
    areas = vintages.figures_of([vintage.id]).get(vintage.id, {}) if vintage else {}
    areas = indicator_rows.derived(row, areas) if row.derived_from else areas
    results = indicator_rows.measured_areas(row, areas) if areas else []
    if ext and ext != "svg":
        return _files(row, vintage, areas, results, ext)
    names = _names(row)
    by_area = group(results)
    first = {area: held[SCORED] for area, held in by_area.items() if SCORED in held} if row.scored else {}
    state = State(request.GET)
    own = state.one_of("scale", {"own": "", "same": ""}) == "own"
    drawn = _panels(row, areas, names, first, own=own)
    if ext:
        return picture_answer(_picture(row, drawn), request)
    context = {
        "row": row, "cite": cited, "home": _home(row, request.user), "vintage": vintage, "newest": newest,
        "direction": DIRECTIONS[row.direction],
        "panels": drawn, "own": own, "problems": state.problems,
        "scales": _scales(state, own=own), "lines": _lines(row, names, by_area),
        "methods": [method for method in METHODS.values()], "finding": _finding(row, areas, names, first),
        "target": plain_number(row.target) if row.target is not None else "",
        "table": _table(areas, names), "columns": [name for code, name in names if code in areas],
        "address": address("indicator", key), "query": request.GET.urlencode(),
        "vintages": _older(row), "feeds": _feeds(row),
    }  # fmt: skip
    return render(request, "indicators/indicator.html", context)


def _cited(request: HttpRequest, row: IndicatorRow, vintage: VintageRow | None) -> Citation:
    """Return the citation of its figures: who published them, and when they were fetched."""
    about = {
        "author": vintage.publisher, "publisher": vintage.publisher, "original": vintage.url,
        "published": vintage.fetched[:10], "part": vintage.code,
    } if vintage else {}  # fmt: skip
    return cite(request, "indicator", row.id, row.title, address("indicator", row.id), about)


def _scales(state: State, *, own: bool) -> list[tuple[str, str, bool]]:
    """Return the switch between one scale for all panels and one each: words, address, and whether it is on."""
    return [
        (_("One scale for all"), state.with_(scale=""), not own),
        (_("Each on its own scale"), state.with_(scale="own"), own),
    ]


def indicator_picture(key: str, by: Actor) -> Picture:
    """Return the picture of the newest figures of an indicator; raises ``Http404`` where there is none to be seen."""
    row = next((one for one in indicator_rows.indicators(Scope(by=by)) if one.id == key), None)
    vintage = vintages.shown_vintages([row.base]).get(row.base) if row else None
    if row is None or vintage is None:
        raise Http404(_("No figure is on record."))
    areas = vintages.figures_of([vintage.id]).get(vintage.id, {})
    areas = indicator_rows.derived(row, areas) if row.derived_from else areas
    by_area = group(indicator_rows.measured_areas(row, areas) if areas else [])
    first = {area: held[SCORED] for area, held in by_area.items() if SCORED in held} if row.scored else {}
    return _picture(row, _panels(row, areas, _names(row), first, own=False))


def _names(row: IndicatorRow) -> list[tuple[str, str]]:
    """Return whose panels there are, by code and name: the states, or a group of them together."""
    if row.derived_from:
        return [(TOGETHER, row.group_name or _("Both groups together"))]
    return list(Party.objects.filter(kind="state").order_by("short_name").values_list("pk", "short_name"))


def _picture(row: IndicatorRow, drawn: Panels | None) -> Picture:
    """Return the panels of all parties that have figures as one picture."""
    if drawn is None:
        raise Http404(_("No figure is on record."))
    panels = [
        Drawn(one.name, render_to_string("indicators/_panel_chart.html", {"one": one, "panels": drawn}))
        for one in drawn.panels if one.dots
    ]  # fmt: skip
    key = [_("Line: years that follow each other. Dotted: years without a figure between. Hollow: below or above.")]
    return Picture(f"{row.title}, {row.unit}", panels, key, row.id, address("indicator", row.id))


def _home(row: IndicatorRow, by: Actor) -> Document | None:
    """Return the agreement to which the way back leads, that of the first place around which the indicator stands."""
    document = row.places[0][0].partition("/")[0] if row.places else ""
    return visible_documents(by).filter(pk=document).only("short_title").first()


def _vintage(request: HttpRequest, row: IndicatorRow) -> tuple[VintageRow | None, VintageRow | None]:
    """Return the vintage to show and the newest one; an address may name an older one."""
    newest = vintages.shown_vintages([row.base]).get(row.base)
    wanted = request.GET.get("vintage", "")
    if not wanted:
        return newest, newest
    named = vintages.vintage_rows(Vintage.objects.filter(pk=wanted, feed__indicator=row.base))
    if not named:
        raise Http404(_("%(title)s has no vintage “%(wanted)s”.") % {"title": row.title, "wanted": wanted})
    return named[0], newest


def group(results: list[Result]) -> dict[str, dict[str, Result]]:
    """Return results by series and method."""
    found: dict[str, dict[str, Result]] = {}
    for one in results:
        found.setdefault(one.series, {})[one.method] = one
    return found


def _panels(
    row: IndicatorRow, areas: Areas, names: list[tuple[str, str]], first: dict[str, Result], *, own: bool
) -> Panels | None:
    """Return the small multiples of an indicator, each with what the scored method says of its party."""
    chips = {area: status_chip(result) for area, result in first.items()}
    target = None if row.target is None else float(row.target)
    breaks = {int(year) for year in row.breaks}
    return panels(areas, names, chips, unit=row.unit, target=target, breaks=breaks, own=own)


def _lines(row: IndicatorRow, names: list[tuple[str, str]], by_area: dict[str, dict[str, Result]]) -> list[Any]:
    """Return one line a party with figures: base, latest, what each method says, and why they differ."""
    found = []
    for code, name in names:
        held = by_area.get(code)
        if held:
            one = next(iter(held.values()))
            cells = [(METHODS[method], status_chip(result)) for method, result in held.items()] if row.scored else []
            mark = _mark(held[SCORED]) if row.scored and SCORED in held else ""
            linked = code if code != TOGETHER else ""
            found.append((linked, name, one.base, one.latest, one.notes, cells, compare(list(held.values())), mark))
    return found


def _mark(one: Result) -> str:
    return f"assessed {'on' if one.status in ('achieved', 'substantial') else 'off'}" if one.assessed else ""


def _finding(
    row: IndicatorRow, areas: Areas, names: list[tuple[str, str]], first: dict[str, Result]
) -> SafeString | str:
    if not areas:
        return _("No figure is on record yet. That is a gap in what was fetched, not a finding.")
    years = [year for held in areas.values() for year in held]
    twin = address("indicator", row.id) + ".json"
    with_figures = tally(len(areas), twin=twin, path="figures/*/area")
    have = format_html(_("Figures of {} of {} are on record, the newest of {}"), with_figures, _all(names), max(years))
    if row.derived_from:
        have = format_html(_("Formed for {}, the newest {}"), plural(len(years), "year"), max(years))
    if not row.scored:
        return format_html(_("<strong>{}.</strong> It is context and is never scored."), have)
    on = sum(one.status in ("achieved", "substantial") for one in first.values())
    assessed = sum(one.assessed for one in first.values())
    if not assessed:
        return format_html(_("<strong>No progress can be assessed</strong> by the method of Open SDG. {}."), have)
    says = ngettext(
        "<strong>{} of {} assessed has met its target or moves as fast as asked</strong>, by the method of "
        "Open SDG. {}.",
        "<strong>{} of {} assessed have met the target or move as fast as asked</strong>, by the method of "
        "Open SDG. {}.",
        on,
    )
    return format_html(says, tally(on, "assessed.on"), tally(assessed, "assessed"), have)


def _all(names: list[tuple[str, str]]) -> SafeString:
    return tallied(len(names), "party", twin=address("parties") + ".json?kind=state")


def _table(areas: Areas, names: list[tuple[str, str]]) -> list[tuple[int, list[str]]]:
    """Return the figures a year a row, the newest first, a party a column."""
    held = [areas[code] for code, _ in names if code in areas]
    years = sorted({year for one in held for year in one}, reverse=True)
    return [(year, [one.get(year, "") for one in held]) for year in years]


def _older(row: IndicatorRow) -> list[VintageRow]:
    held = Vintage.objects.filter(feed__indicator=row.base).order_by("feed__rank", "-number")
    return vintages.vintage_rows(held)


def _feeds(row: IndicatorRow) -> list[tuple[Feed, Fetch | None]]:
    feeds = list(Feed.objects.filter(indicator=row.base).order_by("rank"))
    last: dict[str, Fetch] = {}
    for one in Fetch.objects.filter(feed__in=feeds).order_by("pk"):
        last[one.feed_id] = one
    return [(feed, last.get(feed.pk)) for feed in feeds]


def _files(
    row: IndicatorRow, vintage: VintageRow | None, areas: Areas, results: list[Result], ext: str
) -> HttpResponse:  # fmt: skip
    rows = [(area, year, text) for area, held in sorted(areas.items()) for year, text in sorted(held.items())]
    if ext == "json":
        fetched = {
            "id": vintage.id, "provider": vintage.provider, "code": vintage.code, "fetched": vintage.fetched,
            "connector": vintage.connector, "url": vintage.url, "sha256": vintage.raws, "notes": vintage.notes,
        } if vintage else None  # fmt: skip
        return json_answer({
            "id": row.id, "title": row.title, "definition": row.definition, "unit": row.unit,
            "direction": row.direction, "target": None if row.target is None else plain_number(row.target),
            "target_year": row.target_year, "target_says": row.target_says or None, "verified": row.verified,
            "places": [{"place": place, "rationale": why} for place, why in row.places], "vintage": fetched,
            "figures": [{"area": area, "year": year, "value": text} for area, year, text in rows],
            "results": [one.to_dict() for one in results] if row.scored else [],
        })  # fmt: skip
    about = (vintage.id, vintage.publisher) if vintage else ("", "")
    sheet = Sheet(
        row.id, ("indicator", "area", "year", "value", "unit", "vintage", "provider"),
        [(row.id, area, year, text, row.unit, *about) for area, year, text in rows],
    )  # fmt: skip
    return csv_answer(sheet) if ext == "csv" else xlsx_answer(sheet)
