"""The record tells when it was altered: every kind of damage is found, on both databases, and the first wrong named."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthrough.web.audit import guards, verifying
from followthrough.web.audit.chain import GENESIS, content, link
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.export import lines
from followthrough.web.audit.models import AuditEvent, Head
from followthrough.web.audit.record import record, record_all, settle
from followthrough.web.audit.verifying import Verification, verify
from made_registers import bundled_register
from support import REPOSITORY, run_cli, tracked_files

EXPLAINED = REPOSITORY / "docs" / "explanation" / "audit-chain.md"


def write(count: int, by: str = "somebody") -> None:
    """Record ``count`` events of some variety, three at a time."""
    for first in range(0, count, 3):
        with transaction.atomic():
            numbers = range(first, min(first + 3, count))
            details = {n: {"n": n, "hal": n / 2, "é": ["日本", {"b": 1, "a": None}]} for n in numbers}
            record_all(by, [(EventType.CLAIM_CHECKED, "test", f"t-{n}", details[n]) for n in numbers])


def sql(statement: str, *values: str | int | None) -> None:
    """Do to the record what only somebody with the database in hand can do."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(kept: str = "") -> Verification:
    """Settle what this transaction wrote, and verify."""
    settle()
    return verify(kept)


def wrong_at(verdict: Verification) -> int | None:
    """Return the number of the first wrong event, which there must be."""
    assert verdict.wrong is not None
    return verdict.wrong.sequence


@pytest.fixture
def ten(db: None) -> Iterator[None]:
    """A record of ten events; the triggers stand again afterwards, with the rollback."""
    write(10)
    assert found().whole
    yield


def test_a_record_is_chained_without_gaps_and_whole(ten: None) -> None:
    verdict = found()
    assert (verdict.whole, verdict.events, verdict.guarded) == (True, 10, True)
    assert list(AuditEvent.objects.order_by("id").values_list("sequence", flat=True)) == list(range(1, 11))
    assert verdict.head == Head.objects.get().hash == AuditEvent.objects.get(sequence=10).hash


def test_the_database_refuses_every_change(ten: None) -> None:
    changes = [
        "UPDATE audit_auditevent SET verb = 'x' WHERE sequence = 3",
        "DELETE FROM audit_auditevent WHERE sequence = 10",
    ]
    if connection.vendor == "postgresql":
        changes.append("TRUNCATE audit_auditevent")
    for statement in changes:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert found().whole


DAMAGE: dict[str, Callable[[], tuple[list[str], int | None]]] = {
    "who did it": lambda: (["UPDATE audit_auditevent SET \"by\" = 'nobody' WHERE sequence = 4"], 4),
    "what was done": lambda: (["UPDATE audit_auditevent SET verb = 'test.undone' WHERE sequence = 1"], 1),
    "to what": lambda: (["UPDATE audit_auditevent SET target = 't-99' WHERE sequence = 10"], 10),
    "of which kind": lambda: (["UPDATE audit_auditevent SET kind = 'tes' WHERE sequence = 2"], 2),
    "when": lambda: (["UPDATE audit_auditevent SET at = '2001-01-01 00:00:00+00:00' WHERE sequence = 5"], 5),
    "the detail": lambda: (["UPDATE audit_auditevent SET detail = '{}' WHERE sequence = 6"], 6),
    "a hash": lambda: (['UPDATE audit_auditevent SET hash = "by" WHERE sequence = 7'], 7),
    "one removed": lambda: (["DELETE FROM audit_auditevent WHERE sequence = 5"], 5),
    "the first removed": lambda: (["DELETE FROM audit_auditevent WHERE sequence = 1"], 1),
    "the last removed": lambda: (["DELETE FROM audit_auditevent WHERE sequence = 10"], 10),
    "all removed": lambda: (["DELETE FROM audit_auditevent"], 1),
    "two in each other's place": lambda: ([
        "UPDATE audit_auditevent SET sequence = -sequence WHERE sequence IN (3, 8)",
        "UPDATE audit_auditevent SET sequence = 11 + sequence WHERE sequence < 0",
    ], 3),
    "one removed and the rest moved up": lambda: ([
        "DELETE FROM audit_auditevent WHERE sequence = 4",
        "UPDATE audit_auditevent SET sequence = -sequence WHERE sequence > 4",
        "UPDATE audit_auditevent SET sequence = -sequence - 1 WHERE sequence < 0",
        "UPDATE audit_head SET count = 9",
    ], 4),
    "one added behind the end": lambda: ([_insert(11)], 11),
    "one added before the start": lambda: ([_insert(0)], None),
    "one added without a place": lambda: ([_insert(None)], None),
    "the end moved": lambda: (["UPDATE audit_head SET count = 12"], 11),
    "the hash of the end": lambda: (["UPDATE audit_head SET hash = 'b'"], 10),
}  # fmt: skip


def _insert(sequence: int | None) -> str:
    place = "NULL" if sequence is None else str(sequence)
    columns = 'at, "by", verb, kind, target, detail'
    return f"INSERT INTO audit_auditevent ({columns}, sequence, hash) SELECT {columns}, {place}, hash {SECOND}"


SECOND = "FROM audit_auditevent WHERE sequence = 2"


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_found_and_its_first_event_named(ten: None, kind: str) -> None:
    statements, first = DAMAGE[kind]()
    for statement in statements:
        sql(statement)
    verdict = verify()
    assert not verdict.whole and not verdict.guarded
    assert wrong_at(verdict) == first


def test_a_row_that_holds_no_event_is_named_and_nothing_breaks(ten: None) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no text where a date belongs")
    sql("UPDATE audit_auditevent SET at = '2026-99-99 00:00:00' WHERE sequence = 6")
    assert wrong_at(verify()) == 6
    sql("UPDATE audit_auditevent SET at = 'never' WHERE sequence = 3")
    assert wrong_at(verify()) == 3


def test_the_end_taken_away_with_its_note_is_told_only_by_a_head_that_was_kept(ten: None) -> None:
    kept, before = found().head, AuditEvent.objects.get(sequence=8).hash
    sql("DELETE FROM audit_auditevent WHERE sequence > 8")
    sql("UPDATE audit_head SET count = 8, hash = %s", before)
    assert verify().whole, "nobody can tell without a head"
    assert not verify(kept).whole and verify(kept).kept is None
    assert verify(before).kept == 8 and verify(before).whole


def test_a_chain_made_anew_is_told_by_a_head_that_was_kept(ten: None) -> None:
    kept = found().head
    sql("UPDATE audit_auditevent SET \"by\" = 'nobody' WHERE sequence = 4")
    end = GENESIS
    for event in AuditEvent.objects.order_by("sequence"):
        own = content(event.at, event.by, event.verb, event.kind, event.target, event.detail)
        end = link(end, event.sequence or 0, own)
        sql("UPDATE audit_auditevent SET hash = %s WHERE sequence = %s", end, event.sequence)
    sql("UPDATE audit_head SET hash = %s", end)
    assert verify().whole
    assert not verify(kept).whole


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e100, max_value=1e100),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abé\"\\ 1", max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(details=st.lists(st.dictionaries(st.text("xyz", max_size=3), values, max_size=3), min_size=1, max_size=4))
def test_whatever_an_event_holds_it_comes_back_with_its_hash(db: None, details: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        for detail in details:
            record("é \U0001f600", EventType.CLAIM_ADDED, "test", "日", detail)
        assert found().whole
        assert checked_by_others(list(lines())) == found().head
        transaction.set_rollback(True)


CHANGE = 'UPDATE audit_auditevent SET "{}" = %s WHERE sequence = %s'


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cell_changed_in_any_event_is_found(ten: None, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, 10))
    column = data.draw(st.sampled_from(["by", "verb", "kind", "target", "hash"]))
    new = data.draw(st.text("abcdef0123456789", min_size=1, max_size=8))
    with transaction.atomic():
        sql(CHANGE.format(column), new, at)
        assert wrong_at(verify()) == at
        transaction.set_rollback(True)
    assert verify().whole


def checked_by_others(export: list[bytes]) -> str:
    """Check an export with the code of the documentation alone, and return the head that it prints."""
    code = re.findall(r"```python\n(.*?)```", EXPLAINED.read_text(encoding="utf-8"), flags=re.DOTALL)[0]
    assert "followthrough" not in code and len(code.strip().splitlines()) <= 25
    printed: list[str] = []
    events = [line.decode() for line in export]
    own = {"open": lambda *_a, **_k: events, "print": lambda *words: printed.extend(map(str, words))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["check.py", "record.jsonl"])
        exec(compile(code, str(EXPLAINED), "exec"), own)  # noqa: S102 - the code of our own documentation
    return printed[1]


def test_the_code_in_the_documentation_finds_damage_too(ten: None, tmp_path: Path) -> None:
    code = re.findall(r"```python\n(.*?)```", EXPLAINED.read_text(encoding="utf-8"), flags=re.DOTALL)[0]
    script, export = tmp_path / "check.py", tmp_path / "record.jsonl"
    script.write_text(code, encoding="utf-8")
    events = list(lines())
    for name, left, says in [
        ("whole", events, None),
        ("removed", events[:3] + events[4:], "event 4 is missing"),
        ("changed", [*events[:6], events[6].replace(b"somebody", b"anybody!"), *events[7:]], "event 7 is not"),
        ("swapped", [*events[:2], events[3], events[2], *events[4:]], "event 3 is missing"),
    ]:
        export.write_bytes(b"".join(left))
        done = subprocess.run([sys.executable, script, export], capture_output=True, text=True, check=False)
        assert (done.returncode, says or found().head) == (int(bool(says)), says or done.stdout.split()[1]), name
        assert (says or "") in done.stderr, name


def test_healthz_says_where_the_record_ends(client: Client, ten: None) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "audit": {"events": 10, "head": found().head}}


def test_a_record_longer_than_a_page_is_read_whole(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "PAGE", 7)
    write(29)
    told: list[tuple[int, int]] = []
    settle()
    assert verify(progress=lambda done, total: told.append((done, total))).events == 29
    assert told[-1] == (29, 29) and len(told) == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    """Threads that write in turn, roll some back, and keep a row locked while they record."""

    def writer(name: str) -> None:
        try:
            for n in range(20):
                with transaction.atomic():
                    record(name, EventType.CLAIM_ADDED, "test", str(n))
                    record_all(name, [(EventType.CLAIM_CHECKED, "test", str(n), {"n": n})])
                    transaction.set_rollback(n % 5 == 4)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = verify()
    assert verdict.whole and verdict.events == 6 * 16 * 2
    for n in range(6):
        own = AuditEvent.objects.filter(by=f"w{n}").order_by("sequence").values_list("verb", "target")
        assert list(own) == [
            (verb, str(k)) for k in range(20) if k % 5 != 4 for verb in (EventType.CLAIM_ADDED, EventType.CLAIM_CHECKED)
        ]


def test_events_from_before_the_chain_are_chained_in_their_order(ten: None) -> None:
    chained = found()
    sql("UPDATE audit_auditevent SET sequence = NULL, hash = ''")
    sql("DELETE FROM audit_head")
    migration: Any = import_module("followthrough.web.audit.migrations.0003_chained")
    migration.PAGE = 4
    migration.chain(apps, SimpleNamespace(connection=connection))
    assert found() == chained and chained.guarded


@pytest.mark.slow
def test_the_command_says_it_and_ends_with_one_where_something_is_wrong(tmp_path: Path) -> None:
    where = ("--data-dir", tmp_path)
    early = run_cli("audit", "verify", *where, code=1)
    assert "not made yet" in early.stderr and len(early.stderr.splitlines()) == 1
    bundled_register(tmp_path)
    whole = json.loads(run_cli("audit", "verify", "--json", *where).stdout)
    assert whole["whole"] and whole["guarded"] and "kept" in whole["unknown"]
    run_cli("audit", "export", tmp_path / "record.jsonl", *where)
    events = (tmp_path / "record.jsonl").read_bytes().splitlines(keepends=True)
    assert len(events) == whole["events"] and checked_by_others(events) == whole["head"]
    with sqlite3.connect(tmp_path / "register.sqlite3") as register:
        register.execute("DROP TRIGGER audit_no_update")
        register.execute("UPDATE audit_auditevent SET target = 'x' WHERE sequence = 1000")
    said = run_cli("audit", "verify", *where, code=1).stdout
    assert said.startswith("Event 1000 (") and "triggers are missing" in said
    kept = run_cli("audit", "verify", "--json", "--head", whole["head"], *where, code=1)
    assert json.loads(kept.stdout)["wrong"]["sequence"] == 1000


def test_an_event_holds_only_what_json_holds(db: None) -> None:
    with pytest.raises(ValueError, match="no number of JSON"), transaction.atomic():
        record("somebody", EventType.CLAIM_CHECKED, "test", "t", {"n": float("nan")})
    assert json.loads(next(iter([*lines()]), b"null")) is None


def test_a_locked_row_keeps_nobody_from_pointing_to_it() -> None:
    """On PostgreSQL the end of the record is locked at the commit, and keys are checked there too (docs/adr/0012)."""
    calls = [
        (path, line)
        for path in tracked_files()
        if path.suffix == ".py" and REPOSITORY / "src" in path.parents
        for line in path.read_text(encoding="utf-8").splitlines()
        if "select_for_update(" in line
    ]
    assert len(calls) > 5
    assert [f"{path.name}: say no_key=True: {line.strip()}" for path, line in calls if "no_key=True" not in line] == []
