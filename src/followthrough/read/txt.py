"""Plain text: the text is the file's text as it is, and a line knows nothing but its indentation."""

from __future__ import annotations

from followthrough.read.lines import Source, lines_of


def source(text: str) -> Source:
    """Return the lines of plain text; nothing in the text is changed."""
    return Source(text, lines_of(text))
