"""Which of the things found answers a query best, and the words of it that are marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from followthrough.web.kit.wording import fold
from followthrough.web.search.asking import Unit, Way
from followthrough.web.search.spelling import one_spelling
from followthrough.web.search.tokens import MARKS, PLACE, spaced

NAMED, SAID, ELSEWHERE = (12.0, 10.0, 7.0), (6.0, 5.0, 3.0), (1.0, 0.8, 0.3)
"""What counts a unit in the name, in what is said, and elsewhere: as typed, in another form, as treated alike."""
THIS, SAME, ALL = 60.0, 8.0, 5.0
"""What the very number or id counts, a name that is the query, and a name in full of what is asked for."""
SNIPPET, BEFORE = 260, 80
"""Letters that are shown of what a thing says, and how many of them before the first match."""
_WORD = re.compile(rf"[\w{MARKS}]+(?:[.'’‑-][\w{MARKS}]+)*")


@dataclass(frozen=True, slots=True)
class Patterns:
    """How a unit is seen in a folded text: as typed, in another form, as what is treated alike."""

    tiers: tuple[re.Pattern[str] | None, ...]

    def tier(self, text: str) -> int | None:
        """Return the first of the three that ``text`` has."""
        return next((at for at, one in enumerate(self.tiers) if one is not None and one.search(text)), None)

    def is_all_of(self, title: str) -> bool:
        """Tell whether a folded title is what the unit is treated alike with, and nothing else."""
        return self.tiers[2] is not None and self.tiers[2].fullmatch(title) is not None


def patterns_of(units: Sequence[Unit]) -> list[Patterns]:
    """Return the patterns of each unit."""
    return [_patterns(unit) for unit in units]


def _patterns(unit: Unit) -> Patterns:
    exact = re.escape(unit.written) if unit.foreign else rf"{re.escape(_seen(unit.written))}(?= |$)"
    forms = [_written(way) for way in unit.ways[: unit.own]]
    alike = [_phrase(one) for one in unit.alike]
    return Patterns((re.compile(exact), _any(forms), _any(alike)))


def _any(written: Iterable[str]) -> re.Pattern[str] | None:
    held = [one for one in written if one]
    return re.compile(f" (?:{'|'.join(held)})") if held else None


def _written(way: Way) -> str:
    """Return the words of one way beside one another, as a pattern."""
    slots = [
        [re.escape(one[:-1]) if one.endswith("*") else rf"{re.escape(one)}(?= |$)" for one in slot] for slot in way
    ]
    if any(one.startswith(PLACE) or not one.isascii() for slot in way for one in slot):
        return ""
    return r"\S* ".join(f"(?:{'|'.join(slot)})" for slot in slots)


def _phrase(alike: str) -> str:
    return r"s? ".join(map(re.escape, _seen(alike).split())) + r"s?(?= |$)"


def _seen(text: str) -> str:
    """Return a text as patterns are looked for in it: folded, every word in one spelling, with a space before it."""
    return "".join(map(_seen_word, text.split()))


@lru_cache(maxsize=32_768)
def _seen_word(written: str) -> str:
    """Return the same of what stands between two spaces: a search has thousands of them, a register some thousands."""
    return "".join(f" {one_spelling(word)}" for word in spaced(written).split())


def score(name: str, says: str, record: str, patterns: Sequence[Patterns], q: str) -> float:
    """Return how well a thing answers the query."""
    title, text = _seen(name), ""
    total, named = 0.0, 0
    for one in patterns:
        at = one.tier(title)
        if at is not None:
            total += NAMED[at]
            named += at < 2
            continue
        text = text or _seen(says)  # most things are named by what is asked for, and their texts are long
        at = one.tier(text)
        total += SAID[at] if at is not None else ELSEWHERE[1]
    wanted = fold(q).strip()
    if record.rpartition("/")[2] == wanted.replace(" ", ""):
        total += THIS
    if title == _seen(q):
        total += SAME
    elif any(one.is_all_of(title) for one in patterns):
        total += SAME + ALL
    return total + ALL * min(1.0, named / max(1, len(title.split())))


def marked(text: str, patterns: Sequence[Patterns]) -> list[tuple[str, bool]]:
    """Return ``text`` in pieces, each with whether it is of what was asked for."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _spots(text, patterns):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def snippet(text: str, patterns: Sequence[Patterns]) -> list[tuple[str, bool]]:
    """Return the part of a text about the first match, in pieces as ``marked`` gives them."""
    if len(text) <= SNIPPET:
        return marked(text, patterns)
    first = next((start for start, _ in _spots(text, patterns)), 0)
    start = text.rfind(" ", 0, max(1, first - BEFORE)) + 1 if first > BEFORE else 0
    stop = text.find(" ", start + SNIPPET)
    stop = len(text) if stop < 0 else stop
    shown = f"{'… ' if start else ''}{text[start:stop]}{' …' if stop < len(text) else ''}"
    return marked(shown, patterns)


def _spots(text: str, patterns: Sequence[Patterns]) -> list[tuple[int, int]]:
    """Return where the words of ``text`` stand that match, those beside one another together."""
    words = list(_WORD.finditer(text))
    line, begins = "", []
    for word in words:
        begins.append(len(line) + 1)
        line += _seen_word(word.group())
    hit: set[int] = set()
    for regex in (one for pattern in patterns for one in pattern.tiers if one is not None):
        for found in regex.finditer(line):
            at = bisect_right(begins, found.start() + (found.group()[:1] == " ")) - 1
            hit |= set(range(max(0, at), bisect_right(begins, max(found.start() + 1, found.end() - 1))))
    spots: list[tuple[int, int]] = []
    for at in sorted(hit):
        joins = bool(spots) and at - 1 in hit
        spots = [*spots[:-1], (spots[-1][0], words[at].end())] if joins else [*spots, words[at].span()]
    return spots
