"""Finds the words of a reading in the words of its file: each word of the file is given away once.

A unit (the words of a provision, or a line outside every one) is looked for as a whole, else in pieces that must come
in its order. What no unit takes is missing from the reading; what no place in the file gives is invented.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from followthrough.verify.letters import Letters, letters_of

TIERS = ((24, None), (10, 24), (1, 10))
"""Lengths of units, in letters, in the order in which they are looked for: a long one is found by its words alone, a
short one between its neighbours."""
PIECE = 12
"""Letters of which a piece of a unit consists at least."""
MOST_TRIES = 20_000
"""Pieces that are looked for before the rest of a reading counts as invented: a file of a few MB takes seconds."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of the reading that must stand in the file in their order; ``eid`` is empty outside every provision.

    ``number`` is how many of the first words are a printed number, which a format may count by itself. ``aside`` names
    a line of the text that stands outside every provision on purpose, such as a footnote.
    """

    eid: str
    words: tuple[str, ...]
    number: int = 0
    aside: str = ""


@dataclass(slots=True)
class Found:
    """What the comparison finds: invented words by unit, units out of order, and numbers that the file does not print.

    ``jumps`` holds, of each unit that was found in pieces, its index and the places between two of them.
    """

    invented: list[tuple[str, str]] = field(default_factory=list)
    jumps: list[tuple[int, int, int]] = field(default_factory=list)
    counted: int = 0


class Comparison:
    """The words of a file, and which of them are given away to a reading."""

    def __init__(self, source: Sequence[str]) -> None:
        self.source: Letters = letters_of(source)
        self.free = bytearray(b"\x01") * len(self.source.joined)
        self.owner = array("i", [0]) * len(self.source.joined)
        self.tries = 0
        self.begins = bytearray(len(self.source.joined) + 1)
        for start in self.source.starts:
            self.begins[start] = 1

    def take(self, units: Sequence[Unit], *, counts: bool) -> Found:
        """Give the words of the file away to ``units``; ``counts`` tells that the format counts numbers by itself."""
        found, places = Found(), dict[int, tuple[int, int]]()
        for least, most in TIERS:
            cursor = 0
            for index, unit in enumerate(units):
                if index in places:
                    cursor = places[index][1]
                    continue
                joined = "".join(unit.words)
                if len(joined) < least or (most and len(joined) >= most):
                    continue
                place = self._whole(index, unit, cursor, counts, found)
                if place is None and len(joined) > PIECE:
                    place = self._pieces(index, unit, cursor, found)
                elif place is None:
                    found.invented.append((unit.eid, " ".join(unit.words)))
                if place is not None:
                    places[index] = place
                    cursor = place[1]
        self._in_order(units, found)
        return found

    def _in_order(self, units: Sequence[Unit], found: Found) -> None:
        """Note each unit that was read over the words of another provision."""
        for index, first, last in found.jumps:
            if any(
                other and units[other - 1].eid not in {"", units[index].eid} for other in set(self.owner[first:last])
            ):
                found.invented.append((units[index].eid, f"out of order: {' '.join(units[index].words)[:80]}"))

    def set_aside(self, words: Sequence[str]) -> int:
        """Give away the words of a piece that the reader says it set aside; return how many of them the file holds."""
        joined = "".join(words)
        if joined and self._claim(self._free(joined, 0), len(joined)):
            return len(words)
        if len(words) == 1:
            return 0
        return sum(self._claim(self._free(word, 0), len(word)) for word in words)

    def given(self) -> Counter[int]:
        """Return how many words of the file each unit got, by its index; those set aside are under -1."""
        left = set(self._left())
        owners = (self.owner[start] - 1 for word, start in enumerate(self.source.starts) if word not in left)
        return Counter(owners)

    def missing(self) -> Iterator[tuple[str, str]]:
        """Yield each run of words that nobody took, with the eight words before it."""
        run: list[int] = []
        for index in self._left():
            if run and index != run[-1] + 1:
                yield self._run(run)
                run = []
            run.append(index)
        if run:
            yield self._run(run)

    def _run(self, run: list[int]) -> tuple[str, str]:
        before = range(max(0, run[0] - 8), run[0])
        return " ".join(map(self.source.word, run)), " ".join(map(self.source.word, before))

    def _left(self) -> Iterator[int]:
        at, last = self.free.find(1), -1
        while at >= 0:
            index = self.source.at(at)
            if index != last:
                yield index
            last = index
            end = self.source.starts[index + 1] if index + 1 < len(self.source.starts) else len(self.free)
            at = self.free.find(1, end)

    def _whole(self, index: int, unit: Unit, cursor: int, counts: bool, found: Found) -> tuple[int, int] | None:
        joined = "".join(unit.words)
        place = self._free(joined, cursor)
        if self._claim(place, len(joined), index):
            return place, place + len(joined)
        if not (counts or unit.aside) or not unit.number:
            return None
        rest = "".join(unit.words[unit.number :])
        place = self._free(rest, cursor) if rest else cursor
        if rest and not self._claim(place, len(rest), index):
            return None
        found.counted += not unit.aside
        return place, place + len(rest)

    def _free(self, joined: str, cursor: int) -> int:
        """Return where ``joined`` stands and nobody has it, from ``cursor`` on or else from the beginning, or -1.

        A short one must begin with a word of the file; a long one may not, where the file lost a blank.
        """
        for first, last in ((cursor, len(self.free)), (0, min(len(self.free), cursor + len(joined)))):
            place = self.source.joined.find(joined, first, last)
            while place >= 0:
                taken = self.free.rfind(0, place, place + len(joined))
                if taken < 0 and (self.begins[place] or len(joined) >= TIERS[0][0]):
                    return place
                place = self.source.joined.find(joined, max(place + 1, taken + 1 - len(joined)), last)
        return -1

    def _claim(self, place: int, length: int, index: int = -1) -> bool:
        if place < 0:
            return False
        self.free[place : place + length] = bytes(length)
        self.owner[place : place + length] = array("i", [index + 1]) * length
        return True

    def _pieces(self, index: int, unit: Unit, cursor: int, found: Found) -> tuple[int, int] | None:
        """Give away what there is of a unit in its order, and note the rest as invented."""
        letters = letters_of(unit.words)
        begin, at, word, bad = -1, cursor, 0, list[str]()
        while word < len(unit.words):
            start = letters.starts[word]
            place = self._next(letters.joined[start : start + PIECE], at, begin >= 0)
            if place < 0:
                bad.append(unit.words[word])
                word += 1
                continue
            length = self._common(letters.joined, start, place)
            self._claim(place, length, index)
            if begin >= 0 and place > at:
                found.jumps.append((index, at, place))
            begin, at = place if begin < 0 else begin, place + length
            word = letters.at(start + length - 1) + 1
            if start + length < (letters.starts[word] if word < len(letters.starts) else len(letters.joined)):
                bad.append(unit.words[word - 1])
        if bad:
            found.invented.append((unit.eid, " ".join(bad)))
        return None if begin < 0 else (begin, at)

    def _next(self, piece: str, at: int, ordered: bool) -> int:
        """Return where ``piece`` comes next; once a unit has begun, never before what it has already."""
        self.tries += 1
        if self.tries > MOST_TRIES:
            return -1
        if not ordered:
            return self._free(piece, at)
        place = self.source.joined.find(piece, at)
        while place >= 0 and 0 in self.free[place : place + len(piece)]:
            place = self.source.joined.find(piece, place + 1)
        return place

    def _common(self, joined: str, start: int, place: int) -> int:
        """Return how many letters from ``start`` of a unit on are those of the file from ``place`` on, and free."""
        most = min(len(joined) - start, len(self.free) - place)
        taken = self.free.find(0, place, place + most)
        most = most if taken < 0 else taken - place
        low, high = 0, most
        while low < high:
            middle = (low + high + 1) // 2
            if joined[start : start + middle] == self.source.joined[place : place + middle]:
                low = middle
            else:
                high = middle - 1
        return low
