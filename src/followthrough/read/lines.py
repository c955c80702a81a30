"""The interface between format readers and structure reader: a text and its lines with offsets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from followthrough.model.document import Notice, Recognised, SetAside


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, ``text[start:end]`` without its indentation, trailing blanks or newline.

    ``hint`` is what the format states: ``"heading"``, ``"bullet"``, ``"whole"`` (the line is a paragraph of its own),
    ``"note"`` (a footnote or endnote, kept beside the text) or ``""``. ``level`` is the depth of a heading (1 is the
    top) or the indentation in columns.
    """

    start: int
    end: int
    hint: str = ""
    level: int = 0

    @property
    def blank(self) -> bool:
        """Whether the line is empty."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file: its text, its lines in order, and the metadata that the format states about the document.

    ``metadata`` may state ``title``, ``date`` (ISO 8601) and ``language`` (as the format writes it).
    ``guessed`` is the encoding if it was guessed from the text, else ``""``. ``set_aside`` are the words of the file
    that the reader left out of the text, and ``notices`` what else it has to warn of. ``recognised`` are the stretches
    of the text that were recognised from pictures.
    """

    text: str
    lines: tuple[Line, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    guessed: str = ""
    set_aside: tuple[SetAside, ...] = ()
    notices: tuple[Notice, ...] = ()
    recognised: tuple[Recognised, ...] = ()


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of plain ``text`` with no hints; ``level`` is the indentation in columns."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        start = at + len(raw) - len(raw.lstrip()) if stripped else at
        lines.append(Line(start, start + len(stripped), "", start - at))
        at += len(raw) + 1
    return tuple(lines)
