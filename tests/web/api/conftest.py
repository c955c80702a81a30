"""What holds for the tests of the API: they write past the actions, so that what is known of a state is forgotten."""

from __future__ import annotations

import pytest

from followthrough.web.api import answers


@pytest.fixture(autouse=True)
def counts_forgotten() -> None:
    """Begin every test without what another counted."""
    answers._counts.clear()
