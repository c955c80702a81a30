"""``followthrough people`` makes the first administrator, with an event, and asks for the password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PASSWORD = "a-long-password-of-its-own"  # noqa: S105 - of tests


def run(folder: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "followthrough", "people", *arguments, "--data-dir", str(folder)],
        input=typed, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_the_first_administrator(tmp_path: Path) -> None:
    twice = f"{PASSWORD}\n{PASSWORD}\n"
    made = run(tmp_path, "add", "chief", "--role", "administrator", "--name", "Chief Officer", typed=twice)
    assert made.returncode == 0, made.stderr
    assert PASSWORD not in made.stdout + made.stderr
    for wrong, says in (
        (("add", "chief"), "somebody has this user name already"),
        (("add", "other", "--role", "king"), "is no role over the whole register"),
        (("password", "nobody"), "is not there"),
    ):
        refused = run(tmp_path, *wrong, typed=twice)
        assert (refused.returncode, says in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)
    weak = run(tmp_path, "password", "chief", typed="short\nshort\n")
    assert weak.returncode == 1
    assert "0 factors were taken away" in run(tmp_path, "reset-factor", "chief").stderr
    assert run(tmp_path, "list").stdout.splitlines() == ["chief\tChief Officer\tAdministrator\t"]
