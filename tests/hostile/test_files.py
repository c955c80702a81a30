"""Every hostile file ends in one clear line, in bounded time and memory, on the command line and in the web."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from makers_hostile import BOOKS, TABLES, TEXTS
from page_yardstick import slowness
from support import shared_folder

LINE_SECONDS, WEB_SECONDS, WEB_BYTES = 10.0, 5.0, 300_000_000
LONGEST_UPLOAD = 25_000_000
WEB = """
import resource, sys
from pathlib import Path
from followthrough.errors import InputRefused
from followthrough.pipeline.parts import register_apart
said = ""
try:
    register_apart(Path(sys.argv[1]).read_bytes(), "a text.txt")
except InputRefused as refused:
    said = str(refused)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, said, sep="\\n")
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its code, what it printed, and seconds of computing with all its children.

    The seconds are those that the reference machine of ``page_yardstick`` would need: a test shares its machine.
    """

    code: int
    out: str
    err: str
    seconds: float


def ran(*line: str) -> Ended:
    """Run Python over ``line`` and say how it ended."""
    running = subprocess.Popen([sys.executable, *line], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = running.stdout, running.stderr
    assert out is not None
    assert err is not None
    with out, err:
        said, complained = out.read(), err.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    seconds = (used.ru_utime + used.ru_stime) / slowness()
    return Ended(running.returncode, said.decode(), complained.decode(), seconds)


def one_clear_line(ended: Ended, name: str) -> None:
    assert (ended.code, ended.out) == (1, ""), ended.err[-300:]
    assert len(ended.err.splitlines()) == 1, ended.err[-600:]
    assert name in ended.err
    assert "; " in ended.err, "it says what to do"
    assert "Traceback" not in ended.err


def kept() -> dict[str, Callable[[], bytes]]:
    return {path.name: path.read_bytes for path in sorted(shared_folder().glob("cases/hostile/*"))}


READ = TEXTS | kept()
READABLE = {
    "redos-dashes.txt", "redos-digits.txt", "redos-thousands.txt", "a million stars", "a million brackets",
    "a million images", "a million quotations", "lists in lists in lists", "a page of nested lists",
    "a line of a million columns",
}  # fmt: skip
"""Those of which the reader makes something: it is quick over them, and says what it found."""


@pytest.mark.slow
@pytest.mark.parametrize("name", READ)
def test_a_hostile_text_ends_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a text.txt"
    path.write_bytes(READ[name]())
    ended = ran("-m", "followthrough", "read", str(path), "--json")
    if name not in READABLE or ended.code:
        one_clear_line(ended, "a text.txt")
    assert ended.seconds < LINE_SECONDS
    if path.stat().st_size > LONGEST_UPLOAD:
        return  # refused before it is read
    ended = ran("-c", WEB, str(path))
    peak, said = ended.out.removesuffix("\n").split("\n")
    assert name in READABLE or said.startswith("a text.txt"), ended.err
    assert ended.seconds < WEB_SECONDS
    assert int(peak) < WEB_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_ends_in_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a book.xlsx"
    path.write_bytes(BOOKS[name]())
    ended = ran("-m", "followthrough", "import", str(path), "--data-dir", str(tmp_path / "data"))
    one_clear_line(ended, "a book.xlsx")
    assert ended.seconds < LINE_SECONDS
    assert not (tmp_path / "data").exists(), "nothing was begun"


@pytest.mark.slow
@pytest.mark.parametrize("command", ["measure", "agree", "score"])
@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_ends_in_one_line(tmp_path: Path, command: str, name: str) -> None:
    path = tmp_path / "a table.csv"
    path.write_bytes(TABLES[name]())
    scale = ["--scale", "aec-all"] if command == "score" else []
    ended = ran("-m", "followthrough", command, str(path), *scale)
    one_clear_line(ended, "a table.csv")
    assert ended.seconds < LINE_SECONDS
