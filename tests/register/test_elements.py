"""The words by which an undertaking is due, of invented sentences: a limit, a stretch of time, an event, how often."""

from __future__ import annotations

import pytest

from followthrough.pipeline import register_bytes

DUE = [
    ("Over the next six months, we will map the weirs.", "Over the next six months"),
    ("We will finish the talks within two years.", "within two years"),
    ("We will agree on rules before the next Summit.", "before the next Summit"),
    ("We will plant new reeds in time for COP30.", "in time for COP30"),
    ("We will report not later than June 2029.", "not later than June 2029"),
    ("We will count the otters annually.", "annually"),
    ("We will publish a plan by the end of the year.", "by the end of the year"),
    ("We will meet again in Arun in 2029.", "meet again in Arun in 2029"),
    ("We will hold talks every two years.", "every two years"),
    ("We decide to extend the mandate for a period of one year.", "for a period of one year"),
]
OPEN = [
    "We will guard the weir by day and night.",
    "We will improve day-to-day work at the border by the sea.",
    "We will build on the report of the millers.",
    "We will mend the weir before they may fall.",
]


def due(sentence: str) -> str | None:
    (one,) = register_bytes(f"1. {sentence}\n".encode(), "x.txt").commitments
    return one.elements["deadline"]


@pytest.mark.parametrize(("sentence", "words"), DUE)
def test_a_deadline_is_found(sentence: str, words: str) -> None:
    assert due(sentence) == words


@pytest.mark.parametrize("sentence", OPEN)
def test_no_deadline_is_made_up(sentence: str) -> None:
    assert due(sentence) is None


def test_what_opens_a_sentence_dates_every_row_of_it() -> None:
    rows = register_bytes(b"1. By 2030, we will mend the weir and count the otters.\n", "x.txt").commitments
    assert [one.elements["deadline"] for one in rows] == ["By 2030", "By 2030"]
    assert [one.deadline for one in rows] == ["2030-12-31", "2030-12-31"]
