"""Kept SQL gives the same rows as the queryset it was compiled from, whatever values a call fills in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from followthrough.web.agreements.models import Commitment, Document, Provision
from followthrough.web.kit.compiled_queries import compiled


@compiled
def _commitments(documents: list[str], full: bool, only: RawSQL | None) -> QuerySet[Commitment, Any]:
    more = ["missing", "spans"] if full else []
    chosen = Commitment.objects.filter(withdrawn="", provision__document__in=documents).order_by("id")
    chosen = chosen if only is None else chosen.filter(provision__in=only)
    return chosen.values_list("id", "provision__political", *more)


def test_rows_are_those_of_the_queryset_with_the_types_of_its_fields(register: Document) -> None:
    found = _commitments([register.id], True, None)
    asked = Commitment.objects.filter(withdrawn="", provision__document=register).order_by("id")
    assert [tuple(row) for row in found] == list(asked.values_list("id", "provision__political", "missing", "spans"))
    assert {type(row[1]) for row in found} == {bool}
    assert {type(row[3]) for row in found} == {list}


def test_a_query_is_worked_out_once_for_each_shape_of_its_arguments(register: Document, draft: Document) -> None:
    worked_out = []

    @compiled
    def ids(documents: list[str], public: bool) -> QuerySet[Document, Any]:
        worked_out.append((len(documents), public))
        return Document.objects.filter(pk__in=documents, public=public).order_by("id").values_list("id")

    assert [tuple(row) for row in ids([register.id], True)] == [(register.id,)]
    assert [tuple(row) for row in ids([draft.id], True)] == []
    assert [tuple(row) for row in ids([draft.id], False)] == [(draft.id,)]
    assert [tuple(row) for row in ids([draft.id, register.id], True)] == [(register.id,)]
    assert [tuple(row) for row in ids([register.id, draft.id], True)] == [(register.id,)]
    assert worked_out == [(1, True), (1, False), (2, True)]


def test_the_parameters_of_raw_sql_change_from_call_to_call(register: Document) -> None:
    def of(number: str) -> list[str]:
        table = Provision._meta.db_table
        only = RawSQL(f"SELECT id FROM {table} WHERE num = %s AND document_id = %s", (number, register.id))  # noqa: S608, S611
        return [row[0] for row in _commitments([register.id], False, only)]

    assert of("4.3")
    assert all(key.startswith("asean-rok-2019/4.3") for key in of("4.3"))
    assert all(key.startswith("asean-rok-2019/5.") for key in of("5.1"))
    assert of("no such number") == []


def test_a_value_is_never_part_of_the_statement(register: Document) -> None:
    assert _commitments(["' OR 1 = 1 --"], False, None) == []
    assert _commitments(["slot 0"], False, None) == []
