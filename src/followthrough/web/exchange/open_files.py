"""The register as open data, as a stranger may have it: its files by name, made once for a state of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from followthrough.packs.catalogue import BESIDE
from followthrough.packs.database import citation
from followthrough.packs.open_data import beside
from followthrough.packs.reading import DESCRIPTOR
from followthrough.packs.schema import TABLES
from followthrough.packs.tidy import as_of
from followthrough.packs.writing import pack_files
from followthrough.web.audit.record import head
from followthrough.web.exchange.public_register import public_pack


@dataclass(frozen=True, slots=True)
class OpenFile:
    """One file: its name, its bytes, what it holds, and how many rows where it is a table."""

    name: str
    content: bytes
    says: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """What a stranger may have: what it is, and its files, those that most people want before the single tables."""

    title: str
    version: str
    licence: str
    day: str
    cite: str
    first: tuple[OpenFile, ...]
    tables: tuple[OpenFile, ...]

    @property
    def files(self) -> Mapping[str, OpenFile]:
        """The files by name."""
        return {one.name: one for one in (*self.first, *self.tables)}


def open_register() -> OpenRegister:
    """Return the register as open data; it is made anew once the record of changes has gone on."""
    end = head()
    return _kept(end.hash, settings.DEMO) if end.count else _made()


@lru_cache(maxsize=1)
def _kept(_state: str, _demo: object) -> OpenRegister:
    return _made()


def _made() -> OpenRegister:
    pack = public_pack()
    tables, others, day = pack_files(pack), beside(pack), as_of(pack)
    said = {name: says for _key, name, _media, says in BESIDE}
    said |= {
        DESCRIPTOR: "the tables, their columns and keys: a Frictionless data package",
        "dataset.jsonld": "a description in the words of schema.org and DCAT-AP",
        "about.csv": "title, version, day, licence, and how to cite it",
        "metadata.json": "titles, units, source and licence of the tables, for Datasette",
    }
    first = (*(OpenFile(name, others[name], said[name]) for name in (*said.keys() & others.keys(),)),
             OpenFile(DESCRIPTOR, tables[DESCRIPTOR], said[DESCRIPTOR]))  # fmt: skip
    held = tuple(
        OpenFile(f"{one.name}.csv", tables[f"{one.name}.csv"], one.says, len(pack.rows[one.name]))
        for one in TABLES
        if pack.rows[one.name]
    )
    order = list(said)
    ordered = tuple(sorted(first, key=lambda one: order.index(one.name)))
    return OpenRegister(pack.title, pack.version, pack.licence, day, citation(pack, day), ordered, held)
