"""Lists of ids cut into what one query can ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

IDS = 10_000
"""Ids in one query: a database bounds the parameters of a statement (SQLite's default is 32,766)."""


def portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut ``ids`` into lists that one query can ask for."""
    return (ids[start : start + IDS] for start in range(0, len(ids), IDS))
