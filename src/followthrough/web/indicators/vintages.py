"""Vintages: what a provider published on a day, which of them a page shows, and the figures of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from followthrough.measure.series import parse_year
from followthrough.sources.providers import providers
from followthrough.web.indicators.models import Figure, Vintage
from followthrough.web.kit.compiled_queries import compiled

Areas = dict[str, dict[int, str]]
"""Values as printed, by area and year."""


@dataclass(frozen=True, slots=True)
class VintageRow:
    """A vintage with the feed it came by."""

    id: str
    indicator: str
    feed: str
    provider: str
    code: str
    number: int
    fetched: str
    connector: str
    url: str
    raws: list[str]
    notes: str

    @property
    def publisher(self) -> str:
        """The provider's name."""
        known = providers().get(self.provider)
        return known.title if known else self.provider

    @property
    def terms(self) -> str:
        """The provider's terms of reuse."""
        known = providers().get(self.provider)
        return known.terms if known else ""


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """How many figures a vintage has for each area, of which first and last year: (area, points, first, last).

    One vintage has one of these while the process lives, so it is told apart by identity: a matrix of hundreds of cells
    is then looked up and not made again.
    """

    areas: tuple[tuple[str, int, str, str], ...] = ()

    def of(self, area: str) -> tuple[int, str, str] | None:
        """Return points, first and last year of an area; nothing where it has none."""
        return next((held[1:] for held in self.areas if held[0] == area), None)


NO_FIGURES = Cover()


@cache
def _newest() -> QuerySet[Vintage]:
    """Return the newest vintage of every feed, those of the first feed last."""
    last = Vintage.objects.filter(feed=OuterRef("feed")).order_by("-number").values("number")[:1]
    return Vintage.objects.filter(number=Subquery(last)).order_by("-feed__rank")


def newest_vintages() -> QuerySet[Vintage, Any]:
    """Return the ids of the newest vintages of all feeds, to stand in a query."""
    return _newest().order_by().values("pk")


def shown_vintages(keys: Iterable[str]) -> dict[str, VintageRow]:
    """Return for each indicator the newest vintage of its first feed that has one."""
    return {one.indicator: one for one in vintage_rows(_newest().filter(feed__indicator__in=list(keys)))}


def vintage_rows(query: Any) -> list[VintageRow]:
    """Return the vintages of a query as rows."""
    names = ("pk", "feed__indicator_id", "feed_id", "feed__provider", "feed__code", "number")
    return [VintageRow(*row) for row in query.values_list(*names, "fetched", "connector", "url", "raws", "notes")]


def coverage(keys: Iterable[str]) -> dict[str, Cover]:
    """Return how many figures the shown vintage of each indicator has for each area.

    A vintage never changes, so what was counted of it is kept: ``_counted`` holds it by its id and its raw answers.
    """
    marks = {key: (vintage, fetched, raw) for key, vintage, fetched, raw in _marks()}
    marks = {key: marks[key] for key in keys if key in marks}
    missing = [mark[0] for mark in marks.values() if mark not in _counted]
    if missing:
        found = _count(missing)
        _counted.update({mark: found[mark[0]] for mark in marks.values() if mark[0] in found})
    return {key: _counted.get(mark, NO_FIGURES) for key, mark in marks.items()}


_counted: dict[tuple[str, str, str], Cover] = {}


@compiled
def _marks() -> QuerySet[Vintage, Any]:
    """Return what tells the newest vintages apart; hashes as text, which is quicker than as a list."""
    return _newest().annotate(raw=Cast("raws", TextField())).values_list("feed__indicator_id", "pk", "fetched", "raw")


def _count(vintages: list[str]) -> dict[str, Cover]:
    rows: Any = (
        Figure.objects.filter(vintage__in=vintages).order_by().values("vintage_id", "area")
        .annotate(points=Count("pk"), first=Min("period"), last=Max("period"))
        .values_list("vintage_id", "area", "points", "first", "last")
    )  # fmt: skip
    held: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    for vintage, area, points, first, last in rows:
        held[vintage].append((area, points, first[:4], last[:4]))
    return {key: Cover(tuple(sorted(areas))) for key, areas in held.items()}


def figures_of(vintages: Iterable[str], only: str = "") -> dict[str, Areas]:
    """Return the figures of vintages, of one area where it is named; a year is the first of a period."""
    found: dict[str, Areas] = defaultdict(lambda: defaultdict(dict))
    rows = Figure.objects.filter(vintage__in=list(vintages)).order_by("vintage", "area", "period")
    rows = rows.filter(area=only) if only else rows
    for vintage, area, period, value in rows.values_list("vintage_id", "area", "period", "value"):
        found[vintage][area][parse_year(period)] = value
    return {key: dict(held) for key, held in found.items()}
