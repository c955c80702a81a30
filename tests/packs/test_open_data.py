"""A pack as a SQLite file and as a description for catalogues: everything of it is there, under its licence and day."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from followthrough.packs.catalogue import CONTEXT, catalogue
from followthrough.packs.database import write_database
from followthrough.packs.reading import Pack
from followthrough.packs.schema import TABLES

DAY = "2031-05-03"


def test_the_database_holds_every_row_with_its_keys_and_says_what_each_column_is(whole: Pack, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    write_database(whole, path, DAY)
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            rows = {row[0]: row for row in held.execute(f'SELECT * FROM "{table.name}"')}  # noqa: S608 - our names
            assert rows.keys() == {row["id"] for row in whole.rows[table.name]}
            for row in whole.rows[table.name]:
                for column, cell in zip(table.columns, rows[row["id"]], strict=True):
                    value = row[column.name]
                    if value is None or value in ("", []):
                        assert cell is None
                    elif isinstance(value, Decimal):
                        assert Decimal(str(cell)) == value
                    elif isinstance(value, bool | int | str) and column.kind != "spans":
                        assert cell == value
        about = dict(held.execute("SELECT name, value FROM about"))
        told = held.execute('SELECT "table", "column", says FROM data_dictionary').fetchall()
    assert (about["licence"], about["as_of"], about["version"]) == ("CC-BY-4.0", DAY, whole.version)
    assert DAY in about["cite"] and whole.title in about["cite"]
    assert set(told) == {(table.name, column.name, column.says) for table in TABLES for column in table.columns}


def test_the_description_names_every_file_in_both_vocabularies(whole: Pack) -> None:
    held = json.loads(catalogue(whole, DAY, "https://example.org/data"))
    assert set(held["@type"]) == {"schema:Dataset", "dcat:Dataset"}
    used = {name.partition(":")[0] for name in held if not name.startswith("@")}
    assert used <= set(CONTEXT)
    files = {one["schema:name"]: one for one in held["dcat:distribution"]}
    assert set(files) == {"datapackage.json", *(f"{t.name}.csv" for t in TABLES if whole.rows[t.name])}
    assert {one["@id"] for one in held["schema:distribution"]} == {one["@id"] for one in files.values()}
    assert files["claims.csv"]["dcat:downloadURL"] == {"@id": "https://example.org/data/claims.csv"}
    assert held["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert held["dct:title"] == {"@value": whole.title, "@language": "en"}
    assert held["schema:temporalCoverage"].endswith(f"/{DAY}") and held["schema:dateModified"] == DAY
    assert catalogue(whole, DAY) == catalogue(whole, DAY)
