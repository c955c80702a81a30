"""One indicator of an Open SDG data repository on the web: the series of the whole population of one country."""

from __future__ import annotations

from followthrough.errors import InputRefused
from followthrough.sources.client import Client, PageRequest
from followthrough.sources.connectors.base import Connector
from followthrough.sources.errors import SourceFailed
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.opensdg.progress import headline
from followthrough.sources.opensdg.repository import BASIC, read_indicator
from followthrough.sources.query import SeriesQuery


class OpenSdgConnector(Connector):
    """Reads an indicator such as 7-2-1; the filter holds ``area=GBR`` and the disaggregations that are wanted."""

    id = "open-sdg-csv"
    version = "1"

    def fetch(self, client: Client, query: SeriesQuery) -> ProviderData:
        """Return the data of one indicator.

        Raises ``SourceFailed`` where the filter names no area, the file is not an indicator's, or the filter leaves
        several series; ``Missing`` where the repository has no such file.
        """
        area = query.filter.get("area", "")
        if not area:
            raise SourceFailed(query.name, "its filter names no area", "add area= and the country's ISO code")
        path = f"data/indicator_{query.code}.csv"
        response = client.fetch(PageRequest(query.provider, query.code, path, accept="text/csv"))
        wanted = {name: value for name, value in query.filter.items() if name != "area"}
        try:
            problems: list[InputRefused] = []
            rows = headline(read_indicator(query.code, response.body, problems), frozenset(BASIC), wanted)
            if problems:
                raise problems[0]
        except (InputRefused, ValueError) as error:
            raise SourceFailed(query.name, str(error), "check the filter") from None
        collector = ObservationCollector(query)
        for year, value in rows:
            collector.add(area, year, value)
        return collector.data(self.label, [response])
