"""The registry of connectors: a feed's question -> its provider's answer, live or from local copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from followthrough.sources import open_sdg, sdmx, tables, un_sdg, world_bank
from followthrough.sources.answers import Answer, Query, SourceFailed, check_code
from followthrough.sources.copies import folder
from followthrough.sources.door import Door, Missing
from followthrough.sources.providers import names, providers


@dataclass(frozen=True, slots=True)
class Connector:
    """How answers of one kind are read; ``version`` rises with every change of what it makes of the same answer."""

    id: str
    version: str
    fetch: Callable[[Query, Door], Answer]


CONNECTORS: Mapping[str, Connector] = {
    one.id: one
    for one in (
        Connector("world-bank-v2", "1", world_bank.fetch),
        Connector("un-sdg-v1", "1", un_sdg.fetch),
        Connector("sdmx-csv", "1", sdmx.fetch),
        Connector("open-sdg-csv", "1", open_sdg.fetch),
    )
}
FILE = "file 1"
TABLE = "table 1"
Source = Callable[[Query], tuple[Answer, str]]
"""Answers a question, and names the connector with its version."""


def live(door: Door) -> Source:
    """Return the providers themselves behind ``door``. A provider of files only is not asked: it fails with reason."""
    return lambda query: _under_its_names(query, lambda asked: _connected(asked, door))


def offline(root: Path) -> Source:
    """Return local copies: answers in the providers' own shapes first, then tables of many series."""
    door = folder(root)
    copies = tables.LocalTables(root)

    def ask(query: Query) -> tuple[Answer, str]:
        if providers()[query.provider].connector in CONNECTORS:
            try:
                return _connected(query, door)
            except Missing:
                pass
        missing = Missing(query.name, f"{root.name} holds no copy of it", "add one")
        for path in copies.of(query.provider):
            try:
                return copies.fetch(query, path), TABLE
            except Missing as error:
                missing = error
        raise missing

    return lambda query: _under_its_names(query, ask)


def _connected(query: Query, door: Door) -> tuple[Answer, str]:
    check_code(query)
    kind = providers()[query.provider].connector
    if kind not in CONNECTORS:
        raise SourceFailed(query.name, "it comes in files only", "hand a file in, or name a folder of local copies")
    connector = CONNECTORS[kind]
    return connector.fetch(query, door), f"{connector.id} {connector.version}"


def _under_its_names(query: Query, ask: Callable[[Query], tuple[Answer, str]]) -> tuple[Answer, str]:
    """Ask under the code, and where it is not known, under its other names."""
    first: Missing | None = None
    for name in names(query.provider, query.code):
        try:
            answer, connector = ask(replace(query, code=name))
        except Missing as error:
            first = first or error
            continue
        if name != query.code:
            answer.notes.append(f"{query.code} is not there; its other name {name} is")
        return answer, connector
    raise first or Missing(query.name, "it has no such series", "check the code")
