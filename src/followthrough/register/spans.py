"""Half-open ranges of a text."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]
"""The offsets at which a range begins and, exclusive, ends."""


def is_free(span: Span, taken: Sequence[Span]) -> bool:
    """Tell whether ``span`` overlaps none of the ranges ``taken``."""
    return all(span[1] <= low or high <= span[0] for low, high in taken)
