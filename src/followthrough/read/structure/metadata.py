"""Title, date and place of a document, from the words around its first clause and its last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from followthrough.model.dates import MONTHS

_MONTH = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:[-–—]|to|and|&)\s*(?P<d1b>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?)?\s+(?:of\s+)?"
    rf"(?P<m1>{_MONTH})\.?,?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?(?:\s*[-–—]\s*(?P<d2b>\d{{1,2}}))?,?\s+(?P<y2>(?:19|20)\d\d))\b"
)
_MET = re.compile(
    r"\b(?:gathered|met|convened|meeting|assembled|adopted|done|signed|issued|held|concluded|hosted|agreed)\b", re.I
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t)\s+(?:the\s+(?:city|town)\s+of\s+)?"
    r"(?P<place>[A-Z][\w’'.-]{1,40}(?:[ -](?:[A-Z][\w’'.-]{1,40}|d[aeo]s?|del|la)){0,12})(?=\s*(?:[,.;:]|on\b|from\b"
    r"|for\b|to\b|under\b|in\b|$))"
)
_NOT_PLACES = re.compile(
    rf"^(?:{_MONTH})\b|Summit|Meeting|Session|Conference|Council|Assembly|Forum|Ministers|Leaders|Anniversary|\d"
)
_NUMBERED_TITLE = re.compile(r"^(?:[A-Z]-?)?\d{1,3}/\d{1,4}(?:\s?[A-Z])?\.\s*")
_NOT_TITLE = re.compile(
    r"^(?:Resolution adopted by|Adopted by|Distr\.|Agenda item|\[|United Nations$|General Assembly$|Security Council$"
    r"|[\w-]+ (?:year|session)$|[A-Z]/(?:RES|HRC)|\d{2}-\d{5}|Original:|For immediate release|Press release)",
    re.I,
)
_TITLE_WORD = re.compile(
    r"\b(?:statement|declaration|communiqu[eé]|vision|resolution|plan|agreement|accord|charter|compact|framework"
    r"|partnership|consensus|agenda|programme|pledge|principles|action)\b",
    re.I,
)
_SMALL = "of|on|for|and|the|to|in|between|by|with|from|at|towards|a|an"
_OPEN = re.compile(rf"\b(?:{_SMALL}),?$|[,–—-]$", re.I)
_GOES_ON = re.compile(rf"(?:{_SMALL})\b(?!.*[.;:]$)")
_TAG = re.compile(r"^\[[^\]]{1,60}\]\s*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself; each is ``None`` where it does not say. ``date`` is ISO 8601."""

    title: str | None
    date: str | None
    place: str | None


def iso(match: re.Match[str]) -> str | None:
    """Return the (last) day that a match of ``DAY`` names, as ``YYYY-MM-DD``, or ``None`` if there is no such day."""
    part = match.groupdict()
    day = part["d1b"] or part["d1"] or part["d2b"] or part["d2"]
    month, year = part["m1"] or part["m2"], part["y1"] or part["y2"]
    try:
        return date(int(year), MONTHS[month.lower()], int(day)).isoformat()
    except ValueError:
        return None


def document_metadata(
    front: Sequence[str], opening: Sequence[str], closing: Sequence[str], stated: Mapping[str, str]
) -> Metadata:
    """Return the metadata from the lines before the first clause, the first clauses, the last blocks and the format."""
    title = stated.get("title") or _title(front)
    when, where = _meeting([*front, *opening, *closing])
    if when is None:
        when = next((iso(found) for line in front if (found := DAY.search(line))), None)
    said = _day(stated.get("date", ""))
    if said is not None and (when is None or _earlier(when, said)):
        when, where = said.isoformat(), where if when is None else None
    return Metadata(title, when, where)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _earlier(when: str, said: date) -> bool:
    """Tell whether a day that the text names lies so long before the file's own that it is of another meeting."""
    return (said - date.fromisoformat(when)).days > 14


def _title(front: Sequence[str]) -> str | None:
    named = [line for line in front if not _NOT_TITLE.match(_TAG.sub("", line)) and len(line) < 400]
    for at, line in enumerate(named):
        if _NUMBERED_TITLE.match(line):
            return _NUMBERED_TITLE.sub("", line) or (named[at + 1] if at + 1 < len(named) else None)
    for at, line in enumerate(named):
        if _TITLE_WORD.search(line) and not _MET.match(line):
            return _over_lines(named, at)
    return _TAG.sub("", named[0]) if named else None


def _over_lines(named: Sequence[str], at: int) -> str:
    """Return the title that begins on a line, with the lines on which it goes on: one that ends in a small word is not
    at its end, nor is one before a line that begins with one."""
    title = _TAG.sub("", named[at])
    for line in named[at + 1 :]:
        if not (_OPEN.search(title) or _GOES_ON.match(line)) or DAY.match(line) or len(title) > 300:
            break
        title = f"{title} {line}"
    return title


def _meeting(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the day and place of the first line that says that the parties met or adopted the text."""
    for line in lines:
        for met in _MET.finditer(line):
            tail = line[met.start() : met.start() + 220]
            if found := DAY.search(tail):
                near = tail[: found.end() + 60]
                return iso(found), _place(near)
    return None, None


def _place(near: str) -> str | None:
    for found in _PLACE.finditer(near):
        if not _NOT_PLACES.search(found.group("place")):
            return found.group("place").rstrip(".")
    return None
