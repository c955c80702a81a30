"""Focal points who send all at once, and a server that is killed while they do: what was confirmed is there, once."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from made_registers import empty_register
from reporting_load import Sent, send_all
from serving import command, python, serving

ENOUGH = 24
TESTS = str(Path(__file__).parents[1])


def in_register(folder: Path, code: str) -> str:
    """Run code of ``reporting_load`` over the register in ``folder``."""
    return python(folder, f"import reporting_load\n{code}", PYTHONPATH=TESTS).stdout


@pytest.mark.slow
def test_what_was_confirmed_is_there_once_also_when_the_server_is_killed(tmp_path: Path) -> None:
    folder = empty_register(tmp_path / "data")
    people = json.loads(in_register(folder, "reporting_load.prepare(60, 4, 8)"))
    with serving(folder) as server:

        def strike(sent: Sent) -> None:
            if len(sent.confirmed) == ENOUGH:
                os.kill(server.process.pid, signal.SIGKILL)

        sent = send_all(server.port, people, 60, strike)
    assert not sent.wrong
    assert sent.broken == len(people), "the server was killed while everybody was sending"
    assert len(sent.confirmed) >= ENOUGH
    kept = json.loads(in_register(folder, "import json; print(json.dumps(reporting_load.kept()))"))
    assert [key for key in sent.confirmed if kept.get(str(key)) != [1, 1]] == []
    assert {tuple(one) for one in kept.values()} == {(1, 1)}, "nor is anything there without its event, or twice"
    assert command(folder, "audit", "verify").returncode == 0
