"""The word lists of spreadsheets: headings of columns, states, and rows that hold no record."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from followthrough.spreadsheets.folding import folded, words_of


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@cache
def fields() -> Mapping[str, str]:
    """Return field -> what it holds, in words."""
    return {name: one["says"] for name, one in _table("fields.toml").items()}


@cache
def _headings() -> Mapping[str, str]:
    return {folded(word): name for name, one in _table("fields.toml").items() for word in one["words"]}


@cache
def _phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(words_of(word)), name) for name, one in _table("fields.toml").items() for word in one["words"]]
    return tuple(sorted(found, key=lambda one: -len(one[0])))


def field_of_heading(heading: str) -> tuple[str, float]:
    """Return the field that a heading names and how sure that is, from 0 to 1; nothing where it names none."""
    exact = _headings().get(folded(heading))
    if exact:
        return exact, 0.95
    words = _without_day(tuple(words_of(heading)))
    if not words or len(words) > 12:
        return "", 0.0
    for phrase, name in _phrases():
        size = len(phrase)
        if size and any(words[at : at + size] == phrase for at in range(len(words) - size + 1)):
            return name, min(0.6 + 0.1 * size, 0.85)
    return "", 0.0


def _without_day(words: tuple[str, ...]) -> tuple[str, ...]:
    """Cut off on which day a heading was so: ``Status as of today`` is a status."""
    cuts = (at for at in range(1, len(words) - 1) if words[at] == "as" and words[at + 1] in ("of", "at"))
    return words[: next(cuts, len(words))]


@cache
def _states() -> Mapping[str, str]:
    return {
        folded(word): state for state, words in _table("statuses.toml").items() for word in words if folded(word)
    } | {word: state for state, words in _table("statuses.toml").items() for word in words if not folded(word)}


def state_of(text: str) -> str:
    """Return the state of the project cycle that a cell names; nothing where it names none."""
    return _states().get(folded(text) or text.strip(), "")


@cache
def _aside() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    return {what: tuple(tuple(words_of(word)) for word in words) for what, words in _table("rows_aside.toml").items()}


def set_aside_as(first: str) -> str:
    """Return ``total`` or ``note`` where the first cell of a row says that it holds no record; else nothing."""
    words = tuple(words_of(first))
    for what, starts in _aside().items():
        if any(words[: len(start)] == start for start in starts):
            return what
    return "note" if first.startswith(("*", "†", "1)", "¹")) else ""
