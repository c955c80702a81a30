"""A folder of local files as a source of series."""

from __future__ import annotations

from pathlib import Path

from followthrough.sources.client import Clock
from followthrough.sources.connectors.registry import CONNECTORS
from followthrough.sources.errors import Missing
from followthrough.sources.local.responses import LocalResponses
from followthrough.sources.local.tables import LocalTables
from followthrough.sources.observations import ProviderData
from followthrough.sources.providers import providers
from followthrough.sources.query import SeriesQuery
from followthrough.sources.series_source import ByKnownCodes, LiveSource


class LocalSource(ByKnownCodes):
    """Reads saved responses of the providers first, then tables of many series."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._responses = LiveSource(LocalResponses(root, clock))
        self._tables = LocalTables(root)

    def fetch_code(self, query: SeriesQuery) -> ProviderData:
        """Return the data under exactly this code. Raises ``SourceFailed``; ``Missing`` where no file has it."""
        if providers()[query.provider].connector in CONNECTORS:
            try:
                return self._responses.fetch_code(query)
            except Missing:
                pass
        missing = Missing(query.name, f"{self._root.name} holds no copy of it", "add one")
        for path in self._tables.of(query.provider):
            try:
                return self._tables.fetch(query, path)
            except Missing as error:
                missing = error
        raise missing
