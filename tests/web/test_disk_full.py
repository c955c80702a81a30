"""A disk that is full: nothing is half kept, and what is said of it is one line or one page, not a failure of ours."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from made_registers import bundled_register, empty_register
from serving import PACK, PATIENCE, command, environment, python

pytestmark = pytest.mark.slow
FULL = "the disk is full, or cannot be written"
FLOOD = """
import sys
from django.db import connection
from django.test import Client
from followthrough.web.kit.static_files import collect_static
collect_static()
client = Client(raise_request_exception=False, headers={"host": "localhost"})

def send(n):
    answer = client.post("/agreements/asean-rok-2019/suggest", {"text": "x" * 2000}, REMOTE_ADDR=f"198.51.100.{n}")
    return answer.status_code, answer

def pages(most):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count={most}")

pages(1)  # no more than there are
said = next(answer for code, answer in map(send, range(200)) if code != 302)
print(said.status_code, said["Retry-After"], "cannot take this now" in said.content.decode())
print("default-src 'none'" in said["Content-Security-Policy"], client.get("/healthz").status_code)
print(client.get("/agreements/asean-rok-2019/4.3").status_code, client.get("/search?q=cyber").status_code)
pages(1_000_000)
print(send(250)[0])
"""


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A data folder with an empty register."""
    return empty_register(tmp_path / "data")


def count(folder: Path, table: str) -> int:
    connection = sqlite3.connect(folder / "register.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    found = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
    connection.close()
    return found


def test_the_web_says_503_in_words_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    folder = bundled_register(tmp_path / "data")
    done = python(folder, FLOOD)
    said = done.stdout.split("\n")
    assert said[:4] == ["503 60 True", "True 200", "200 200", "302"]
    assert count(folder, "evidence_suggestion") == count(
        folder, "audit_auditevent WHERE verb = 'suggestion.made'"
    )  # each with its event, or not at all


def limited(folder: Path, size: int) -> subprocess.CompletedProcess[str]:
    """Import the bundled pack in a process whose files may have no more than ``size`` bytes."""
    return subprocess.run(
        [sys.executable, "-m", "followthrough", "import", str(PACK)],
        env=environment(folder), capture_output=True, text=True, check=False, timeout=PATIENCE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip


def test_an_import_that_meets_a_full_disk_says_so_and_keeps_nothing(empty: Path) -> None:
    done = limited(empty, (empty / "register.sqlite3").stat().st_size + 50_000)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("  ")]  # apart from progress
    assert line.startswith(f"followthrough: {empty / 'register.sqlite3'}: {FULL}; make room; nothing of what failed")
    assert count(empty, "agreements_document") == 0
    assert command(empty, "import", str(PACK)).returncode == 0
    assert count(empty, "agreements_document") > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this account may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("only root may make a small disk, and not everywhere; limits of file size stand in for it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_small_disk_is_full_in_one_line(small_disk: Path) -> None:
    done = command(small_disk, "import", str(PACK))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert FULL in done.stderr.splitlines()[-1]
