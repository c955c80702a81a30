"""IATI activity files, activity by activity: each accepted as a record, or refused with its line and the reason."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.sources.iati.conversion import NotCertain, convert
from followthrough.sources.iati.extracting import extract
from followthrough.sources.iati.heading import Heading, read_heading
from followthrough.sources.iati.records import IatiActivity
from followthrough.sources.iati.ruleset import Doubt, remarks
from followthrough.sources.iati.scanning import Place, Scanner, Span
from followthrough.sources.iati.schema import activity_schema, errors_of
from followthrough.sources.iati.window import Window

_IDENTIFIER = re.compile(rb"<iati-identifier[^>]{0,500}>([^<]{0,500})<")


@dataclass
class Accepted:
    """An activity that the standard's schema takes; ``after`` is where a reading goes on that is cut behind it.

    ``remarks`` say what goes against the rules of the standard, ``line`` and ``offset`` (in bytes) where it begins.
    Its record is made when it is asked for: to make all of them takes longer than to check them.
    """

    element: etree._Element
    version: str
    remarks: tuple[str, ...]
    line: int
    offset: int
    after: Place

    @cached_property
    def record(self) -> IatiActivity:
        """What the activity says."""
        return extract(self.element)

    @property
    def identifier(self) -> str:
        """Its identifier, which may be empty."""
        return " ".join((self.element.findtext("iati-identifier") or "").split())


@dataclass(frozen=True, slots=True)
class Refused:
    """What is not taken: ``identifier`` is empty where none could be read; ``line`` and ``offset`` say where it begins.

    ``activity`` is false where it is no activity, but something that stands between or behind them.
    """

    file: str
    identifier: str
    line: int
    offset: int
    reason: str
    after: Place
    activity: bool = True

    def as_error(self) -> InputRefused:
        """Return it as a problem of its file, in one line."""
        who = f"activity {self.identifier}" if self.identifier else "an activity without an identifier"
        where = f"line {self.line}, offset {self.offset}" + (f", {who}" if self.activity else "")
        return InputRefused(self.file, self.reason.rstrip("."), "correct it, and import the file again", where)


def read_activities(path: Path, today: str, start: Place | None = None) -> Iterator[Accepted | Refused]:
    """Yield what a file holds, in its order; ``today`` is the day against which the standard's rules hold dates.

    ``start`` is the ``after`` of something that was read before: the reading goes on there, and tells the same as one
    that was not cut. Raises ``InputRefused`` where the file is no activity file, or declares a document type.
    """
    with path.open("rb") as file:
        yield from _read(file, path.name, today, start)


def _read(file: BinaryIO, name: str, today: str, start: Place | None) -> Iterator[Accepted | Refused]:
    scanner = Scanner(Window(file), name)
    heading = read_heading(scanner.head(), name)
    reader = _Reader(heading, name, today)
    scanner.window.move(heading.end)
    if start is not None:
        if start.offset >= scanner.window.size():
            return
        for span in scanner.spans():
            reader.is_repeated(span)
            if scanner.window.offset >= start.offset:
                break
        scanner = Scanner(Window(file, start.offset, start.line), name, start.number)
    for span in scanner.spans():
        if (found := reader.outcome(span)) is not None:
            yield found
    if not scanner.number:
        raise InputRefused(name, f"holds no activity: {reader.says_of_none()}", "send an IATI activity file")


class _Reader:
    """Parses, checks and extracts one activity at a time."""

    def __init__(self, heading: Heading, name: str, today: str) -> None:
        self.heading, self.name, self.today = heading, name, today
        self.parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
            remove_blank_text=True, collect_ids=False,
        )  # fmt: skip
        self.schema = activity_schema()
        self.doubt = Doubt(today)
        self.seen: set[bytes] = set()

    def outcome(self, span: Span) -> Accepted | Refused | None:
        """Return what becomes of a span; nothing for blanks, comments and elements of other namespaces."""
        repeated = self.is_repeated(span)
        if span.problem:
            return self._refused(span, span.problem)
        try:
            root = etree.fromstring(self.heading.opening + span.data + self.heading.closing, self.parser)
        except etree.XMLSyntaxError as error:
            return self._refused(span, self._at(span, error.lineno or 0, f"is no well-formed XML: {_plain(error.msg)}"))
        if not span.activity:
            return self._between(span, root)
        if repeated:
            return self._refused(span, "an activity of this identifier came before in this file")
        return self._checked(span, root)

    def says_of_none(self) -> str:
        """Return what the schema says of a file without activities."""
        self.schema.validate(etree.fromstring(self.heading.opening + self.heading.closing, self.parser))
        return "; ".join(_plain(one.message).rstrip(".") for one in errors_of(self.schema))

    def is_repeated(self, span: Span) -> bool:
        """Say whether an activity of this identifier came before; an empty one is none."""
        found = _IDENTIFIER.search(span.data) if span.activity else None
        if found is None or not (said := found[1].strip()):
            return False
        key = blake2b(said, digest_size=8).digest()
        known = key in self.seen
        self.seen.add(key)
        return known

    def _between(self, span: Span, root: etree._Element) -> Refused | None:
        own = next((str(one.tag) for one in root if not str(one.tag).startswith("{")), None)
        if own is None and not etree.tostring(root, method="text", encoding="unicode").strip():
            return None
        says = f"<{own}> stands between the activities" if own else "words stand between the activities"
        return self._refused(span, f"{says}, where the standard has none")

    def _checked(self, span: Span, root: etree._Element) -> Accepted | Refused:
        activity = root[0]
        version = self._version(root, activity)
        if version.startswith("1"):
            try:
                convert(activity)
            except NotCertain as error:
                return self._refused(span, f"is of IATI {version}, and {error}")
        doubt = self.doubt(root)
        if doubt and not self.schema.validate(root):
            first, *others = errors_of(self.schema)
            more = f" ({len(others)} more)" if others else ""
            said = f"is not as the standard asks: {_plain(first.message)}{more}"
            return self._refused(span, self._at(span, first.line, said))
        accepted = Accepted(activity, version, (), span.line, span.offset, span.after)
        if version.startswith("1"):
            accepted.remarks = (f"was reported in IATI {version}, and converted",)
        if doubt:
            accepted.remarks += remarks(accepted.record, self.today)
        return accepted

    def _version(self, root: etree._Element, activity: etree._Element) -> str:
        """Return the version of an activity: its file's, or else what a datastore wrote beside it."""
        if self.heading.version:
            return self.heading.version
        stated = (str(value) for key, value in activity.attrib.items() if etree.QName(key).localname == "version")
        version = next(stated, "")
        if version:
            root.set("version", version)
        return version

    def _at(self, span: Span, line: int, said: str) -> str:
        """Return a reason with the line of the file, from the line of what was parsed."""
        before = self.heading.opening.count(b"\n")
        return f"line {span.line + line - 1 - before} {said}" if line > before else said

    def _refused(self, span: Span, reason: str) -> Refused:
        found = _IDENTIFIER.search(span.data)
        identifier = " ".join(html.unescape(found[1].decode("utf-8", "replace")).split()) if found else ""
        return Refused(self.name, identifier, span.line, span.offset, reason, span.after, span.activity)


_LINES = re.compile(r",? line \d+(?:, column \d+)?")


def _plain(message: str) -> str:
    """Return a message of libxml2 without the lines that it counts in what it was given."""
    return " ".join(_LINES.sub("", message).replace("'", "“", 1).replace("'", "”", 1).split())
