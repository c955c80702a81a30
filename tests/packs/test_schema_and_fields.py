"""Each column of a pack and the database field that stores it hold the same values: length, words, required."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import models

from followthrough.packs.columns import Column
from followthrough.packs.reading import PackRefused, read_pack
from followthrough.packs.schema import TABLES
from followthrough.web.assessments.models import AdjudicatedRating, Assessment, Rating, Reply
from followthrough.web.exchange.pack_tables import MODELS
from followthrough.web.exchange.reported_rows import READERS
from followthrough.web.followup.models import Assignment, Cycle, Question
from followthrough.web.kit.model_fields import ExactDecimalField

LAKE = Path(__file__).parents[1] / "lake_accord"
COLUMNS = [(table.name, column) for table in TABLES for column in table.columns if table.name in MODELS]
REPORTED: dict[str, tuple[type[models.Model], dict[str, str]]] = {
    "cycles": (Cycle, {}), "cycle_questions": (Question, {}), "report_commitments": (Assignment, {}),
    "rounds": (Assessment, {}), "final_ratings": (AdjudicatedRating, {}),
    "coder_ratings": (Rating, {"coder": "letter"}), "rating_replies": (Reply, {"words": "text"}),
}  # fmt: skip
"""The model and the renamed columns of tables that are read by what they say; the others of these hold no text."""
LENGTHS = {"date": 10, "sha256": 64, "currency": 3}
"""Characters of the cells whose form sets their length."""
FIELDS: dict[str, type[models.Field[Any, Any]]] = {
    "integer": models.IntegerField,
    "decimal": ExactDecimalField,
    "boolean": models.BooleanField,
    "list": models.JSONField,
    "spans": models.JSONField,
}
"""The class of field that stores a kind of cell; the other kinds are text."""


def field_of(table: str, column: Column) -> models.Field[Any, Any]:
    field = MODELS[table]._meta.get_field(column.name)
    assert isinstance(field, models.Field)
    return field


def longest_text(column: Column) -> int:
    """Return the characters of the longest text that a cell of the column may hold."""
    if column.one_of:
        return max(len(word) for word in column.one_of)
    return LENGTHS.get(column.kind, column.longest)


def test_every_table_is_compared() -> None:
    assert {table for table, _ in COLUMNS} == set(MODELS)
    assert {table.name for table in TABLES} == MODELS.keys() | READERS.keys()
    assert not MODELS.keys() & READERS.keys()
    assert len(COLUMNS) > 260


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column.name}" for table, column in COLUMNS])
def test_a_column_and_its_field_hold_the_same(table: str, column: Column) -> None:
    field = field_of(table, column)
    if column.points_to:
        assert isinstance(field, models.ForeignKey)
        assert field.related_model is MODELS[column.points_to]
        assert field.null is not column.required
    elif column.kind in FIELDS:
        assert isinstance(field, FIELDS[column.kind])
        assert column.kind not in ("integer", "decimal") or field.null is not column.required
    elif isinstance(field, models.TextField):
        assert field.blank is not column.required
    else:
        assert isinstance(field, models.CharField)
        assert not field.null
        assert field.blank is not column.required
        if column.one_of:
            assert longest_text(column) <= (field.max_length or 0)
        else:
            assert longest_text(column) == field.max_length


def test_words_of_cycles_and_rounds_fit_into_their_fields() -> None:
    compared = 0
    for table in TABLES:
        model, names = REPORTED.get(table.name, (None, {}))
        for column in table.columns if model else ():
            if column.kind in ("string", "text") and column.name != "id" and not column.points_to and model:
                field = model._meta.get_field(names.get(column.name, column.name))
                assert isinstance(field, models.CharField)
                assert longest_text(column) <= (field.max_length or 0), (table.name, column.name)
                assert column.one_of or column.longest == field.max_length, (table.name, column.name)
                compared += 1
    assert compared > 20


@pytest.mark.parametrize(("table", "longest"), [("parties", 20), ("documents", 80), ("instruments", 80)])
def test_an_id_that_is_too_long_for_its_field_is_refused_by_row(tmp_path: Path, table: str, longest: int) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(LAKE, folder)
    path = folder / f"{table}.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.partition(",")[2]
    for length, says in ((longest, ""), (longest + 1, f"is {longest + 1} characters long; at most {longest} are kept")):
        path.write_text("\n".join([header, first, *rest, f"{'x' * length},{cells}"]) + "\n", encoding="utf-8")
        if says:
            with pytest.raises(PackRefused) as refused:
                read_pack(folder)
            assert f"{table}.csv, row {len(rest) + 3}, column id: {says}" in str(refused.value)
        else:
            assert len(read_pack(folder).rows[table]) == len(rest) + 2
