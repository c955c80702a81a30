"""Every list by every column, upwards and downwards: the page, CSV, the workbook and JSON hold the same order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.html import strip_tags

from followthrough.io import xlsx
from followthrough.io.csv import csv_lines
from followthrough.web.agreements.models import Document
from followthrough.web.kit.list_state import PAGE

DOC = "/agreements/asean-rok-2019"
LISTS = {
    "documents": "/agreements",
    "commitments": f"{DOC}/commitments",
    "claims": f"{DOC}/claims",
    "sources": f"{DOC}/sources",
    "activities": f"{DOC}/activities",
    "meetings": f"{DOC}/meetings",
    "targets": f"{DOC}/targets",
    "life": f"{DOC}/life",
    "instruments": f"{DOC}/instruments",
    "indicators": f"{DOC}/indicators",
    "parties": "/parties",
    "party": "/parties/VNM",
    "party-indicators": "/parties/VNM/indicators",
    "source": "/sources/s-beritabaru-tac",
}
"""A page of each route that is a list."""
OTHERS = {"document": DOC, "lineage": "/lineage", "money": f"{DOC}/money", "ratings": f"{DOC}/ratings",
          "place": f"{DOC}/4.3", "cycle": "/cycles/none", "audit": "/audit", "corrections": "/catalogue/none",
          "indicator": "/indicators/i-air-passengers"}  # fmt: skip
"""Routes with files whose page is no list of rows of one kind."""
QUERIES = 6
STORY = 27
"""Queries of a party's page, which tells its story before the list."""


def test_every_route_with_files_is_a_list_that_these_tests_walk_or_no_list() -> None:
    waiting: list[Any] = list(get_resolver().url_patterns)
    found = set()
    for one in waiting:
        if isinstance(one, URLResolver):
            waiting.extend(one.url_patterns)
        elif isinstance(one, URLPattern) and "csv" in str(one.pattern) and not str(one.name).startswith("api-"):
            found.add(str(one.name))
    assert found == set(LISTS) | set(OTHERS)


def _table(client: Client, address: str) -> Any:
    return client.get(address).context["table"]


def _on_page(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    cells = re.findall(r'<th scope="row">(.*?)</th>', html[html.index('id="all"') :], re.DOTALL)
    return [unescape(strip_tags(cell)).strip() for cell in cells]


def _in_files(client: Client, path: str, query: str) -> Iterator[list[str]]:
    header, *lines = [cells for _, cells in csv_lines("x.csv", client.get(f"{path}.csv?{query}").content)]
    assert header == ["id"]
    yield [line[0] for line in lines]
    _, _, *rows = xlsx.parts_of(client.get(f"{path}.xlsx?{query}").content, "x.xlsx")
    yield [row["cells"][0] for row in rows]
    twin = json.loads(client.get(f"{path}.json?{query}").content)
    (rows_of,) = (value for value in twin.values() if isinstance(value, list))
    yield [row["id"] for row in rows_of]


def _numbers(ids: Iterable[str]) -> list[str]:
    return [one.rpartition("/")[2] for one in ids]


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)
def test_page_and_files_hold_one_order(
    figures: Document, client: Client, django_assert_max_num_queries: Any, path: str
) -> None:
    table = _table(client, path)
    client.get(f"{path}?sort=id")
    for name in table.names:
        asked = []
        for sort in (name, f"-{name}"):
            query = f"sort={sort}&columns=id"
            csv, book, twin = _in_files(client, path, query)
            assert csv == book == twin, query
            assert len(csv) == len(set(csv)) > 0
            with django_assert_max_num_queries(STORY if path == LISTS["party"] else QUERIES):
                shown = _on_page(client, f"{path}?{query}")
            assert shown == _numbers(csv[:PAGE]), query
            asked.append(csv)
        assert sorted(asked[0]) == sorted(asked[1])


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)
def test_every_column_can_be_chosen_and_says_the_same_in_every_file(
    figures: Document, client: Client, path: str
) -> None:
    table = _table(client, path)
    names = [*reversed(table.names)]
    query = f"columns={','.join(names)}"
    page = client.get(f"{path}?{query}")
    html = page.content.decode()
    heads = re.findall(r'<a class="sort" href="[^"]*">(.*?)</a>', html)
    by_name = {one.name: str(one.heading) for one in table.columns}
    assert [unescape(one) for one in heads] == [by_name[name] for name in names]
    assert page.context["problems"] == []
    header, *lines = [cells for _, cells in csv_lines("x.csv", client.get(f"{path}.csv?{query}").content)]
    _, *rows = xlsx.parts_of(client.get(f"{path}.xlsx?{query}").content, "x.xlsx")
    assert header == names == rows[0]["cells"][: len(names)]
    for line, row in zip(lines, rows[1:], strict=True):
        cells = row["cells"]
        assert [cell.removeprefix("'") for cell in line] == cells + [""] * (len(line) - len(cells))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("path", "column"), [("/parties", "claims"), (f"{DOC}/claims", "date"), (f"{DOC}/claims", "grade"),
                         (f"{DOC}/commitments", "strength"), ("/agreements", "adopted")]
)  # fmt: skip
@pytest.mark.parametrize("down", [False, True], ids=["up", "down"])
def test_values_stand_in_the_order_of_their_column(
    figures: Document, client: Client, path: str, column: str, down: bool
) -> None:
    sign = "-" if down else ""
    held = [
        cells[0]
        for _, cells in csv_lines("x.csv", client.get(f"{path}.csv?sort={sign}{column}&columns={column}").content)
    ][1:]
    numbers = column in ("claims", "grade", "strength")
    given = [one for one in held if one]
    assert given == sorted(given, key=int if numbers else str, reverse=down)
    assert held[: len(given)] == given
    assert len(set(given)) > 1


@pytest.mark.sqlite
@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS)
def test_an_address_with_unknown_words_is_answered_with_a_sentence(
    figures: Document, client: Client, path: str
) -> None:
    page = client.get(f"{path}?sort=weight&columns=depth")
    html = unescape(page.content.decode())
    assert page.status_code == 200
    assert "The list can't be sorted by “weight”; it is in its own order." in html
    assert "The list has no column “depth”; it is left out." in html
    for ext in ("csv", "xlsx", "json"):
        assert client.get(f"{path}.{ext}?sort=weight&columns=depth").status_code == 200
