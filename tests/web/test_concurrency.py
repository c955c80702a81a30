"""Eight writers at once lose nothing; a killed import leaves the register as it was. Real processes, real files."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from made_registers import empty_register

WRITER = """
import sys, time
from followthrough.cli.boot import boot
boot()
from django.db import transaction
from followthrough.web.audit.event_types import EventType
from followthrough.web.audit.record import record
from followthrough.web.audit.models import AuditEvent
name, end, written = sys.argv[1], time.monotonic() + float(sys.argv[2]), 0
while time.monotonic() < end:
    with transaction.atomic():
        AuditEvent.objects.filter(by=name).count()  # a read before the write: what breaks a deferred transaction
        record(name, EventType.CLAIM_ADDED, "test", str(written))
    written += 1
print(written)
"""

IMPORTER = """
import sys, time
from pathlib import Path
from followthrough.cli.boot import boot
boot()
from followthrough.packs.reading import read_pack
from followthrough.web.accounts.policy import SYSTEM
from followthrough.web.exchange.importing import import_pack
def linger(table):
    print(table, flush=True)
    if table == "citations":
        time.sleep(60)
import_pack(read_pack(Path(sys.argv[1])), by=SYSTEM, progress=linger)
"""

PACK = Path(str(files("followthrough.packs") / "asean_rok_2019"))


def environment(folder: Path) -> dict[str, str]:
    """SQLite in ``folder``, whatever database the other tests use."""
    return {**os.environ, "FOLLOWTHROUGH_DATA_DIR": str(folder), "DATABASE_URL": ""}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "followthrough", *arguments]
    return subprocess.run(command, env=environment(folder), capture_output=True, text=True, check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data directory with an empty register."""
    return empty_register(tmp_path)


def count(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "register.sqlite3") as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - our own names


@pytest.mark.slow
def test_eight_writers_for_five_seconds_lose_nothing(folder: Path) -> None:
    command = [sys.executable, "-c", WRITER]
    writers = [
        subprocess.Popen([*command, f"w{n}", "5"], env=environment(folder), stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
        for n in range(8)
    ]  # fmt: skip
    results = [writer.communicate(timeout=120) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, [error for _, error in results]
    written = [int(out) for out, _ in results]
    assert min(written) > 0
    assert count(folder, "audit_auditevent") == sum(written)


@pytest.mark.slow
def test_kill_during_an_import_leaves_the_register_as_it_was(folder: Path) -> None:
    command = [sys.executable, "-c", IMPORTER, str(PACK)]
    importer = subprocess.Popen(command, env=environment(folder), stdout=subprocess.PIPE, text=True)
    assert importer.stdout is not None
    for line in importer.stdout:
        if line.strip() == "citations":  # everything before it is written, nothing is committed
            break
    time.sleep(0.2)
    os.kill(importer.pid, signal.SIGKILL)
    importer.wait()
    importer.stdout.close()
    for table in ("agreements_document", "agreements_commitment", "evidence_source", "audit_auditevent"):
        assert count(folder, table) == 0
    run(folder, "import", str(PACK))
    assert count(folder, "agreements_commitment") == len((PACK / "commitments.csv").read_text().splitlines()) - 1
