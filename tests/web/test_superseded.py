"""Rows that a later one took the place of: they stay as written, are shown as superseded, and count no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from followthrough.packs.checks import SUPERSEDED
from followthrough.packs.reading import Pack, PackRefused, finish
from followthrough.packs.schema import TABLES
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.activities.models import Activity
from followthrough.web.agreements.models import Document
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.pack_tables import MODELS
from followthrough.web.links.models import Link
from followthrough.web.pages.party_rows import party_rows
from support import said

pytestmark = pytest.mark.sqlite

DOC = "/agreements/asean-rok-2019"


def rows(bundled: Pack, table: str) -> Iterator[dict[str, Any]]:
    """The superseded rows of a table of the pack."""
    return (dict(row) for row in bundled.rows[table] if row["replaced_by"])


@pytest.mark.parametrize("table", SUPERSEDED)
def test_the_pack_supersedes_with_a_reason_and_keeps_the_row(register: Document, bundled: Pack, table: str) -> None:
    found = list(rows(bundled, table))
    assert found, f"the pack has a superseded row in {table}"
    for row in found:
        held: Any = MODELS[table]._default_manager.get(pk=row["id"])
        assert (held.replaced_by_id, held.withdrawn) == (row["replaced_by"], row["withdrawn"])
        assert held.replaced_by.withdrawn == "", "what stands in its place does stand"


@pytest.mark.parametrize(("table", "pages"), [("claims", ["claims"]), ("activities", ["activities"])])
def test_lists_leave_superseded_rows_out_and_their_own_pages_say_so(
    register: Document, bundled: Pack, client: Client, table: str, pages: list[str]
) -> None:
    gone = {str(row["id"]): row for row in rows(bundled, table)}
    for page in pages:
        listed = {row["id"] for row in client.get(f"{DOC}/{page}.json").json()[page]}
        assert listed and not listed & gone.keys()
        assert listed >= {row["replaced_by"] for row in gone.values()}
    for key, row in gone.items():
        shown = client.get(f"/{table}/{key}").content.decode()
        assert f'href="/{table}/{row["replaced_by"]}"' in shown and str(row["withdrawn"])[1:] in shown
        assert f'href="/{table}/{key}"' in client.get(f"/{table}/{row['replaced_by']}").content.decode()


@pytest.mark.parametrize("table", ["targets", "meetings"])
def test_lists_of_what_has_no_page_show_it_as_superseded_and_count_it_not(
    register: Document, bundled: Pack, client: Client, table: str
) -> None:
    gone = list(rows(bundled, table))
    page = said(client.get(f"{DOC}/{table}").content.decode())
    standing = len(bundled.rows[table]) - len(gone)
    assert f"{standing} {table}" in page
    for row in gone:
        assert str(row["withdrawn"])[1:] in page


def test_superseded_rows_move_no_figure(register: Document, client: Client) -> None:
    def figures() -> tuple[Any, ...]:
        money = client.get(f"{DOC}/money.json").json()
        return (client.get(f"{DOC}.json").json()["coverage"]["rungs"], party_rows(SYSTEM), money["funds"])

    before = figures()
    gone = Activity.objects.exclude(withdrawn="")
    assert any(gone.values_list("budget", flat=True)), "one of them has money that would be counted"
    Link.everything.filter(activity__in=gone).delete()
    Link.everything.filter(claim__in=Claim.objects.exclude(withdrawn="")).delete()
    gone.update(fund=None, state="completed", budget=None, currency="")
    assert figures() == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"withdrawn": ""}, "names a-100 in its place and not why"),
        ({"replaced_by": "a-999"}, "“a-999” is not in activities.csv"),
        ({"replaced_by": "a-008"}, "leads back to itself by replaced_by"),
    ],
)
def test_a_pack_that_supersedes_wrongly_is_refused(bundled: Pack, change: dict[str, str], says: str) -> None:
    held = {name: list(found) for name, found in bundled.rows.items()}
    held["activities"] = [{**row, **change} if row["id"] == "a-008" else row for row in held["activities"]]
    known = {table.name: {str(row["id"]): at for at, row in enumerate(held[table.name])} for table in TABLES}
    with pytest.raises(PackRefused) as refused:
        finish(held, known, [])
    assert says in str(refused.value)
