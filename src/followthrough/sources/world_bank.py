"""Answers of the World Bank's Indicators API, version 2.

Source: https://datahelpdesk.worldbank.org/knowledgebase/topics/125589. A wrong code is answered with HTTP 200 and an
array of one element; countries and aggregates stand in one list; a missing value is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followthrough.sources.answers import Answer, Gathering, Query, Raw, Request, SourceFailed, parsed
from followthrough.sources.areas import iso3
from followthrough.sources.door import Door, Missing, pages

PER_PAGE = 20_000
INVALID = "120"
"""The message id of a code that the service does not know."""


def fetch(query: Query, door: Door) -> Answer:
    """Return the figures of one indicator. Raises ``SourceFailed``, ``Missing`` for a code that is not known."""
    areas = ";".join(query.areas)
    params: tuple[tuple[str, str], ...] = (("format", "json"), ("per_page", str(PER_PAGE)))
    if "source" in query.filter:
        params = (*params, ("source", query.filter["source"]))

    def ask(page: int) -> Raw:
        path = f"country/{areas}/indicator/{query.code}"
        return door(Request(query.provider, query.code, path, (*params, ("page", str(page))), page=page))

    raws = pages(ask, lambda raw: int(_parts(raw, query)[0].get("pages") or 1))
    taken = Gathering(query)
    for raw in raws:
        for row in _rows(raw, query):
            country = row.get("country")
            code = row.get("countryiso3code") or (country.get("id", "") if isinstance(country, dict) else "")
            value = row.get("value")
            taken.take(iso3(str(code)), str(row.get("date", "")), "" if value is None else str(value), _status(row))
    return taken.answer(raws)


def _status(row: dict[str, Any]) -> str:
    return str(row.get("obs_status") or "")


def _rows(raw: Raw, query: Query) -> Iterator[dict[str, Any]]:
    rows = _parts(raw, query)[1]
    for row in rows or ():
        if not isinstance(row, dict):
            raise SourceFailed(raw.url, "a row of its answer is no object", "the service may have changed")
        yield row


def _parts(raw: Raw, query: Query) -> tuple[dict[str, Any], list[Any]]:
    """Return the head and the rows of a page; the length of the array says whether it is an answer."""
    data = parsed(raw)
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and "message" in data[0]:
        raise _refused(data[0]["message"], query)
    if not isinstance(data, list) or len(data) != 2 or not isinstance(data[0], dict):
        raise SourceFailed(raw.url, "it is no array of a head and rows", "the service may have changed")
    head, rows = data
    if rows is not None and not isinstance(rows, list):
        raise SourceFailed(raw.url, "its rows are no array", "the service may have changed")
    return head, rows or []


def _refused(message: Any, query: Query) -> SourceFailed:
    parts = [one for one in message if isinstance(one, dict)] if isinstance(message, list) else []
    says = "; ".join(f"{one.get('key', '')}: {one.get('value', '')}" for one in parts) or "it refused the request"
    kind = Missing if any(str(one.get("id")) == INVALID for one in parts) else SourceFailed
    return kind(query.name, says, "check the code")
