"""Well-known instruments by name, and organisations whose names read like one: ``gazetteer.csv``.

A name in the list is found as printed there, across line breaks and whatever commas it holds; the words before it that
belong to it ("1982", "UN") are taken along, and so is its acronym in brackets. An ``ambiguous`` acronym stands for
more than the instrument, and is not found by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from followthrough.io.csv import package_rows

ORGANISATION = "organisation"
_BEFORE = re.compile(r"(?:(?:(?:1[89]|20)\d\d|[A-Z][A-Z0-9.&/-]{0,40}[A-Z0-9.])[ \n]){1,2}$")
_AFTER = re.compile(
    r"(?:[ \n]\([A-Z][\w&+-]{1,14}\))?(?:[ \n](?:[IVX]{1,4}|(?:19|20)\d\d(?:[-–](?:20)?\d\d)?))?(?![\w-])"
)
_ACRONYM = re.compile(r"(?<![\w-])(?:(?:1[89]|20)\d\d[ \n])?(?P<acronym>[A-Z][A-Za-z&-]{0,40}[A-Z]s?)(?![\w-])")
_DEFINED = re.compile(r"\((?:the )?[\"“]?(?P<acronym>[A-Z][A-Za-z&+-]*[A-Z])s?[\"”]?\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in a text, ``text[start:end]``; ``organisation`` is true for one that is no instrument."""

    start: int
    end: int
    organisation: bool


@cache
def _names() -> tuple[dict[str, list[tuple[re.Pattern[str], bool]]], frozenset[str]]:
    """Return the patterns of all names by their first word, longest first, and the acronyms of instruments."""
    rows = package_rows(__package__, "gazetteer.csv")
    patterns: dict[str, list[tuple[re.Pattern[str], bool]]] = {}
    for row in sorted(rows, key=lambda row: -len(row["name"])):
        words = re.sub(r"['’]", "['’]", r"\s+".join(re.escape(word) for word in row["name"].split()))
        found = (re.compile(rf"{words}s?(?![\w-])"), row["class"] == ORGANISATION)
        patterns.setdefault(re.split(r"[\s'’]", row["name"])[0], []).append(found)
    acronyms = {row["acronym"] for row in rows if row["class"] != ORGANISATION and not row["ambiguous"]}
    return patterns, frozenset(acronyms - {""})


_WORD = re.compile(r"(?<![\w-])[A-Z][\w.&/-]*")


def named(text: str, start: int, end: int) -> list[Named]:
    """Return the listed names in ``text[start:end]``, in order, none inside another."""
    patterns, _ = _names()
    found: list[Named] = []
    at = start
    for word in _WORD.finditer(text, start, end):
        if word.start() < at:
            continue
        for pattern, organisation in patterns.get(word.group(), ()):
            match = pattern.match(text, word.start(), end)
            if match is None:
                continue
            low, high = _whole(text, match.start(), match.end(), max(at, start), end)
            found.append(Named(low, high, organisation))
            at = high
            break
    return found


def _whole(text: str, start: int, end: int, least: int, most: int) -> tuple[int, int]:
    """Take along what belongs to the name on either side of it, within ``[least, most)``."""
    before = _BEFORE.search(text, max(least, start - 24), start)
    after = _AFTER.match(text, end, most)
    return (before.start() if before else start), (after.end() if after else end)


def acronyms(text: str, start: int, end: int, defined: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the acronyms in a range that stand for an instrument: of the list, or ``defined`` in this text."""
    _, known = _names()
    found = []
    for match in _ACRONYM.finditer(text, start, end):
        acronym = match["acronym"]
        if acronym in defined or acronym in known or acronym.removesuffix("s") in known:
            found.append((match.start(), match.end()))
    return found


def definitions(text: str) -> list[tuple[int, str]]:
    """Return where each acronym in brackets stands, with the acronym: what was named just before defines it."""
    return [(match.start(), match["acronym"]) for match in _DEFINED.finditer(text)]
