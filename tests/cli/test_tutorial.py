"""The tutorial does what it says: its commands are run as they stand, in an empty folder, and print what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import REPOSITORY

pytestmark = pytest.mark.slow
PAGE = REPOSITORY / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = '#!/bin/sh\nexec "{python}" -m followthrough "$@"\n'
"""What stands for the installed command, so that the code of this checkout is run."""


def steps() -> Iterator[tuple[str, str]]:
    """Yield the commands of each block with what the page shows below it, empty where it shows nothing."""
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    for (kind, commands), (following, shown) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "sh":
            yield commands, shown if following == "text" else ""


@pytest.mark.long
def test_a_newcomer_follows_it_and_gets_what_it_shows(tmp_path: Path) -> None:
    tools, folder = tmp_path / "bin", tmp_path / "bay"
    tools.mkdir()
    folder.mkdir()
    (tools / "followthrough").write_text(COMMAND.format(python=sys.executable), encoding="utf-8")
    (tools / "followthrough").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOLLOWTHROUGH_", "DJANGO_"))}
    surroundings = kept | {
        "PATH": f"{tools}:{os.environ['PATH']}", "CHECKOUT": str(REPOSITORY), "COLUMNS": "100", "HOME": str(tmp_path),
        "PYTHONPATH": str(REPOSITORY / "src"), "LC_ALL": "C.UTF-8", "DATABASE_URL": "",
    }  # fmt: skip
    taken, exported = list(steps()), ""
    assert len(taken) > 6
    for commands, shown in taken:
        script = f"set -e\n{exported}{commands}"
        done = subprocess.run(
            ["sh", "-c", script], cwd=folder, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{commands}\n{done.stdout}"
        exported += "".join(line for line in commands.splitlines(True) if line.startswith("export "))
        if shown:
            assert stripped(done.stdout) == stripped(shown), commands


def stripped(text: str) -> list[str]:
    """Return the lines without the spaces that stand behind them."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]
