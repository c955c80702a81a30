"""Stops querying a provider that does not respond, so that the others are reached in time."""

from __future__ import annotations

from collections import Counter

from followthrough.sources.errors import SourceFailed, Unreachable
from followthrough.sources.observations import ProviderData
from followthrough.sources.query import SeriesQuery
from followthrough.sources.series_source import SeriesSource

MOST_SILENT = 2
"""Queries in succession without a response after which a provider is not queried again."""


class CircuitBreaker(SeriesSource):
    """Passes queries on to ``source``, except those to a provider that gave no response ``MOST_SILENT`` times in a row.

    Any response, also one that reports an error, closes the circuit again. Its state lasts as long as the object: one
    round of fetching.
    """

    def __init__(self, source: SeriesSource) -> None:
        self._source = source
        self._silent: Counter[str] = Counter()

    def fetch(self, query: SeriesQuery) -> ProviderData:
        """Return the data of one series. Raises as ``source`` does, and ``SourceFailed`` where the circuit is open."""
        if self._silent[query.provider] >= MOST_SILENT:
            what = f"not asked, as {query.provider} did not answer {MOST_SILENT} times"
            raise SourceFailed(query.name, what, "try later")
        try:
            data = self._source.fetch(query)
        except Unreachable:
            self._silent[query.provider] += 1
            raise
        except SourceFailed:
            self._silent[query.provider] = 0
            raise
        self._silent[query.provider] = 0
        return data
