"""Any SDMX service that gives SDMX-CSV.

Source: https://github.com/sdmx-twg/sdmx-csv, versions 1.0 and 2.0. A code is a flow and a key, FLOW/A.{areas}.TOTAL;
{areas} stands for the reference areas joined with plus signs. The filter's ``area`` names the column of areas.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from followthrough.io.csv import NotCsv, csv_rows
from followthrough.sources.areas import iso3
from followthrough.sources.client import Client, PageRequest
from followthrough.sources.connectors.base import Connector
from followthrough.sources.errors import SourceFailed
from followthrough.sources.observations import ObservationCollector, ProviderData
from followthrough.sources.query import SeriesQuery, matches
from followthrough.sources.responses import RawResponse

ACCEPT = "application/vnd.sdmx.data+csv;version=1.0.0, application/vnd.sdmx.data+csv;q=0.9, text/csv;q=0.8"
AREA_COLUMNS = ("REF_AREA", "GEO", "geo", "COUNTRY", "COUNTERPART_AREA")
PERIOD, VALUE, STATUS_COLUMNS = "TIME_PERIOD", "OBS_VALUE", ("OBS_STATUS", "OBS_FLAG")
DELETED = "D"
"""What a row of SDMX-CSV 2.0 says in ACTION where it takes a value back."""


class SdmxConnector(Connector):
    """Reads one key of a dataflow; the filter fixes dimensions, and its ``area`` names the column of areas."""

    id = "sdmx-csv"
    version = "1"

    def fetch(self, client: Client, query: SeriesQuery) -> ProviderData:
        """Return the data of one key. Raises ``SourceFailed``; ``Missing`` for a flow or key that is not known."""
        flow, _, key = query.code.partition("/")
        path = f"data/{flow}/{key.replace('{areas}', '+'.join(query.ref_areas)) or 'all'}"
        response = client.fetch(PageRequest(query.provider, query.code, path, accept=ACCEPT))
        wanted = {name: value for name, value in query.filter.items() if name != "area"}
        collector = ObservationCollector(query)
        for row in read_rows(response, query.filter.get("area", "")):
            if matches(row.dimensions, wanted):
                collector.add(iso3(row.area), row.period, row.value, row.status)
        return collector.data(self.label, [response])


@dataclass(frozen=True, slots=True)
class SdmxRow:
    """One row: area in any code, period, value and status as printed, and every column's code as ``dimensions``."""

    area: str
    period: str
    value: str
    status: str
    dimensions: dict[str, str]


def read_rows(response: RawResponse, area: str = "") -> Iterator[SdmxRow]:
    """Yield the rows of SDMX-CSV; a code followed by its label, ``A: Annual``, is read as the code.

    ``area`` names the column of areas where it is not one of the usual ones. Raises ``SourceFailed`` where the response
    is not SDMX-CSV: an XML message, a table without periods or values, a row of another length than the header.
    """
    lines = _lines(response)
    header = [name.partition(":")[0].strip() for name in next(lines, [])]
    area_column = next((name for name in (area, *AREA_COLUMNS) if name and name in header), "")
    absent = [name for name in (PERIOD, VALUE) if name not in header]
    absent += [] if area_column else [area or AREA_COLUMNS[0]]
    if absent:
        what = f"it lacks the columns {', '.join(absent)}"
        raise SourceFailed(response.url, what, "ask for SDMX-CSV; name its area column")
    for number, cells in enumerate(lines, 2):
        if not cells:
            continue
        if len(cells) != len(header):
            what = f"row {number} has {len(cells)} cells instead of {len(header)}"
            raise SourceFailed(response.url, what, "it may be cut")
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        if row.get("ACTION") != DELETED:
            yield _row(row, area_column)


def _row(row: dict[str, str], area_column: str) -> SdmxRow:
    codes = {name: cell.partition(": ")[0] for name, cell in row.items()}
    status = next((codes[name] for name in STATUS_COLUMNS if name in codes), "")
    value = "" if row[VALUE].lower() == "nan" else row[VALUE]
    return SdmxRow(codes[area_column], row[PERIOD], value, status, codes)


def _lines(response: RawResponse) -> Iterator[list[str]]:
    text = response.body.decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        raise SourceFailed(response.url, "it is XML", "the service does not give SDMX-CSV under this address")
    try:
        yield from (cells for _, cells in csv_rows(io.StringIO(text)))
    except NotCsv as error:
        raise SourceFailed(response.url, f"it is no CSV ({error})", "it may be cut: try later") from None
