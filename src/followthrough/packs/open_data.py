"""A pack as open data: its tables, and beside them one long table, its codebook, the dictionary and two descriptions.

Licence, citation, version and day are in each file that can say them, and for the tables in ``datapackage.json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from followthrough.errors import InputRefused
from followthrough.io.atomic import atomic_folder
from followthrough.io.csv import csv_text
from followthrough.packs.catalogue import catalogue
from followthrough.packs.database import citation, datasette_metadata, write_database
from followthrough.packs.dictionary import Entry, dictionary
from followthrough.packs.reading import Pack
from followthrough.packs.tidy import as_of, codebook, long_table
from followthrough.packs.writing import pack_files

DATABASE = "register.db"


def beside(pack: Pack, base: str = "") -> dict[str, bytes]:
    """Return the files beside the tables, by name; the same pack gives the same bytes. ``base`` is their address."""
    day = as_of(pack)
    entries = [Entry._fields, *((*map(str, one),) for one in dictionary())]
    about = [("name", "value"), ("title", pack.title), ("version", pack.version), ("as_of", day),
             ("licence", pack.licence), ("cite", citation(pack, day))]  # fmt: skip
    tables: dict[str, Iterable[Iterable[str]]] = {
        "values": long_table(pack),
        "codebook": codebook(pack),
        "dictionary": entries,
        "about": about,
    }
    found = {f"{name}.csv": csv_text(rows, mark=True).encode() for name, rows in tables.items()}
    return found | {
        "dataset.jsonld": catalogue(pack, day, base),
        "metadata.json": datasette_metadata(pack, day, Path(DATABASE).stem),
    }


def write_open_data(pack: Pack, folder: Path, texts: dict[str, bytes]) -> None:
    """Write the tables, the files beside them, the database and ``texts`` by name as a new folder, all or nothing.

    Raises ``InputRefused`` if ``folder`` exists and is not empty.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputRefused(str(folder), "is there already", "name a new folder")
    with atomic_folder(folder) as new:
        for name, content in {**pack_files(pack), **beside(pack), **texts}.items():
            (new / name).write_bytes(content)
        write_database(pack, new / DATABASE, as_of(pack))
