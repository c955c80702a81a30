"""Lines in, blocks out: wrapped lines joined, numbered and bulleted blocks parted, boilerplate set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from followthrough.read.lines import Line, Source
from followthrough.read.structure.boilerplate import is_boilerplate
from followthrough.read.structure.markers import Marker, as_alpha, marker_of

_PAUSE = re.compile(r"(?:[.;:,!?。…]|\band|\bor)[\"'”’»)\]]*$")
_WIDEST_WRAP = 140
_SLACK = 6


@dataclass(frozen=True, slots=True)
class Block:
    """One printed block, ``text[start:end]``; ``body`` is where the words after its ``marker`` begin.

    ``hint`` and ``level`` come from the first line; ``apart`` is true when a blank line stands before it.
    """

    start: int
    body: int
    end: int
    marker: Marker | None
    hint: str
    level: int
    apart: bool


@dataclass(slots=True)
class _Open:
    start: int
    end: int
    last: Line
    marker: Marker | None
    hint: str
    level: int
    apart: bool


def blocks(source: Source) -> tuple[tuple[Block, ...], tuple[Line, ...], tuple[Line, ...]]:
    """Return the blocks of ``source`` in order, and what is in none of them: lines of boilerplate, and notes."""
    return _Blocks(source).run()


def _width(source: Source) -> int:
    """Return the column at which the copy is wrapped, or 0 when its lines are paragraphs."""
    lengths = sorted(line.end - line.start + line.level for line in source.lines if not line.blank)
    if len(lengths) < 4:
        return 0
    widest = lengths[int(len(lengths) * 0.97)] if len(lengths) > 30 else lengths[-1]
    if widest > _WIDEST_WRAP * 2:
        return 0
    return widest if 30 <= widest <= _WIDEST_WRAP else 0


def _counts_bare(source: Source) -> bool:
    """Tell whether bare numbers before capitals (1 WE, 2 RECALLING) count from one on, and are no amounts."""
    heads = (source.text[line.start : line.start + 40] for line in source.lines if not line.blank)
    found = (marker_of(head) for head in heads if head[:1].isdigit())
    values = [one.value for one in found if one is not None and one.scheme == "bare"]
    return len(values) > 1 and values[:2] == [1, 2]


class _Blocks:
    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.lines = source.lines
        self.width = _width(source)
        self.open: _Open | None = None
        self.done: list[Block] = []
        self.boilerplate: list[Line] = []
        self.notes: list[Line] = []
        self.latest: dict[str, int] = {}
        self.dotted: dict[str, int] = {}
        self.labels: set[str] = set()
        self.bare = _counts_bare(source)

    def run(self) -> tuple[tuple[Block, ...], tuple[Line, ...], tuple[Line, ...]]:
        """Return the blocks, the lines of boilerplate and the notes."""
        apart = True
        for line in self.lines:
            if line.blank:
                apart = True
                if not self._bare():
                    self._close()
                continue
            words = self.text[line.start : line.end]
            if not any(char.isalnum() for char in words):
                self._close()
                continue
            aside = self._aside(line, words)
            if aside is not None:
                self._close()
                aside.append(line)
                apart = True
                continue
            self._take(line, words, apart)
            apart = False
        self._close()
        return tuple(self.done), tuple(self.boilerplate), tuple(self.notes)

    def _aside(self, line: Line, words: str) -> list[Line] | None:
        """Return where a line belongs that is no text of the document, or nothing."""
        if line.hint == "note":
            return self.notes
        return self.boilerplate if line.hint != "bullet" and is_boilerplate(words) else None

    def _bare(self) -> bool:
        """Tell whether the open block is a printed number whose words are still to come."""
        found = self.open
        return found is not None and found.marker is not None and found.end - found.start <= found.marker.width

    def _take(self, line: Line, words: str, apart: bool) -> None:
        marker = self._marker(line, words, apart)
        bare = self._bare()
        if marker is None and self.open is not None and (bare or self._continues(line, words, apart)):
            self.open.end, self.open.last = line.end, line
            return
        self._close()
        self.open = _Open(line.start, line.end, line, marker, line.hint, line.level, apart)
        if marker is not None:
            self._remember(marker)

    def _marker(self, line: Line, words: str, apart: bool) -> Marker | None:
        marker = marker_of(words)
        if marker is not None and marker.scheme == "bare" and not (self.bare and self._follows(marker)):
            marker = None
        if marker is not None and self._goes_deeper(marker, words):
            return marker
        if line.hint == "" and self.open is not None and not apart and not self._paused():
            return None
        if marker is None or marker.scheme.startswith("bullet"):
            return marker
        if (
            (marker.label in {"i", "v", "x", "l"} and self._follows(as_alpha(marker)) and marker.value != 1)
            or (marker.label in {"i", "I"} and self.latest.get(as_alpha(marker).scheme) == 8)
            or (marker.label == "C" and self.latest.get("LETTER") == 2)
        ):
            marker = as_alpha(marker)
        return marker if apart or self.open is None or self._follows(marker) else None

    def _goes_deeper(self, marker: Marker, words: str) -> bool:
        """Tell whether a dotted number is the very next: 1.1 below the heading 1, or 1.2 after 1.1."""
        parent = marker.label.rpartition(".")[0]
        next_one = marker.value - self.dotted.get(parent, 0) == 1
        known = marker.value > 1 or parent == str(self.latest.get("arabic", 0)) or parent in self.labels
        return marker.scheme == "dotted" and next_one and known and words[marker.width : marker.width + 1].isupper()

    def _paused(self) -> bool:
        if self.open is None:
            return True
        tail = self.text[max(self.open.start, self.open.end - 40) : self.open.end]
        short = self.width and self.open.last.end - self.open.last.start < self.width * 0.7
        unwrapped = not self.width
        return bool(_PAUSE.search(tail) or short or unwrapped)

    def _follows(self, marker: Marker) -> bool:
        """Tell whether ``marker`` is a first number or comes soon after the latest of its scheme."""
        if marker.scheme == "dotted":
            parent = marker.label.rsplit(".", 1)[0]
            return marker.value - self.dotted.get(parent, 0) in {1, 2}
        return marker.value == 1 or 1 <= marker.value - self.latest.get(marker.scheme, 0) <= 3

    def _remember(self, marker: Marker) -> None:
        self.latest[marker.scheme] = marker.value
        self.labels.add(marker.label)
        if marker.scheme == "dotted":
            self.dotted[marker.label.rsplit(".", 1)[0]] = marker.value
        elif marker.scheme in {"arabic", "op"}:
            for scheme in ("paren_alpha", "paren_roman", "letter", "small_roman"):
                self.latest.pop(scheme, None)

    def _continues(self, line: Line, words: str, apart: bool) -> bool:
        """Tell whether an unnumbered ``line`` goes on with the open block."""
        if apart or line.hint or self.open is None or self.open.hint == "heading":
            return False
        before = self.open.last
        if not self.width:  # a line is a paragraph, unless a sentence goes on where no sign ended it
            return words[0] in ",;:)" or (words[0].islower() and self.text[before.end - 1].isalnum())
        if words[0].islower() or words[0] in ",;:)":
            return True
        if self.text[before.end - 1] == ";" and words[0].isupper():
            return False
        first = len(words.split(None, 1)[0])
        return before.level + before.end - before.start + 1 + first > self.width - _SLACK

    def _close(self) -> None:
        found = self.open
        self.open = None
        if found is None:
            return
        width = found.marker.width if found.marker else 0
        words = self.text[found.start + width : found.end]
        body = found.start + width + len(words) - len(words.lstrip())
        if body >= found.end and found.marker is None:
            return
        self.done.append(
            Block(found.start, min(body, found.end), found.end, found.marker, found.hint, found.level, found.apart)
        )
