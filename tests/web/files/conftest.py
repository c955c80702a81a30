"""What the tests of files share."""

from __future__ import annotations

import pytest

from reporting_world import World, small_world


@pytest.fixture
def world(db: None) -> World:
    """A small agreement with its people."""
    return small_world()
