"""Helpers that any test may import: ``from support import shared``."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """Return the folder of reference texts and data beside the repository; it need not be there."""
    named = os.environ.get("FOLLOWTHROUGH_SHARED", "")
    return Path(named).resolve() if named else REPOSITORY.parent / "shared"


def shared(path: str) -> Path:
    """Return a file or folder of the reference material; where it is absent, skip the test and say so."""
    found = shared_folder() / path
    if not found.exists():
        pytest.skip(f"no {path} in the folder of reference texts (../shared, or FOLLOWTHROUGH_SHARED)")
    return found


def tracked_files() -> list[Path]:
    """Return every file of the repository: what git tracks, and what it would track if it were added now."""
    return list(_tracked())


@cache
def _tracked() -> tuple[Path, ...]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    assert done.returncode == 0, f"these tests read git's list of files: {done.stderr.decode(errors='replace')}"
    names = [name for name in done.stdout.decode().split("\0") if name]
    return tuple(path for path in (REPOSITORY / name for name in dict.fromkeys(names)) if path.is_file())


def python_files(folder: str) -> list[Path]:
    """Return the tracked Python files under ``folder``, migrations apart."""
    home = REPOSITORY / folder
    found = [path for path in tracked_files() if path.suffix == ".py" and home in path.parents]
    return [path for path in found if path.parent.name != "migrations"]


def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return the nodes of a Python file, its module first."""
    return nodes(path.read_text(encoding="utf-8"))


@cache
def nodes(code: str) -> tuple[ast.AST, ...]:
    """Return the nodes of a module, itself first: a dozen rules ask for those of every file, and none changes them."""
    return tuple(ast.walk(ast.parse(code)))


def commits(node: pytest.Item) -> bool:
    """Tell whether a test commits what it writes, so that the database is emptied after it."""
    marker = node.get_closest_marker("django_db")
    named = {"transactional_db", "live_server"} & set(getattr(node, "fixturenames", ()))
    return bool(named or (marker and marker.kwargs.get("transaction")))


def said(html: str) -> str:
    """Return what a page says in the order of its words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def text_of(path: Path) -> str | None:
    """Return a file's text, or nothing where it is a picture or another binary."""
    raw = path.read_bytes()
    return None if b"\0" in raw else raw.decode("utf-8", errors="replace")


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "followthrough", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)


def cpu_of(work: Callable[[], object], times: int = 1) -> float:
    """Return the least CPU seconds that ``work`` took, the processes that it started and saw end counted in.

    Processor time, as the reference machine of ``page_yardstick`` would need it, since a test shares its machine with
    others; for tests of the ``budget`` marker, which no other test runs beside.
    """
    from page_yardstick import slowness  # which needs Django

    found = []
    for _ in range(times):
        before = os.times()
        work()
        after = os.times()
        found.append(sum(after[:4]) - sum(before[:4]))
    return min(found) / slowness()


def run_cli(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command line as ``run`` does; it must end with ``code``."""
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    return done
