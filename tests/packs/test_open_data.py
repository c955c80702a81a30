"""A pack as a SQLite file and as a description for catalogues: everything of it is there, under its licence and day."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from followthrough.errors import InputRefused
from followthrough.packs.catalogue import CONTEXT, catalogue
from followthrough.packs.database import write_database
from followthrough.packs.open_data import write_open_data
from followthrough.packs.reading import Pack, read_pack
from followthrough.packs.schema import TABLES
from followthrough.packs.tidy import COLUMNS, as_of, codebook, long_table

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
    beside = {"values.csv", "codebook.csv", "dictionary.csv"}
    assert set(files) == {"datapackage.json", *beside, *(f"{t.name}.csv" for t in TABLES if whole.rows[t.name])}
    assert {one["@id"] for one in held["schema:distribution"]} == {one["@id"] for one in files.values()}
    assert files["claims.csv"]["dcat:downloadURL"] == {"@id": "https://example.org/data/claims.csv"}
    assert held["dct:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert held["dct:title"] == {"@value": whole.title, "@language": "en"}
    assert held["schema:temporalCoverage"].endswith(f"/{DAY}") and held["schema:dateModified"] == DAY
    assert catalogue(whole, DAY) == catalogue(whole, DAY)


DATASET = (
    "dct:title", "dct:description", "dct:publisher", "dct:temporal", "dct:modified", "dct:language", "dcat:theme",
    "dcat:keyword", "dcat:distribution", "dct:identifier",
)  # fmt: skip
FILE = ("dcat:accessURL", "dcat:downloadURL", "dct:license", "dcat:mediaType", "dct:title", "dct:description")
"""What DCAT-AP 3 says that a dataset and a distribution must and should have, of what a register knows."""


def wrong(held: Any) -> Iterator[str]:
    """Yield what breaks the rules of DCAT-AP and of schema.org for datasets in a description."""
    yield from (f"the dataset lacks {name}" for name in DATASET if not held.get(name))
    yield from (f"the dataset lacks schema:{name}" for name in ("name", "description", "license", "version")
                if not held.get(f"schema:{name}"))  # fmt: skip
    if not 50 <= len(held.get("schema:description", "")) <= 5000:
        yield "the description is not as long as search engines of data sets take"
    for one in held.get("dcat:distribution", ()):
        yield from (f"{one.get('@id')} lacks {name}" for name in FILE if not one.get(name))
        if "dcat:Distribution" not in one.get("@type", ()) or "@id" not in one.get("dcat:accessURL", {}):
            yield f"{one.get('@id')} is no distribution with an address"
    for place in (held.get("dcat:theme", {}), held.get("dct:language", {})):
        if not place.get("@id", "").startswith("http://publications.europa.eu/resource/authority/"):
            yield "a theme or language is not of an authority table"
    period = held.get("dct:temporal", {})
    if not all(period.get(f"dcat:{end}", {}).get("@value") for end in ("startDate", "endDate")):
        yield "its period has no beginning or no end"


def test_the_description_keeps_the_rules_of_data_catalogues(whole: Pack) -> None:
    held = json.loads(catalogue(whole, DAY))
    assert list(wrong(held)) == []
    for name in DATASET:
        assert list(wrong({key: value for key, value in held.items() if key != name})), name
    assert len(list(wrong(held | {"dcat:distribution": [{"@id": "x"}]}))) == len(FILE) + 1


@pytest.mark.slow
def test_the_long_table_holds_each_value_once_and_the_codebook_says_what_each_is(whole: Pack) -> None:
    header, *rows = long_table(whole)
    assert list(header) == list(COLUMNS)
    assert rows == sorted(rows) and len({row[:-1] for row in rows}) == len(rows)
    said = [dict(zip(header, row, strict=True)) for row in rows]
    assert all(one["record"] and one["value"] and one["as_of"] == as_of(whole) for one in said)
    held = {
        variable: [one for one in said if one["variable"] == variable] for variable in {o["variable"] for o in said}
    }
    for variable, table, column in (
        ("claim.value", "claims", "value"), ("commitment.strength", "commitments", "strength"),
        ("activity.budget", "activities", "budget"),
    ):  # fmt: skip
        real = {row["id"]: row[column] for row in whole.rows[table] if row[column] is not None and not row["withdrawn"]}
        assert {one["record"]: Decimal(one["value"]) for one in held[variable]} == real, variable
    money = held["activity.budget"]
    assert all(one["unit"] and one["source"] for one in money)
    links = [row for row in whole.rows["links"] if not row["withdrawn"]]
    assert len(held.get("link", ())) + len(held.get("link.suggested", ())) == len(links)
    book = {(row[0], row[1]): row for row in codebook(whole)[1:]}
    assert {name for name, kind in book if kind == "variable"} == held.keys()
    assert all(row[4] for row in book.values()) and all(int(row[3]) for row in book.values())
    assert {name: int(book[name, "variable"][3]) for name in held} == {name: len(held[name]) for name in held}


def test_open_data_is_the_pack_with_licence_version_and_day_beside_it(whole: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    write_open_data(whole, folder, {"text.akn.xml": b"<akomaNtoso/>"})
    assert read_pack(folder).rows == {
        name: sorted(rows, key=lambda row: str(row["id"])) for name, rows in whole.rows.items()
    }
    about = dict(list(csv.reader(io.StringIO((folder / "about.csv").read_text("utf-8-sig"))))[1:])
    assert (about["licence"], about["version"], about["as_of"]) == ("CC-BY-4.0", whole.version, as_of(whole))
    shown = json.loads((folder / "metadata.json").read_bytes())
    tables = shown["databases"]["register"]["tables"]
    assert tables.keys() == {table.name for table in TABLES}
    assert tables["links"]["units"] == {"share": "percent"} and tables["claims"]["license_url"].startswith("https://")
    assert as_of(whole) in shown["source"] and whole.title == shown["title"]
    names = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"register.db", "values.csv", "codebook.csv", "dictionary.csv", "dataset.jsonld", "text.akn.xml"} <= set(
        names
    )
    assert all(as_of(whole).encode() in names[name] for name in ("values.csv", "dataset.jsonld", "metadata.json"))
    told = list(csv.reader(io.StringIO(names["dictionary.csv"].decode("utf-8-sig"))))
    assert [row[:2] for row in told[1:]] == [[table.name, one.name] for table in TABLES for one in table.columns]
    with pytest.raises(InputRefused, match="there already"):
        write_open_data(whole, folder, {})
