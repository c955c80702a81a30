"""Automatic numbering of Word files, computed from numbering.xml."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from followthrough.read.paragraphs import number

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace, as both editions of the format are supported."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return the first element on the path ``names`` below ``element``, or ``None``."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return the attribute ``name`` of ``element`` in any namespace, or ``None``."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def whole(text: str | None) -> int | None:
    """Return ``text`` as an integer of plausible size, or ``None``."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first value, number format, pattern such as ``%1.%2``, and when it restarts."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str | None = None
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one file and their counters."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._style_links: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        for one in root:
            if local(one) == "abstractNum":
                name = value(one, "abstractNumId") or ""
                abstract[name] = _levels(one)
                if link := value(child(one, "numStyleLink")):
                    self._style_links[name] = link
        for one in root:
            if local(one) == "num":
                name = value(child(one, "abstractNumId")) or ""
                found = _List(name, dict(abstract.get(name, {})))
                _override(one, found)
                self._lists[value(one, "numId") or ""] = found

    def style_of(self, num: str) -> str | None:
        """Return the numbering style that list ``num`` refers to, or ``None``."""
        found = self._lists.get(num)
        return self._style_links.get(found.abstract) if found else None

    def level_of_style(self, num: str, style: str) -> int | None:
        """Return the level of list ``num`` that belongs to the paragraph style ``style``, or ``None``."""
        found = self._lists.get(num)
        levels = found.levels if found else {}
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def next(self, num: str, depth: int) -> tuple[str, bool]:
        """Count one paragraph of list ``num`` at ``depth``; return its number as printed and whether it is a bullet."""
        found = self._lists.get(num)
        if found is None or not 0 <= depth < LEVELS:
            return "", False
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        self._count(found, num, depth, counts)
        level = found.levels.get(depth, Level())
        if level.form == "bullet":
            return "•", True
        if level.form == "none":
            return _PLACE.sub("", level.text).strip(), False

        def printed(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            shown = found.levels.get(at, Level())
            count = counts[at]
            return number(shown.start if count is None else count, "decimal" if level.legal else shown.form)

        return _PLACE.sub(printed, level.text[:60]).strip(), False

    def _count(self, found: _List, num: str, depth: int, counts: list[int | None]) -> None:
        before = counts[depth]
        if depth in found.starts and (num, depth) not in self._begun:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = found.levels.get(depth, Level()).start if before is None else before + 1
        self._begun.add((num, depth))
        for upper in range(depth):
            if counts[upper] is None:
                counts[upper] = found.levels.get(upper, Level()).start
        for lower in range(depth + 1, LEVELS):
            restart = found.levels.get(lower, Level()).restart
            if restart is None or depth < restart:
                counts[lower] = None


def _levels(element: etree._Element) -> dict[int, Level]:
    found = {}
    for one in element:
        depth = whole(value(one, "ilvl"))
        if local(one) == "lvl" and depth is not None and 0 <= depth < LEVELS:
            found[depth] = _level(one)
    return found


def _level(one: etree._Element) -> Level:
    start = whole(value(child(one, "start")))
    legal = child(one, "isLgl")
    return Level(
        start=1 if start is None else start,
        form=value(child(one, "numFmt")) or "decimal",
        text=value(child(one, "lvlText")) or "",
        style=value(child(one, "pStyle")),
        legal=legal is not None and value(legal) not in {"0", "false", "off"},
        restart=whole(value(child(one, "lvlRestart"))),
    )


def _override(one: etree._Element, found: _List) -> None:
    for change in one:
        depth = whole(value(change, "ilvl"))
        if local(change) != "lvlOverride" or depth is None:
            continue
        own = child(change, "lvl")
        if own is not None:
            found.levels[depth] = _level(own)
        start = whole(value(child(change, "startOverride")))
        if start is not None:
            found.starts[depth] = start
