"""One indicator of an Open SDG data repository: its whole-population series, for the country that the filter names."""

from __future__ import annotations

from followthrough.errors import InputRefused
from followthrough.sources.answers import Answer, Gathering, Query, Request, SourceFailed
from followthrough.sources.door import Door
from followthrough.sources.opensdg.progress import headline
from followthrough.sources.opensdg.repository import BASIC, indicator


def fetch(query: Query, door: Door) -> Answer:
    """Return the figures of an indicator such as 7-2-1; the filter holds ``area=GBR`` and cells of disaggregations.

    Raises ``SourceFailed`` where the filter names no area, the file is none, or the cells leave several series.
    """
    area = query.filter.get("area", "")
    if not area:
        raise SourceFailed(query.name, "its filter names no area", "add area= and the country's ISO code")
    raw = door(Request(query.provider, query.code, f"data/indicator_{query.code}.csv", accept="text/csv"))
    cells = {name: value for name, value in query.filter.items() if name != "area"}
    try:
        figures = headline(indicator(query.code, raw.body), frozenset(BASIC), cells)
    except (InputRefused, ValueError) as error:
        raise SourceFailed(query.name, str(error), "check the filter") from None
    taken = Gathering(query)
    for year, value in figures:
        taken.take(area, year, value)
    return taken.answer([raw])
