"""Answers of the United Nations' SDG database.

Source: https://unstats.un.org/SDGAPI/swagger/. Values are strings, some of them censored ("<2.5"); areas are M49
numbers; one series has a row for every combination of its dimensions.
"""

from __future__ import annotations

from typing import Any

from followthrough.sources.answers import Answer, Gathering, Query, Raw, Request, SourceFailed, parsed, wanted
from followthrough.sources.areas import iso3, m49
from followthrough.sources.door import Door, Missing, pages

PAGE_SIZE = 5_000
NOTHING = frozenset({"", "n", "nan", "null", "none"})
"""How a missing value is written."""


def fetch(query: Query, door: Door) -> Answer:
    """Return the figures of one series. Raises ``SourceFailed``, ``Missing`` for a code that is not known."""
    areas = tuple(("areaCode", number.lstrip("0")) for number in map(m49, query.areas) if number)

    def ask(page: int) -> Raw:
        params = (("seriesCode", query.code), *areas, ("pageSize", str(PAGE_SIZE)), ("page", str(page)))
        return door(Request(query.provider, query.code, "Series/Data", params, page=page))

    raws = pages(ask, lambda raw: int(_body(raw).get("totalPages") or 1))
    if not _body(raws[0]).get("totalElements", 1) and not _body(raws[0])["data"]:
        raise Missing(query.name, "it has no such series", "check the code")
    taken = Gathering(query)
    for raw in raws:
        for row in _body(raw)["data"]:
            _take(row, taken, raw)
    return taken.answer(raws)


def _take(row: Any, taken: Gathering, raw: Raw) -> None:
    if not isinstance(row, dict) or str(row.get("series", "")).lower() != taken.query.code.lower():
        raise SourceFailed(raw.url, f"a row is not of {taken.query.code}", "the service may have changed")
    dimensions = {**_words(row, "attributes"), **_words(row, "dimensions")}
    if not wanted(dimensions, taken.query.filter):
        return
    value = str(row.get("value") if row.get("value") is not None else "").strip()
    nature = _words(row, "attributes").get("Nature", "")
    period = str(row.get("timePeriodStart", ""))
    taken.take(iso3(str(row.get("geoAreaCode", ""))), period, "" if value.lower() in NOTHING else value, nature)


def _words(row: dict[str, Any], name: str) -> dict[str, str]:
    held = row.get(name)
    return {str(key): str(value) for key, value in held.items()} if isinstance(held, dict) else {}


def _body(raw: Raw) -> dict[str, Any]:
    data = parsed(raw)
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        raise SourceFailed(raw.url, "it is no object with data", "the service may have changed")
    return data
