"""The benchmark of the pages runs, on a small register, and every page stays within its queries and its time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from page_yardstick import slowness

WEB = Path(__file__).parents[2] / "bench" / "web.py"


@pytest.mark.budget
def test_every_page_of_a_small_register_is_within_its_limits() -> None:
    sizes = ["--commitments", "300", "--things", "900", "--requests", "3", "--database", "sqlite"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["FOLLOWTHROUGH_BENCH_SLOWER"] = str(slowness())
    run = subprocess.run([sys.executable, WEB, *sizes], capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "every page within 150 ms and its queries" in run.stdout
