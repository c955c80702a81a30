"""What is written about the API: its document as it was last looked at, and the ten lines of Python, which are run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer
from tools.openapi import FILE, written

from followthrough.web.agreements.models import Commitment
from reporting_world import small_world
from support import REPOSITORY

GUIDE = REPOSITORY / "docs" / "how-to" / "use-the-api.md"
LINES = 12
"""Of the client, without blank ones and its docstring: ten, and two that import and print."""


@pytest.mark.sqlite
def test_the_document_is_the_one_that_was_last_looked_at() -> None:
    """What is meant is taken over by ``python tools/openapi.py``."""
    assert written() == FILE.read_text("utf-8"), "run python tools/openapi.py, and look at the difference"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
def test_ten_lines_of_python_read_every_commitment(live_server: LiveServer, tmp_path: Path) -> None:
    small_world()
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert len([line for line in code.splitlines() if line.strip() and '"""' not in line]) <= LINES
    client = tmp_path / "client.py"
    client.write_text(code.replace("size=100", "size=3"), "utf-8")
    done = subprocess.run([sys.executable, client, live_server.url], check=True, capture_output=True, text=True)
    said = [line.split()[0] for line in done.stdout.splitlines()]
    assert said == sorted(Commitment.objects.values_list("pk", flat=True)) and len(said) == 8
