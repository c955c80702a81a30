"""What every connector is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from followthrough.sources.client import Client
from followthrough.sources.observations import ProviderData
from followthrough.sources.query import SeriesQuery


class Connector(ABC):
    """Requests one series of one kind of provider and reads its responses.

    Attributes:
        id: what ``providers.toml`` names it by.
        version: rises with every change of what it reads from the same responses.
    """

    id: ClassVar[str]
    version: ClassVar[str]

    @property
    def label(self) -> str:
        """Id and version, as stored with every vintage of data."""
        return f"{self.id} {self.version}"

    @abstractmethod
    def fetch(self, client: Client, query: SeriesQuery) -> ProviderData:
        """Return the data of one series.

        Raises ``SourceFailed`` for a response that cannot be read or has no observation for the query;
        ``Missing`` where the provider does not know the code.
        """
