"""A pack goes in whole or not at all, comes out the same, and leaves its trace."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import Error, transaction

from followthrough.packs.reading import Pack, read_pack
from followthrough.packs.writing import pack_files, write_pack
from followthrough.web.accounts.models import User
from followthrough.web.accounts.policy import SYSTEM, NotAllowed
from followthrough.web.agreements.models import Commitment, Document, Provision
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.models import AuditEvent, Head
from followthrough.web.audit.record import record, settle
from followthrough.web.audit.verifying import verify
from followthrough.web.evidence.models import Claim
from followthrough.web.exchange.importing import difference, import_pack
from followthrough.web.exchange.pack_tables import MODELS, register_as_pack
from followthrough.web.links.models import Link
from followthrough.web.search.index import catch_up
from followthrough.web.search.models import Upto
from held_rows import laid


def test_the_bundled_register_is_whole(register: Document, bundled: Pack) -> None:
    assert Provision.objects.filter(document=register, kind="paragraph").count() == 25
    assert Provision.objects.filter(kind="section").count() == 6
    assert Commitment.objects.filter(provision__document=register).count() == 46
    counts = {name: model._default_manager.count() for name, model in MODELS.items()}
    assert counts == {name: len(rows) for name, rows in bundled.rows.items() if name in counts}
    assert all(counts[name] for name in ("sources", "claims", "activities", "party_events", "fund_figures", "targets"))
    assert Claim.objects.filter(checked=True).count() == sum(bool(row["checked"]) for row in bundled.rows["claims"])
    paragraphs = Provision.objects.filter(document=register, kind="paragraph")
    assert all(Link.objects.filter(claim__isnull=False, commitment__provision=one).exists() for one in paragraphs)
    political = Provision.objects.filter(political=True).values_list("num", flat=True)
    assert sorted(political) == ["1.3", "2.1", "2.3", "2.5"]


@pytest.mark.django_db(transaction=True)
def test_export_import_export_is_byte_identical(register: Document, bundled: Pack, tmp_path: Path) -> None:
    first = pack_files(register_as_pack())
    assert first == pack_files(bundled)
    write_pack(register_as_pack(), tmp_path / "out")
    call_command("flush", interactive=False, verbosity=0)
    assert Document.objects.count() == 0
    import_pack(read_pack(tmp_path / "out"), by=SYSTEM)
    assert pack_files(register_as_pack()) == first


def test_importing_again_changes_nothing(register: Document, bundled: Pack) -> None:
    events = AuditEvent.objects.count()
    what = import_pack(bundled, by=SYSTEM)
    assert what.changes == ()
    assert sum(what.unchanged.values()) == sum(map(len, bundled.rows.values()))
    assert AuditEvent.objects.count() == events


def test_a_change_is_shown_and_recorded(register: Document, bundled: Pack) -> None:
    rows = dict(bundled.rows)
    rows["commitments"] = [dict(row) for row in rows["commitments"]]
    rows["commitments"][0]["summary"] = "Said differently"
    altered = replace(bundled, rows=rows, digest="0" * 64)
    shown = difference(altered)
    assert [(c.table, c.id, c.verb) for c in shown.changes] == [("commitments", "asean-rok-2019/1.1a", "changed")]
    assert Commitment.objects.get(pk="asean-rok-2019/1.1a").summary != "Said differently"
    import_pack(altered, by=SYSTEM)
    assert Commitment.objects.get(pk="asean-rok-2019/1.1a").summary == "Said differently"
    event = AuditEvent.objects.get(verb="commitment.changed", target="asean-rok-2019/1.1a")
    assert event.detail["changes"]["summary"][1] == "Said differently"


def test_rows_the_pack_does_not_hold_are_kept(register: Document, bundled: Pack) -> None:
    rows = {**bundled.rows, "citations": []}
    what = import_pack(replace(bundled, rows=rows, digest="0" * 64), by=SYSTEM)
    assert what.left_alone["citations"] == 13
    assert register.provisions.count() == 31


def test_a_row_the_database_refuses_leaves_nothing(db: None, bundled: Pack) -> None:
    rows = dict(bundled.rows)
    doubled = dict(rows["provisions"][0], id="asean-rok-2019/other")
    rows["provisions"] = [*rows["provisions"], doubled]
    with pytest.raises(Error):
        import_pack(replace(bundled, rows=rows), by=SYSTEM)
    assert Document.objects.count() == 0
    assert AuditEvent.objects.count() == 0


def test_only_those_who_may_import(bundled: Pack, stranger: User, editor: User, administrator: User) -> None:
    for person in (stranger, editor):
        with pytest.raises(NotAllowed, match="may not import a pack"):
            import_pack(bundled, by=person)
    assert import_pack(bundled, by=administrator).changes == ()


def rows_of_everything() -> dict[str, list[tuple[object, ...]]]:
    """Return what every table holds, without when it was written and the numbers that the database gives out."""
    held = {}
    for model in apps.get_models(include_auto_created=True):
        names = [one.attname for one in model._meta.concrete_fields]
        gone = {"at", "hash", "imported", "id" if model in (AuditEvent, Head, Upto) else ""}
        kept = [name for name in names if name not in gone]
        held[model._meta.label] = list(model._base_manager.order_by("pk").values_list(*kept))
    return held


def test_what_the_tests_begin_from_is_what_the_importer_writes(db: None, bundled: Pack) -> None:
    """The fixture ``register`` lays rows down that were kept: they are those of an import, in every table."""
    write = partial(import_pack, bundled, by=SYSTEM)
    seen = []
    for begin in (write, partial(laid, "bundled", write), partial(laid, "bundled", write)):
        with transaction.atomic():
            begin()
            settle()
            catch_up()
            seen.append(rows_of_everything())
            assert verify().whole
            transaction.set_rollback(True)
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]["audit.AuditEvent"]) > 3_000


def test_where_something_is_already_there_the_importer_runs(administrator: User, bundled: Pack) -> None:
    write = partial(import_pack, bundled, by=SYSTEM)
    with transaction.atomic():
        laid("bundled", write)  # so that the rows are kept, whichever test came first
        transaction.set_rollback(True)
    with transaction.atomic():
        record("administrator", EventType.ROLE_GRANTED, "user", "administrator")
    laid("bundled", write)
    settle()
    assert AuditEvent.objects.filter(by="administrator", verb=EventType.ROLE_GRANTED).count() == 1
    assert verify().whole and Document.objects.filter(pk="asean-rok-2019").exists()
