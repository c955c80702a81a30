"""Answers of any SDMX service, asked for as SDMX-CSV.

Source: https://github.com/sdmx-twg/sdmx-csv, versions 1.0 and 2.0. A code is a flow and a key, FLOW/A.{areas}.TOTAL;
{areas} stands for the parties joined with plus signs. The filter's ``area`` names the column of areas.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from followthrough.sources.answers import Answer, Gathering, Query, Raw, Request, SourceFailed, wanted
from followthrough.sources.areas import iso3
from followthrough.sources.door import Door

ACCEPT = "application/vnd.sdmx.data+csv;version=1.0.0, application/vnd.sdmx.data+csv;q=0.9, text/csv;q=0.8"
AREAS = ("REF_AREA", "GEO", "geo", "COUNTRY", "COUNTERPART_AREA")
PERIOD, VALUE, STATUS = "TIME_PERIOD", "OBS_VALUE", ("OBS_STATUS", "OBS_FLAG")
DELETED = "D"
"""What a row of SDMX-CSV 2.0 says in ACTION where it takes a value back."""


def fetch(query: Query, door: Door) -> Answer:
    """Return the figures of one key. Raises ``SourceFailed``; ``Missing`` where the service has no such flow or key."""
    flow, _, key = query.code.partition("/")
    path = f"data/{flow}/{key.replace('{areas}', '+'.join(query.areas)) or 'all'}"
    raw = door(Request(query.provider, query.code, path, accept=ACCEPT))
    taken = Gathering(query)
    chosen = {name: value for name, value in query.filter.items() if name != "area"}
    for area, period, value, status, dimensions in rows(raw, query.filter.get("area", "")):
        if wanted(dimensions, chosen):
            taken.take(iso3(area), period, value, status)
    return taken.answer([raw])


def rows(raw: Raw, area: str = "") -> Iterator[tuple[str, str, str, str, dict[str, str]]]:
    """Give (area, period, value, status, dimensions) of SDMX-CSV; a code with its label, “KH: Cambodia”, is the code.

    Raises ``SourceFailed`` where the answer is none: an XML message, a table without periods or values.
    """
    lines = _lines(raw)
    header = [name.partition(":")[0].strip() for name in next(lines, [])]
    place = next((name for name in (area, *AREAS) if name and name in header), "")
    absent = [name for name in (PERIOD, VALUE) if name not in header] + ([] if place else [area or AREAS[0]])
    if absent:
        raise SourceFailed(
            raw.url, f"it lacks the columns {', '.join(absent)}", "ask for SDMX-CSV; name its area column"
        )
    for number, cells in enumerate(lines, 2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise SourceFailed(
                raw.url, f"row {number} has {len(cells)} cells instead of {len(header)}", "it may be cut"
            )
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        if row.get("ACTION") == DELETED:
            continue
        plain = {name: _code(value) for name, value in row.items()}
        status = next((plain[name] for name in STATUS if name in plain), "")
        value = "" if row[VALUE].lower() == "nan" else row[VALUE]
        yield plain[place], row[PERIOD], value, status, plain


def _code(cell: str) -> str:
    return cell.partition(": ")[0]


def _lines(raw: Raw) -> Iterator[list[str]]:
    text = raw.body.decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        raise SourceFailed(raw.url, "it is XML", "the service does not give SDMX-CSV under this address")
    try:
        yield from csv.reader(io.StringIO(text), strict=True)
    except csv.Error as error:
        raise SourceFailed(raw.url, f"it is no CSV ({error})", "it may be cut: try later") from None
