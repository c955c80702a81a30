"""The United Nations' SDG database.

Source: https://unstats.un.org/SDGAPI/swagger/. Values are strings, some of them censored ("<2.5"); areas are M49
numbers; one series has a row for every combination of its dimensions.
"""

from __future__ import annotations

from typing import Any

from followthrough.sources.areas import iso3, m49
from followthrough.sources.client import Client, PageRequest
from followthrough.sources.connectors.base import Connector
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.query import SeriesQuery, matches
from followthrough.sources.responses import RawResponse, read_json

PAGE_SIZE = 5_000
NO_VALUE = frozenset({"", "n", "nan", "null", "none"})
"""How a missing value is written."""


class UnSdgConnector(Connector):
    """Reads one series; the filter fixes its dimensions and attributes."""

    id = "un-sdg-v1"
    version = "1"

    def fetch(self, client: Client, query: SeriesQuery) -> ProviderData:
        """Return the data of one series. Raises ``SourceFailed``, ``Missing`` for a code that is not known."""
        request = self._request(query)
        first = client.fetch(request)
        body = _body(first)
        if not body.get("totalElements", 1) and not body["data"]:
            raise Missing(query.name, "it has no such series", "check the code")
        responses = [first, *client.fetch_following(request, first, int(body.get("totalPages") or 1))]
        collector = ObservationCollector(query)
        for response in responses:
            for row in _body(response)["data"]:
                self._add(row, collector, response)
        return collector.data(self.label, responses)

    def _request(self, query: SeriesQuery) -> PageRequest:
        numbers = (m49(area) for area in query.ref_areas)
        areas = tuple(("areaCode", number.lstrip("0")) for number in numbers if number)
        params = (("seriesCode", query.code), *areas, ("pageSize", str(PAGE_SIZE)))
        return PageRequest(query.provider, query.code, "Series/Data", params).for_page(1)

    def _add(self, row: Any, collector: ObservationCollector, response: RawResponse) -> None:
        code = collector.query.code
        if not isinstance(row, dict) or str(row.get("series", "")).lower() != code.lower():
            raise SourceFailed(response.url, f"a row is not of {code}", "the service may have changed")
        attributes = _strings(row, "attributes")
        if not matches({**attributes, **_strings(row, "dimensions")}, collector.query.filter):
            return
        value = str(row.get("value") if row.get("value") is not None else "").strip()
        printed = "" if value.lower() in NO_VALUE else value
        area, period = iso3(str(row.get("geoAreaCode", ""))), str(row.get("timePeriodStart", ""))
        collector.add(area, period, printed, attributes.get("Nature", ""))


def _strings(row: dict[str, Any], name: str) -> dict[str, str]:
    pairs = row.get(name)
    return {str(key): str(value) for key, value in pairs.items()} if isinstance(pairs, dict) else {}


def _body(response: RawResponse) -> dict[str, Any]:
    data = read_json(response)
    if not isinstance(data, dict) or not isinstance(data.get("data"), list):
        raise SourceFailed(response.url, "it is no object with data", "the service may have changed")
    return data
