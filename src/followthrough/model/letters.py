"""Numbers written in letters, in the two ways that texts and spreadsheets do."""

from __future__ import annotations

_A = ord("a")


def to_letters(number: int) -> str:
    """Return 1, 2 ... 26, 27, 28 as ``a``, ``b`` ... ``z``, ``aa``, ``ab``, the way of spreadsheet columns."""
    letters = ""
    while number > 0:
        number, last = divmod(number - 1, 26)
        letters = chr(_A + last) + letters
    return letters


def from_letters(letters: str) -> int:
    """Return the number that ``to_letters`` writes as ``letters``, of either case."""
    number = 0
    for letter in letters.lower():
        number = number * 26 + ord(letter) - _A + 1
    return number


def to_repeated_letter(number: int) -> str:
    """Return 1, 2 ... 26, 27, 28 as ``a``, ``b`` ... ``z``, ``aa``, ``bb``, the way of numbered paragraphs."""
    times, last = divmod(number - 1, 26)
    return chr(_A + last) * (times + 1)


def from_repeated_letter(letters: str) -> int:
    """Return the number that ``to_repeated_letter`` writes as ``letters``, of either case; they are all the same."""
    return ord(letters[0].lower()) - _A + 1 + 26 * (len(letters) - 1)
