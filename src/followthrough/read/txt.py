"""Reader of plain text: the text is unchanged, and lines have no hints except their indentation."""

from __future__ import annotations

from followthrough.read.lines import Source, lines_of


def source(text: str) -> Source:
    """Return the unchanged text with its lines."""
    return Source(text, lines_of(text))
