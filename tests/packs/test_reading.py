"""A pack is read whole or refused, naming file, row and column."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.errors import FollowthroughError, InputRefused
from followthrough.packs.cells import BadCell, parse, write
from followthrough.packs.folding import digest, fold, squeeze
from followthrough.packs.reading import PackRefused, read_pack
from followthrough.packs.schema import TABLES, Column
from followthrough.packs.writing import pack_files, write_pack

BUNDLED = Path(str(files("followthrough.packs") / "asean_rok_2019"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled pack, to be broken."""
    return Path(shutil.copytree(BUNDLED, tmp_path / "pack"))


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


BROKEN = {
    "unknown id": (
        edit(
            "citations.csv",
            "asean-rok-2019/1.2a/poa2016,asean-rok-2019/1.2a,poa2016",
            "x/y,asean-rok-2019/9.9a,poa2016",
        ),
        ["citations.csv", "asean-rok-2019/9.9a", "commitments.csv"],
    ),
    "bad date": (
        edit("documents.csv", "2019-11-26", "03/04/2019"),
        ["documents.csv", "column adopted", "03/04/2019"],
    ),
    "no such day": (edit("documents.csv", "2019-11-26", "2019-02-30"), ["column adopted", "calendar"]),
    "twice": (
        edit("parties.csv", "KHM,Cambodia,Cambodia,state,2,2\n", "KHM,Cambodia,Cambodia,state,2,2\n" * 2),
        ["parties.csv, row 6, column id", "twice"],
    ),
    "word not allowed": (
        edit("commitments.csv", ",action,4", ",deed,4"),
        ["column kind", "“deed” is not one of"],
    ),
    "strength": (edit("commitments.csv", ",action,4", ",action,9"), ["column strength", "1 to 5"]),
    "not a number": (
        edit("commitments.csv", ",action,4", ",action,four"),
        ["column strength", "whole number"],
    ),
    "spans reversed": (edit("commitments.csv", "[[0, 486]]", "[[486, 0]]"), ["column spans", "ascending"]),
    "bare number": (edit("provisions.csv", "no. 1.1", "1.1"), ["column num", "no. 1.1"]),
    "too few cells": (
        edit("parties.csv", "KHM,Cambodia,Cambodia,state,2,2", "KHM,Cambodia"),
        ["row 5", "2 cells"],
    ),
    "header": (edit("parties.csv", "short_name", "nick"), ["parties.csv, row 1", "short_name"]),
    "circle": (
        edit(
            "documents.csv",
            "2024-10-10,Vientiane,,,,asean-rok-2019",
            "2024-10-10,Vientiane,,,,asean-rok-poa-2026",
        ),
        ["documents.csv", "leads back to itself"],
    ),
    "empty": (edit("parties.csv", "KHM,Cambodia,", "KHM,,"), ["column name", "is empty"]),
    "web address": (edit("sources.csv", "http", "javascript:http"), ["column url", "no web address"]),
    "digest": (edit("provisions.csv", ",a9dd", ",Z9dd"), ["column sha256"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_pack_is_refused_by_row_and_column(copy: Path, case: str) -> None:
    breaks, expected = BROKEN[case]
    breaks(copy)
    with pytest.raises(PackRefused) as refused:
        read_pack(copy)
    for words in expected:
        assert words in str(refused.value)


def test_every_problem_is_named_at_once(copy: Path) -> None:
    for case in ("bad date", "word not allowed", "bare number"):
        BROKEN[case][0](copy)
    with pytest.raises(PackRefused) as refused:
        read_pack(copy)
    assert len(refused.value.problems) >= 3


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"datapackage\.json"):
        read_pack(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"name": 1}'])
def test_a_descriptor_that_is_none(copy: Path, content: bytes) -> None:
    (copy / "datapackage.json").write_bytes(content)
    with pytest.raises(InputRefused):
        read_pack(copy)


@given(data=st.binary(max_size=400), name=st.sampled_from([table.name for table in TABLES]))
def test_any_bytes_in_a_table_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    shutil.copy(BUNDLED / "datapackage.json", folder)
    (folder / f"{name}.csv").write_bytes(data)
    try:
        read_pack(folder)
    except FollowthroughError as error:
        assert f"{name}.csv" in str(error)


@given(text=st.text(max_size=60), column=st.sampled_from([c for table in TABLES for c in table.columns]))
def test_a_cell_that_is_taken_comes_out_the_same(text: str, column: Column) -> None:
    try:
        value = parse(column, text)
    except BadCell:
        return
    assert parse(column, write(column, value)) == value


def test_the_written_pack_is_the_bundled_one(tmp_path: Path) -> None:
    write_pack(read_pack(BUNDLED), tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (BUNDLED / path.name).read_bytes()
    assert set(pack_files(read_pack(BUNDLED))) == {path.name for path in (tmp_path / "out").iterdir()}


def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("keep me")
    with pytest.raises(InputRefused, match="is no pack"):
        write_pack(read_pack(BUNDLED), tmp_path)
    assert (tmp_path / "precious.txt").read_text() == "keep me"


@pytest.mark.slow
def test_what_its_owner_wrote_about_a_pack_stays_when_it_is_written_again(tmp_path: Path) -> None:
    write_pack(read_pack(BUNDLED), tmp_path / "out")
    for name in ("README.md", "demo.toml"):
        (tmp_path / "out" / name).write_text("why we keep it")
    write_pack(read_pack(BUNDLED), tmp_path / "out")
    for name in ("README.md", "demo.toml"):
        assert (tmp_path / "out" / name).read_text() == "why we keep it"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "README.md").write_text("no pack at all")
    with pytest.raises(InputRefused, match="is no pack"):
        write_pack(read_pack(BUNDLED), tmp_path / "mine")


def test_no_id_of_the_pack_can_be_taken_for_a_number_or_a_date() -> None:
    pack = read_pack(BUNDLED)
    for rows in pack.rows.values():
        for row in rows:
            assert any(letter.isalpha() for letter in str(row["id"]))


@given(st.text())
def test_folding_keeps_offsets_and_ignores_layout(text: str) -> None:
    assert len(fold(text)) == len(squeeze(text))
    assert fold(fold(text)) == fold(text)
    assert digest(f"  {text}\n") == digest(text)


def test_folding_ignores_quotation_marks_and_line_breaks_only() -> None:
    assert digest("ASEAN’s “one\nvision”") == digest('ASEAN\'s  "one vision"')
    assert digest("one vision") != digest("one Vision")


def test_rows_of_the_bundled_pack_name_one_another_by_the_ids_that_a_reader_can_open() -> None:
    pack = read_pack(BUNDLED)
    known = {str(row["id"]) for name in ("claims", "activities", "targets") for row in pack.rows[name]}
    named = [
        found
        for rows in pack.rows.values()
        for row in rows
        for cell in row.values()
        if isinstance(cell, str)
        for found in re.findall(r"\b([CAT])(\d{2,3})\b", cell)
        if f"{found[0].lower()}-{found[1]}" in known
    ]
    assert not named
