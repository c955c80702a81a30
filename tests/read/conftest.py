"""Where the tests find documents that are not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, or a skip that says why."""
    folder = Path(os.environ.get("FOLLOWTHROUGH_SHARED", Path(__file__).parents[3] / "shared"))
    if not (folder / "statements").is_dir():
        pytest.skip(f"no real documents at {folder} (set FOLLOWTHROUGH_SHARED)")
    return folder
