"""Commitments by kind as segments of one bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class OfAKind(Protocol):
    """Something that has a kind."""

    @property
    def kind(self) -> str: ...


Row = TypeVar("Row", bound=OfAKind)


@dataclass(frozen=True, slots=True)
class KindSegment(Generic[Row]):
    """One kind: its share of all, its place in the bar in per cent of its width, and its rows."""

    word: str
    count: int
    total: int
    shade: int
    x: str
    width: str
    label_x: str
    wide: bool
    rows: list[Row]


def kind_bar(rows: Sequence[Row], kinds: Sequence[str]) -> list[KindSegment[Row]]:
    """Return a segment for each of ``kinds``, the first the darkest; nothing of a kind makes a segment of width 0."""
    total, at, found = len(rows), 0.0, []
    for shade, kind in zip(range(len(kinds) - 1, -1, -1), kinds, strict=True):
        mine = [row for row in rows if row.kind == kind]
        width = 100 * len(mine) / total if total else 0
        gap, wide = 0.3 if at else 0, len(mine) > total * 0.14
        label_x = f"{at + 1.4 if wide else at + (width + gap) / 2:.2f}%"
        x, shown = f"{at + gap:.2f}%", f"{max(width - gap, 0):.2f}%"
        found.append(KindSegment(kind, len(mine), total, shade, x, shown, label_x, wide, mine))
        at += width
    return found
