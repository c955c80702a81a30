"""Where series come from: a query in, a provider's data out; here the providers themselves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from followthrough.sources.client import Client
from followthrough.sources.connectors.registry import CONNECTORS
from followthrough.sources.errors import Missing, SourceFailed
from followthrough.sources.observations import ProviderData
from followthrough.sources.providers import known_codes, providers
from followthrough.sources.query import SeriesQuery, check_code


class SeriesSource(ABC):
    """Answers queries for series."""

    @abstractmethod
    def fetch(self, query: SeriesQuery) -> ProviderData:
        """Return the data of one series. Raises ``SourceFailed``; ``Missing`` where there is no such series."""


class ByKnownCodes(SeriesSource):
    """Looks a series up under its code and, where that is not known, under the codes that it was renamed from or to."""

    def fetch(self, query: SeriesQuery) -> ProviderData:
        """Return the data under the first code that is known; a note names the code if it is another one."""
        first: Missing | None = None
        for code in known_codes(query.provider, query.code):
            try:
                data = self.fetch_code(replace(query, code=code))
            except Missing as error:
                first = first or error
                continue
            if code != query.code:
                return data.with_note(f"{query.code} is not there; its other name {code} is")
            return data
        raise first or Missing(query.name, "it has no such series", "check the code")

    @abstractmethod
    def fetch_code(self, query: SeriesQuery) -> ProviderData:
        """Return the data under exactly this code. Raises as ``fetch`` does."""


class LiveSource(ByKnownCodes):
    """Queries the providers through ``client``, each with its connector."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def fetch_code(self, query: SeriesQuery) -> ProviderData:
        """Return the data under exactly this code. Raises ``SourceFailed``, also for a provider of files only."""
        check_code(query)
        connector = CONNECTORS.get(providers()[query.provider].connector)
        if connector is None:
            raise SourceFailed(query.name, "it comes in files only", "hand a file in, or name a folder of local copies")
        return connector.fetch(self._client, query)
