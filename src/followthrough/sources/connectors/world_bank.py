"""The World Bank's Indicators API, version 2.

Source: https://datahelpdesk.worldbank.org/knowledgebase/topics/125589. An unknown code is answered with HTTP status 200
and an array of one element; countries and aggregates stand in one list; a missing value is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from followthrough.sources.areas import iso3
from followthrough.sources.client import Client, PageRequest
from followthrough.sources.connectors.base import Connector
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.responses import RawResponse, read_json

PER_PAGE = 20_000
UNKNOWN_CODE = "120"
"""The id of the message for a code that the service does not know."""


class WorldBankConnector(Connector):
    """Reads one indicator; the filter may name its database as ``source``."""

    id = "world-bank-v2"
    version = "1"

    def fetch(self, client: Client, query: SeriesQuery) -> ProviderData:
        """Return the data of one indicator. Raises ``SourceFailed``, ``Missing`` for a code that is not known."""
        request = self._request(query)
        first = client.fetch(request)
        pages = int(_head_and_rows(first, query)[0].get("pages") or 1)
        responses = [first, *client.fetch_following(request, first, pages)]
        collector = ObservationCollector(query)
        for response in responses:
            for row in _rows(response, query):
                value = row.get("value")
                printed = "" if value is None else str(value)
                status = str(row.get("obs_status") or "")
                collector.add(_ref_area(row), str(row.get("date", "")), printed, status)
        return collector.data(self.label, responses)

    def _request(self, query: SeriesQuery) -> PageRequest:
        params = [("format", "json"), ("per_page", str(PER_PAGE))]
        if "source" in query.filter:
            params.append(("source", query.filter["source"]))
        path = f"country/{';'.join(query.ref_areas)}/indicator/{query.code}"
        return PageRequest(query.provider, query.code, path, tuple(params)).for_page(1)


def _ref_area(row: dict[str, Any]) -> str:
    country = row.get("country")
    code = row.get("countryiso3code") or (country.get("id", "") if isinstance(country, dict) else "")
    return iso3(str(code))


def _rows(response: RawResponse, query: SeriesQuery) -> Iterator[dict[str, Any]]:
    for row in _head_and_rows(response, query)[1]:
        if not isinstance(row, dict):
            raise SourceFailed(response.url, "a row of its answer is no object", "the service may have changed")
        yield row


def _head_and_rows(response: RawResponse, query: SeriesQuery) -> tuple[dict[str, Any], list[Any]]:
    """Return the head and the rows of a page; the length of the array tells an error from an answer."""
    data = read_json(response)
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict) and "message" in data[0]:
        raise _refusal(data[0]["message"], query)
    if not isinstance(data, list) or len(data) != 2 or not isinstance(data[0], dict):
        raise SourceFailed(response.url, "it is no array of a head and rows", "the service may have changed")
    head, rows = data
    if rows is not None and not isinstance(rows, list):
        raise SourceFailed(response.url, "its rows are no array", "the service may have changed")
    return head, rows or []


def _refusal(message: Any, query: SeriesQuery) -> SourceFailed:
    parts = [part for part in message if isinstance(part, dict)] if isinstance(message, list) else []
    text = "; ".join(f"{part.get('key', '')}: {part.get('value', '')}" for part in parts) or "it refused the request"
    kind = Missing if any(str(part.get("id")) == UNKNOWN_CODE for part in parts) else SourceFailed
    return kind(query.name, text, "check the code")
