"""The word lists of each family of rules, from the TOML file of the family's name: ``kinds.toml`` for ``kinds.py``.

An entry is a word or a phrase in plain letters, never a pattern; singular and plural are entries of their own.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _lists(family: str) -> dict[str, list[str]]:
    with files(__package__).joinpath(f"{family}.toml").open("rb") as file:
        return tomllib.load(file)


def entries(family: str, name: str) -> tuple[str, ...]:
    """Return the entries of the list ``name`` in ``family``.toml, in the order of the file."""
    return tuple(_lists(family)[name])


def tables(family: str, name: str) -> tuple[dict[str, Any], ...]:
    """Return the tables ``[[name]]`` of ``family``.toml, in the order of the file."""
    held: Any = _lists(family)
    return tuple(held[name])


def word_set(family: str, *names: str) -> frozenset[str]:
    """Return the entries of one or more lists of ``family``.toml as a set."""
    return frozenset(entry for name in names for entry in entries(family, name))


def alternation(family: str, *names: str, space: str = " ") -> str:
    """Return a non-capturing group that matches any entry of the lists, tried in the order of the file.

    ``space`` is the pattern for the blank between two words of a phrase.
    """
    groups: dict[str, list[str]] = {}
    for phrase in (entry for name in names for entry in entries(family, name)):
        groups.setdefault(phrase[:1].lower(), []).append(phrase)
    return f"(?:{'|'.join(_any_of(group, space) for group in groups.values())})"


def _any_of(phrases: list[str], space: str) -> str:
    """Return a pattern of phrases that begin with one letter: what begins otherwise is told by that letter alone.

    No text matches phrases of two letters at one place, so that the order of the file holds inside each.
    """
    printed = [space.join(map(re.escape, phrase.split(" "))) for phrase in phrases]
    first = phrases[0][:1]
    if len(phrases) == 1 or not first.isalpha() or any(phrase[:1] != first for phrase in phrases):
        return "|".join(printed)
    return f"{first}(?:{'|'.join(one[1:] for one in printed)})"
