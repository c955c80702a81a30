"""The connectors by the ids that ``providers.toml`` names them by."""

from __future__ import annotations

from collections.abc import Mapping

from followthrough.sources.connectors.base import Connector
from followthrough.sources.connectors.open_sdg import OpenSdgConnector
from followthrough.sources.connectors.sdmx import SdmxConnector
from followthrough.sources.connectors.un_sdg import UnSdgConnector
from followthrough.sources.connectors.world_bank import WorldBankConnector

CONNECTORS: Mapping[str, Connector] = {
    connector.id: connector
    for connector in (WorldBankConnector(), UnSdgConnector(), SdmxConnector(), OpenSdgConnector())
}
