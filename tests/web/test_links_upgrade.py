"""A register from before sources, links and counters had apps of their own keeps its rows and what guards them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from followthrough.web.agreements.models import Document, Provision, Source
from followthrough.web.audit.models import AuditEvent
from followthrough.web.evidence.models import Claim
from followthrough.web.kit.ids import free
from followthrough.web.links.models import Link

pytestmark = pytest.mark.slow
BEFORE = [
    ("evidence", "0011_counters"), ("agreements", "0004_standing"), ("activities", "0004_pledges_due"),
    ("indicators", "0004_series_parts"), ("kit", None), ("links", None),
]  # fmt: skip


def migrate(targets: list[Any]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state([one for one in targets if one[1]]).apps


@pytest.fixture
def old(transactional_db: None) -> Iterator[Any]:
    """The models of then; afterwards the database is that of today again, whatever happened."""
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_rows_triggers_and_constraints_are_kept(old: Any) -> None:
    def then(app: str, model: str, **cells: Any) -> Any:
        return old.get_model(app, model)._default_manager.create(**cells)

    source = then("evidence", "Source", id="s-1", url="https://news.example/1", title="Weirs", language="en")
    document = then("agreements", "Document", id="weirs-2020", title="Weirs", kind="treaty", source=source)
    place = then("agreements", "Provision", id="weirs-2020/1", document=document, eid="sec_1", position=1)
    work = then("activities", "Activity", id="a-1", title="Otters", source=source, recorded="2026-01-01")
    claim = then("evidence", "Claim", id="c-001", source=source, statement="It opened.", recorded="2026-01-01")
    then("evidence", "Link", id="l-1", provision=place, activity=work, role="main", share="70", origin="person")
    then("evidence", "Link", id="l-2", provision=place, claim=claim, role="main", origin="person")
    event: dict[str, Any] = {
        "by": "desk",
        "verb": "claim.added",
        "kind": "claim",
        "target": "c-001",
        "detail": {},
        "hash": "0" * 64,
    }
    AuditEvent.objects.create(at=timezone.now(), **event)
    then("evidence", "Counter", id="evidence_claim:c-", number=41)

    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())

    assert Source.objects.get().claims.get().links.get() == Link.objects.get(pk="l-2")
    assert Document.objects.get().source == Claim.objects.get().source
    assert (Claim.objects.get().entered_by, Claim.objects.get().replaced_by) == ("desk", None)
    assert free(Claim, "c-") == "c-042"
    other = Provision.objects.create(id="weirs-2020/2", document_id="weirs-2020", eid="sec_2", position=2)
    with pytest.raises(DatabaseError, match="100"), transaction.atomic():
        Link.objects.create(id="l-3", provision=other, activity_id="a-1", role="main", share="31", origin="person")
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(id="l-4", provision=other, role="main", origin="person")
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(id="l-5", provision_id="weirs-2020/1", claim_id="c-001", role="main", origin="person")
