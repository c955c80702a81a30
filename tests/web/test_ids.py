"""Ids of new records: one after the other, also for many writers at once, and without reading those that are there."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from followthrough.packs.reading import Pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.agreements.models import Document, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.actions.claims import Entry, enter_claim
from followthrough.web.evidence.models import Claim, Conflict
from followthrough.web.exchange.importing import import_pack
from followthrough.web.kit.ids import create, free
from held_rows import laid

ENTRY = Entry(
    {
        "url": "https://news.example/0", "title": "Talks 0", "publisher": "Harbour News", "publisher_kind": "media",
        "published": "2025-10-01", "language": "en",
    },
    {
        "kind": "agreement", "date": "2026-09-30", "statement": "Talks ended.", "value": "", "unit": "",
        "stance": "neutral", "quote": "", "notes": "",
    },
    ("asean-rok-2019/4.3b",), "It says so.", "main",
)  # fmt: skip


def entry(name: str) -> Entry:
    source = {**ENTRY.source, "url": f"https://news.example/{name}", "title": f"Talks {name}"}
    return replace(ENTRY, source=source, claim={**ENTRY.claim, "statement": f"Talks {name} ended."})


def test_numbers_follow_those_that_are_there_and_those_that_an_import_brings(register: Document) -> None:
    source = Source.objects.all()[0]
    cells: dict[str, Any] = {"source": source, "kind": "agreement", "statement": "x", "stance": "neutral"}
    Claim.objects.create(id="c-700", **cells)
    assert [create(Claim, "c-", **cells).pk for _ in range(2)] == ["c-701", "c-702"]
    for number in (703, 704, 1200):  # as an import writes them
        Claim.objects.create(id=f"c-{number}", **cells)
    assert [create(Claim, "c-", **cells).pk for _ in range(2)] == ["c-1201", "c-1202"]
    names = [create(Conflict, "trade", topic="Trade").pk for _ in range(3)]
    assert names == ["trade", "trade-2", "trade-3"]
    Conflict.objects.create(id="ports-2", topic="Ports")
    assert [create(Conflict, "ports", topic="Ports").pk for _ in range(3)] == ["ports", "ports-3", "ports-4"]


def test_a_number_of_a_transaction_that_failed_is_given_again(register: Document) -> None:
    with transaction.atomic():
        first = free(Claim, "c-")
        transaction.set_rollback(True)
    assert free(Claim, "c-") == first


def test_no_id_is_read_to_find_the_next(register: Document) -> None:
    free(Claim, "c-")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        free(Claim, "c-")
    assert len(asked) <= 4  # two of them are the savepoint
    assert not any(
        "evidence_claim" in query["sql"].replace("evidence_claim:c-", "") for query in asked.captured_queries
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_lose_nothing(bundled: Pack) -> None:
    laid("bundled", partial(import_pack, bundled, by=SYSTEM))
    document = Document.objects.get(id="asean-rok-2019")
    before = Claim.objects.count()
    failed: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for n in range(5):
                enter_claim(document, entry(f"{name}-{n}"), by=SYSTEM)
        except BaseException as error:  # noqa: BLE001 - shown by the test
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Claim.objects.count() == before + 60
    made = Claim.objects.filter(source__publisher="Harbour News").values_list("pk", flat=True)
    events = AuditEvent.objects.filter(verb="claim.added", target__in=list(made)).values_list("target", flat=True)
    assert sorted(events) == sorted(made)
    numbers = sorted(int(key.removeprefix("c-")) for key in made)
    assert numbers == list(range(numbers[0], numbers[0] + 60))
