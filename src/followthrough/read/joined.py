"""Several sources as one: the pages of a book, a letter with its attachments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from followthrough.read.lines import Line, Source


def joined(sources: Sequence[Source], metadata: Mapping[str, str]) -> Source:
    """Return ``sources`` one after the other, a blank line between them, and ``metadata`` over that of the first."""
    texts, lines, at = list[str](), list[Line](), 0
    for one in sources:
        if texts:
            lines.append(Line(at, at))
            texts.append("")
            at += 1
        lines += [replace(line, start=line.start + at, end=line.end + at) for line in one.lines]
        texts.append(one.text)
        at += len(one.text) + 1
    first = dict(sources[0].metadata) if sources else {}
    return Source(
        "\n".join(texts),
        tuple(lines),
        {**first, **metadata},
        next((one.guessed for one in sources if one.guessed), ""),
        tuple(piece for one in sources for piece in one.set_aside),
        tuple(notice for one in sources for notice in one.notices),
    )
