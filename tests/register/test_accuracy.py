"""The accuracy card: its figures are those of today, and its intervals those of the formula."""

from __future__ import annotations

import pytest

import accuracy_measure
from followthrough.register.accuracy import Share, accuracy_card


@pytest.mark.slow
def test_the_published_card_is_not_stale() -> None:
    assert list(accuracy_card()) == accuracy_measure.card(), "run: python bench/accuracy.py"


def test_first_looks_stand_as_they_were() -> None:
    looks = [row for row in accuracy_card() if row.seen == "first look"]
    assert looks == accuracy_measure.first_looks()
    assert len(looks) >= 2


def test_an_interval_is_that_of_the_worked_example() -> None:
    # Wilson's interval of 9 in 10 at 95 %, computed by hand: 0.596 to 0.982.
    share = Share(9, 10)
    assert share.value == pytest.approx(0.9)
    assert [share.low, share.high] == pytest.approx([0.596, 0.982], abs=1e-3)
    assert Share(0, 0).value is None
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)
    assert Share(5, 5).high == pytest.approx(1.0)
