"""The means, purpose, result and manner of invented undertakings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.register.adjuncts import adjuncts


def marked(text: str, start: int = 0) -> list[tuple[str, str]]:
    return [(one.role, text[one.start : one.end]) for one in adjuncts(text, start, len(text))]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("in order to shelter otters", "purpose"),
        ("with a view to sheltering otters", "purpose"),
        ("to fully shelter otters", "purpose"),
        ("through yearly counts", "means"),
        ("by raising the banks", "means"),
        ("by the end of a rope", "means"),
        ("thereby sheltering otters", "result"),
        ("while raising the banks", "manner"),
    ],
)
def test_a_part_is_marked_by_the_word_that_opens_it(words: str, role: str) -> None:
    assert marked(f"mend the weir {words}") == [(role, words)]


@pytest.mark.parametrize("words", ["by 2030", "while otters sleep", "to Aber", "throughout the year", "by"])
def test_a_date_a_place_and_a_bare_word_open_nothing(words: str) -> None:
    assert marked(f"mend the weir {words}") == []


def test_each_part_runs_to_the_next_without_the_comma_between_them() -> None:
    assert marked("mend the weir by raising the banks, in order to shelter otters.") == [
        ("means", "by raising the banks"),
        ("purpose", "in order to shelter otters."),
    ]


def test_what_opens_the_undertaking_itself_is_no_part_of_it() -> None:
    assert marked("to mend the weir") == []


def test_words_after_the_undertaking_are_not_looked_at() -> None:
    text = "mend the weir by raising the banks"
    assert adjuncts(text, 0, len("mend the weir")) == ()


WORDS = st.sampled_from(["to", "by", "raising", "otters,", "the", "thereby", "through", "while", "weir;", "including"])


@given(st.lists(WORDS, max_size=12))
def test_parts_never_overlap_and_lie_inside_the_undertaking(words: list[str]) -> None:
    text = f"We will mend {' '.join(words)}"
    at = len("We will ")
    for one in adjuncts(text, at, len(text)):
        assert at < one.start < one.end <= len(text)
        assert text[one.end - 1] not in " ,;:"
        at = one.end
