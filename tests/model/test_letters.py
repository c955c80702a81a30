"""Numbers in letters, both ways of counting past z, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthrough.model.letters import from_letters, from_repeated_letter, to_letters, to_repeated_letter

NUMBERS = st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (702, "zz"), (703, "aaa")]
)
def test_spreadsheet_columns_count_on_with_two_letters(number: int, letters: str) -> None:
    assert to_letters(number) == letters
    assert from_letters(letters.upper()) == number


@pytest.mark.parametrize(("number", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (28, "bb"), (53, "aaa")])
def test_paragraphs_count_on_with_the_same_letter_twice(number: int, letters: str) -> None:
    assert to_repeated_letter(number) == letters
    assert from_repeated_letter(letters.upper()) == number


@given(NUMBERS)
def test_both_ways_come_back(number: int) -> None:
    assert from_letters(to_letters(number)) == number
    assert from_repeated_letter(to_repeated_letter(number % 1_000 + 1)) == number % 1_000 + 1


@given(NUMBERS, NUMBERS)
def test_letters_of_one_length_stand_in_the_order_of_their_numbers(one: int, other: int) -> None:
    if len(to_letters(one)) == len(to_letters(other)):
        assert (to_letters(one) < to_letters(other)) is (one < other)
