"""The register of an edition, from which another team can go on: tables, one SQLite file, and what brings them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from followthrough.packs.format_page import format_page
from followthrough.packs.reading import Pack
from followthrough.packs.writing import pack_files, write_pack
from followthrough.publish import restore
from followthrough.web.agreements.comparison import package_file

DATABASE = "edition/register.sqlite3"


def register_files(pack: Pack, staged: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of ``pack`` by name; ``staged`` is a folder in which the database is made."""
    beside = package_file([str(row["id"]) for row in pack.rows["documents"]])
    for name, content in (pack_files(pack) | beside).items():
        yield f"{restore.REGISTER}/{name}", content
    package, database = staged / ".register", staged / ".register.sqlite3"
    write_pack(pack, package)
    restore.write_database(package, database)
    yield DATABASE, database.read_bytes()
    yield "edition/restore.py", Path(restore.__file__).read_bytes()
    yield "edition/pack-format.md", format_page().encode()
