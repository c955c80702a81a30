"""The bytes of each activity of a file, without parsing it: what stands in comments and CDATA is no activity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from followthrough.errors import InputRefused
from followthrough.sources.iati.window import Window

LONGEST_ACTIVITY = 32 << 20
"""Bytes of the longest activity that is read: a longer one is refused, and the reading goes on behind it."""
LONGEST_HEAD = 1 << 20

_CLOSED_BY = {b"<!--": re.compile(rb"-->"), b"<![CDATA[": re.compile(rb"\]\]>"), b"<?": re.compile(rb"\?>")}
_EDGE = re.compile(
    rb"<(?:!--|!\[CDATA\[|!DOCTYPE|!ENTITY|\?|/?iati-activity(?=[\s/>])|/iati-activities(?=[\s>])|/iati-organisations)"
)
_OPEN, _CLOSE = b"<iati-activity", b"</iati-activity"
_BESIDE = {b"<!--": b"-->", b"<?": b"?>"}
"""How what is no element begins and ends."""
_TAG_END = re.compile(rb">")
_NEXT = re.compile(rb"<iati-activity(?=[\s/>])")


def _odd(data: bytes, start: int, end: int) -> bool:
    """Tell whether a comment, CDATA, an instruction or another activity begins between two places of ``data``.

    Their second letters are rare in a file, and one letter is found ten times as fast as two.
    """
    marks = (mark for mark in (b"<!", b"<?") if data.find(mark[1:], start, end) >= 0)
    return any(data.find(one, start, end) >= 0 for one in (*marks, _OPEN))


def _holds_more(data: bytes, at: int) -> bool:
    """Tell whether anything but blanks, comments and processing instructions stands in ``data`` from ``at`` on."""
    while at < len(data):
        begins = next((one for one in _BESIDE if data.startswith(one, at)), b"")
        end = data.find(_BESIDE[begins], at + len(begins)) if begins else -1
        if end < 0 and not data[at : at + 1].isspace():
            return True
        at = end + len(_BESIDE[begins]) if begins else at + 1
    return False


class Place(NamedTuple):
    """Where a reading stands: an offset in bytes, the line there, and how many activities came before it."""

    offset: int
    line: int
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of one activity, or with ``problem`` of something in its place that cannot be read as one.

    ``after`` is where the reading goes on; ``activity`` is false for what is none.
    """

    data: bytes
    offset: int
    line: int
    after: Place
    problem: str = ""
    activity: bool = True


class Scanner:
    """Goes through a file, activity by activity, from a place on."""

    def __init__(self, window: Window, name: str, number: int = 0) -> None:
        self.window, self.name, self.number = window, name, number

    def head(self) -> bytes:
        """Return what stands before the first activity. Raises ``InputRefused``."""
        edge = self._edge(LONGEST_HEAD)
        if edge is None and not self.window.ended:
            raise InputRefused(self.name, "has no activity in its first megabyte", "send an IATI activity file")
        return self.window.data[: edge.start() if edge else len(self.window.data)]

    def spans(self) -> Iterator[Span]:
        """Yield the activities, and what stands between them and is neither a comment nor blank."""
        window = self.window
        while True:
            edge = self._edge(LONGEST_ACTIVITY)
            to = edge.start() if edge else len(window.data)
            if edge is None and window.ended:
                yield self._taken(to, "the file ends before </iati-activities>: it was cut", activity=False)
                return
            if window.data[window.at : to].strip():
                yield self._taken(to, activity=False)
            window.move(to)
            if edge and edge[0] == _OPEN:
                span = self._activity()
                yield span
                if span.problem and window.ended and window.at == len(window.data):
                    return
            elif edge and edge[0] == _CLOSE:
                yield self._taken(edge.end(), "an activity ends here that does not begin", activity=False)
            elif edge:
                yield from self._end()
                return

    def _end(self) -> Iterator[Span]:
        """Close the file at its end tag, where the window stands; what stands behind it is told."""
        found = self.window.search(_TAG_END)
        self.window.move(found.end() if found else len(self.window.data))
        edge = self._edge(LONGEST_HEAD)
        if edge or _holds_more(self.window.data, self.window.at):
            where = self.window
            after = Place(where.size(), where.line, self.number)
            says = "something stands behind </iati-activities>: it is not read"
            yield Span(b"", where.offset, where.line, after, says, activity=False)

    def _edge(self, most: int) -> re.Match[bytes] | None:
        """Find the next edge from here, outside comments. Raises ``InputRefused`` at a document type."""
        ahead = 0
        while (found := self.window.search(_EDGE, ahead, most)) is not None:
            ahead = found.end() - self.window.at
            if found[0] in (b"<!DOCTYPE", b"<!ENTITY"):
                raise self._entities(found)
            if found[0] not in _CLOSED_BY:
                return found
            if (closed := self.window.search(_CLOSED_BY[found[0]], ahead, most)) is None:
                return None
            ahead = closed.end() - self.window.at
        return None

    def _entities(self, found: re.Match[bytes]) -> InputRefused:
        where = f"offset {self.window.base + found.start()}"
        what = f"declares a document type or an entity ({found[0].decode()}), by which a file can read others or swell"
        return InputRefused(self.name, what, "an IATI file needs none; save it without", where)

    def _activity(self) -> Span:
        """Return the activity that begins here."""
        window = self.window
        to = window.data.find(_CLOSE, window.at)
        if to < 0 and window.more():
            to = window.data.find(_CLOSE, window.at)
        closed = window.data[to + len(_CLOSE) : to + len(_CLOSE) + 1] == b">"
        if to < 0 or not closed or _odd(window.data, window.at + 1, to):
            return self._careful()
        return self._taken(to + len(_CLOSE) + 1)

    def _careful(self) -> Span:
        """Return the activity that begins here where it holds comments, another beginning, or no end."""
        ahead = len(_OPEN)
        window = self.window
        while True:
            found = window.search(_EDGE, ahead, LONGEST_ACTIVITY)
            if found is None:
                break
            ahead = found.end() - window.at
            if found[0] in _CLOSED_BY:
                closed = window.search(_CLOSED_BY[found[0]], ahead, LONGEST_ACTIVITY)
                if closed is None:
                    break
                ahead = closed.end() - window.at
            elif found[0] == _CLOSE:
                return self._closed_at(found.end())
            elif found[0] in (b"<!DOCTYPE", b"<!ENTITY"):
                raise self._entities(found)
            else:
                return self._unclosed(found)
        return self._endless()

    def _closed_at(self, end: int) -> Span:
        """Return the activity up to the end of its end tag, whose name ends at ``end``."""
        found = self.window.search(_TAG_END, end - self.window.at)
        return self._taken(found.end() if found else len(self.window.data))

    def _unclosed(self, edge: re.Match[bytes]) -> Span:
        """Return an activity before whose end something else begins: an empty one, or one that is not closed."""
        to = edge.start()
        data = self.window.data[self.window.at : to].rstrip()
        empty = data.endswith(b"/>") and data.count(b"<") == 1
        return self._taken(to, "" if empty else "the activity is not closed: </iati-activity> is missing")

    def _endless(self) -> Span:
        """Return an activity that has no end within the limit, or before the end of the file."""
        if self.window.ended:
            return self._taken(len(self.window.data), "the file ends in the middle of this activity: it was cut")
        span = self._taken(
            self.window.at + len(_OPEN), f"the activity is longer than {LONGEST_ACTIVITY >> 20} MB; it is not read"
        )
        while not self.window.search(_NEXT, 0, LONGEST_ACTIVITY) and not self.window.ended:
            self.window.move(len(self.window.data) - len(_OPEN))
        found = self.window.search(_NEXT)
        self.window.move(found.start() if found else len(self.window.data))
        return Span(span.data, span.offset, span.line, self.place(), span.problem)

    def _taken(self, to: int, problem: str = "", *, activity: bool = True) -> Span:
        """Return what stands between here and ``to``, and go on behind it."""
        window = self.window
        data, offset, line = window.data[window.at : to], window.offset, window.line
        window.move(to)
        self.number += activity
        return Span(data, offset, line, self.place(), problem, activity)

    def place(self) -> Place:
        """Return where the reading stands."""
        return Place(self.window.offset, self.window.line, self.number)
