"""Reader of Akoma Ntoso and AKN4UN: the tree as marked up, the text line by line, notes behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.model.document import Document, Notice, Provision, SetAside
from followthrough.model.reading import Reading
from followthrough.model.vocabulary import AsideKind, ProvisionKind
from followthrough.read.akn.beside import left_out, notes_of
from followthrough.read.akn.marked import marked_commitments
from followthrough.read.akn.source import (
    BLOCKS,
    HEADINGS,
    ITEMS,
    OWN,
    PARAGRAPHS,
    SECTIONS,
    SILENT,
    date_of,
    elements,
    every,
    has_words,
    language_of,
    local,
    parse,
    place_of,
    raw,
    tidy,
    title_of,
    words_of,
)
from followthrough.read.decode import name_of
from followthrough.read.language import with_language
from followthrough.read.set_aside import notices_of
from followthrough.read.structure.eids import EidGenerator
from followthrough.read.structure.markers import Marker, as_alpha, marker_of
from followthrough.read.structure.parties import with_kind_and_parties

_MARK = re.compile(rb"<(?:[\w.-]+:)?akomaNtoso[\s/>]")
_XML = re.compile(rb"(?:<\?xml\b|<!DOCTYPE\s+(?!html\b))", re.I)
_HTML = re.compile(rb"<(?:!doctype\s+)?html\b", re.I)
_RECITALS = frozenset(["container", "recital", "citation"])
_LONGEST_NAME = 2_000
_LONGEST_NUMBER = 60
_NUMBERED = {ProvisionKind.PARAGRAPH, ProvisionKind.ITEM}
_ZONES = {"preface": "front", "conclusions": "front", "preamble": "preamble"}


def recognises(data: bytes) -> bool:
    """Return whether ``data`` is XML other than HTML; XML other than Akoma Ntoso is refused later."""
    head = re.sub(rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*", b"", data[: 1 << 16].replace(b"\x00", b""))
    if not head.startswith(b"<"):
        return False
    return bool(_MARK.search(head) or (_XML.match(head) and not _HTML.search(head)))


def read(data: bytes, name: str) -> Reading:
    """Return the reading of the Akoma Ntoso document in ``data``; ``name`` is used in messages only.

    Raises ``InputRefused`` for data that is empty, too large, broken or nested too deep, for any document type
    declaration, and for XML that is not Akoma Ntoso or holds no words.
    """
    root = parse(data, name)
    reader = _Reader(root)
    reader.run()
    stated = stated_sha256(root)
    if stated is None and not reader.text.strip():
        raise InputRefused(name_of(name), "the document holds no words", "give a file that holds the text")
    document = with_kind_and_parties(
        Document(
            title=title_of(root),
            date=date_of(root),
            place=place_of(root),
            sha256=stated or sha256(data).hexdigest(),
            text=reader.text,
            provisions=tuple(reader.provisions),
        )
    )
    document, told = with_language(document, language_of(root), binding=True)
    aside = (*left_out(root, document.text), *reader.aside)
    warnings = (*told, *notices_of(aside), *_warnings(document, reader.notes))
    return Reading(
        document=document, commitments=marked_commitments(root, document), warnings=warnings, set_aside=aside
    )


def stated_sha256(root: etree._Element) -> str | None:
    """Return the SHA-256 of the original file, which XML written by this library records."""
    stated = [each.get("value") or "" for each in every(root, "FRBRalias") if each.get("name") == "sha256"]
    return stated[0] if stated and re.fullmatch(r"[0-9a-f]{64}", stated[0]) else None


def number_of(printed: str) -> str | None:
    """Return the number in a printed mark as the tree states it: ``4.3.`` is 4.3, ``(a)`` stays, a bullet is none."""
    marker = marker_of(printed + " ")
    if marker is None or marker.width < len(printed):
        return printed.rstrip(" .:") or None
    if marker.scheme.startswith("bullet"):
        return None
    return f"({marker.label})" if marker.scheme.startswith("paren") else marker.label


def _warnings(document: Document, notes: list[Notice]) -> tuple[Notice, ...]:
    notices = list(notes)
    if not any(provision.kind in _NUMBERED for provision in document.provisions):
        notices.append(Notice("no-provisions", "no operative paragraph was found in this text", None))
    return tuple(notices)


@dataclass(slots=True)
class _Draft:
    """A provision under construction; ``open`` until its element ends."""

    eid: str
    kind: ProvisionKind
    parent: str | None
    num: str | None = None
    printed: str = ""
    headings: list[str] = field(default_factory=list)
    start: int = -1
    body: int = -1
    end: int = -1
    open: bool = True


@dataclass(slots=True)
class _Run:
    """State of sibling elements: the headings above, the latest paragraph, and the items below it."""

    sections: list[tuple[int, str]] = field(default_factory=list)
    paragraph: str | None = None
    items: list[tuple[str, str, int]] = field(default_factory=list)


class _Reader:
    """A single pass over the document: each block of text is added to the text and to the open provision."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.own = stated_sha256(root) is not None
        self.provisions: list[Provision] = []
        self.stated = {eid for element in root.iter("{*}*") if (eid := element.get("eId"))}
        self.kinds: dict[str, ProvisionKind] = {}
        self.eids = EidGenerator()
        self.again: Counter[tuple[str, str | None, str | None]] = Counter()
        self.lines: list[str] = []
        self.at = 0
        self.draft: _Draft | None = None
        self.notes: list[Notice] = []
        self.aside: list[SetAside] = []

    @property
    def text(self) -> str:
        """The text read so far, one line per block."""
        return "\n".join(self.lines)

    def run(self) -> None:
        """Read the whole document."""
        if not every(self.root, "preface") and (title := title_of(self.root)):
            self._put(title)
        self._children(elements(self.root), None, "body")
        self._flush()
        for words in notes_of(self.root):
            self.notes.append(Notice("note", f"{words[:60]!r} is a note, outside every provision", self._put(words)))

    def _put(self, words: str) -> int:
        """Add one line to the text and return the offset at which it starts."""
        start = self.at + 1 if self.lines else 0
        self.lines.append(words)
        self.at = start + len(words)
        return start

    def _children(self, children: Iterable[etree._Element], parent: str | None, zone: str) -> None:
        """Read ``children`` in order; a paragraph that is only a heading holds the ones after it."""
        run = _Run()
        for child in children:
            above = run.sections[-1][1] if run.sections else parent
            if _is_headline(child):
                self._headline(child, run, parent, zone)
            elif (marker := self._lettered(child)) and run.paragraph:
                self._loose_item(child, marker, run, zone)
            else:
                run.items.clear()
                eid = self._node(child, above, zone)
                run.paragraph = eid if local(child) == "paragraph" else None

    def _headline(self, child: etree._Element, run: _Run, parent: str | None, zone: str) -> None:
        rank = _rank(child)
        run.paragraph = None
        if run.sections and self._completes(child, run.sections[-1]):
            for heading in elements(child):
                self._head(words_of(heading))
            return
        while run.sections and run.sections[-1][0] >= rank:
            run.sections.pop()
        eid = self._provision(child, ProvisionKind.SECTION, run.sections[-1][1] if run.sections else parent, zone)
        run.sections.append((rank, eid))

    def _lettered(self, element: etree._Element) -> Marker | None:
        """Return the letter with which the words of a paragraph without a number begin: an item not marked as one."""
        if self.own or local(element) != "paragraph" or any(local(child) != "content" for child in elements(element)):
            return None
        marker = marker_of(words_of(element)[:40])
        return marker if marker is not None and marker.scheme.startswith("paren_") else None

    def _loose_item(self, child: etree._Element, marker: Marker, run: _Run, zone: str) -> None:
        last = {scheme: value for scheme, _, value in run.items}
        if marker.label in {"i", "v", "x", "l"} and last.get("paren_alpha") == as_alpha(marker).value - 1:
            marker = as_alpha(marker)
        known = [scheme for scheme, _, _ in run.items]
        if marker.scheme in known:
            del run.items[known.index(marker.scheme) :]
        parent = run.items[-1][1] if run.items else run.paragraph
        eid = self._provision(child, ProvisionKind.ITEM, parent, zone, f"({marker.label})")
        run.items.append((marker.scheme, eid, marker.value))

    def _completes(self, child: etree._Element, section: tuple[int, str]) -> bool:
        """Return whether ``child`` is the heading of the section whose number alone precedes it."""
        draft = self.draft
        unnamed = draft is not None and draft.eid == section[1] and draft.start < 0 and bool(draft.printed)
        return unnamed and _rank(child) == section[0] and all(local(part) in HEADINGS for part in elements(child))

    def _node(self, element: etree._Element, parent: str | None, zone: str) -> str | None:
        """Read one element; return the eId of the provision that it is."""
        name = local(element)
        if name in SILENT:
            return None
        if kind := self._kind(element, name, parent, zone):
            return self._provision(element, kind, parent, zone)
        if name in BLOCKS or has_words(element) or len(element) == 0:
            self._block(element, parent, zone)
        else:
            self._children(elements(element), parent, _ZONES.get(name, zone))
        return None

    def _kind(self, element: etree._Element, name: str, parent: str | None, zone: str) -> ProvisionKind | None:
        stated = element.get("name")
        if zone == "preamble" and (name == "formula" or name in _RECITALS):
            if name == "formula" or stated == ProvisionKind.OTHER:
                return ProvisionKind.OTHER
            return ProvisionKind.ITEM if stated == ProvisionKind.ITEM else ProvisionKind.PREAMBLE
        if name == "hcontainer" and stated in {ProvisionKind.OTHER, ProvisionKind.PREAMBLE}:
            return ProvisionKind(stated)
        if name in SECTIONS:
            return ProvisionKind.SECTION
        if name in PARAGRAPHS:
            above = self.kinds.get(self._above(element, parent) or "")
            return ProvisionKind.ITEM if above in _NUMBERED else ProvisionKind.PARAGRAPH
        return ProvisionKind.ITEM if name in ITEMS else None

    def _above(self, element: etree._Element, parent: str | None) -> str | None:
        """Return the eId of the provision above: where the file says so outright, that one."""
        stated = element.get(f"{{{OWN}}}parent")
        return parent if stated is None or (stated and stated not in self.kinds) else stated or None

    def _provision(
        self, element: etree._Element, kind: ProvisionKind, parent: str | None, zone: str, lead: str = ""
    ) -> str:
        parent = self._above(element, parent)
        printed = lead or next((words_of(child) for child in elements(element) if local(child) == "num"), "")
        draft = self._open(element, kind, parent, printed)
        draft.num = element.get(f"{{{OWN}}}num") or draft.num
        if local(element) == "crossHeading":
            self._head(words_of(element))
        elif has_words(element):
            self._say(words_of(element), draft.eid, zone)
        else:
            self._inside(element, draft, zone)
        draft.open = False
        return draft.eid

    def _inside(self, element: etree._Element, draft: _Draft, zone: str) -> None:
        rest = [child for child in elements(element) if local(child) not in {"num", *HEADINGS}]
        for child in elements(element):
            if local(child) in HEADINGS:
                self._head(words_of(child))
        self._children(rest, draft.eid, zone)

    def _open(self, element: etree._Element | None, kind: ProvisionKind, parent: str | None, printed: str) -> _Draft:
        self._flush()
        num = number_of(printed) if printed else None
        eid = element.get("eId") if element is not None else None
        if not eid or eid in self.kinds or re.search(r"\s", eid):
            prefix = {"section": "sec", "paragraph": "para" if num else "p", "preamble": "preamble__p"}.get(kind, kind)
            eid = self._name(prefix, parent, num)
            while eid in self.kinds or eid in self.stated:
                eid = self._name(prefix, parent, num)
        self.kinds[eid] = kind
        self.draft = _Draft(eid, kind, parent, num, printed)
        return self.draft

    def _name(self, prefix: str, parent: str | None, num: str | None) -> str:
        """Return a new eId; the second of a number is told by ``-2``, without a search for what is free."""
        num, parent = (num or "")[:_LONGEST_NUMBER] or None, parent if len(parent or "") < _LONGEST_NAME else None
        self.again[(prefix, parent, num)] += 1
        again = self.again[(prefix, parent, num)]
        return self.eids.give(prefix, parent, f"{num}-{again}" if num and again > 1 else num)

    def _flush(self) -> None:
        """Close the open provision; without text it covers its printed number, or nothing."""
        draft, self.draft = self.draft, None
        if draft is None:
            return
        if draft.start < 0:
            draft.start = self._put(draft.printed) if draft.printed else self.at
            draft.body = draft.end = self.at
        heading = " ".join(" ".join(draft.headings).split()) or None
        self.provisions.append(
            Provision(draft.eid, draft.num, draft.kind, heading, draft.start, draft.end, draft.parent, draft.body)
        )

    def _head(self, words: str) -> None:
        draft = self.draft
        if draft is None:
            return
        words = self._once(draft, words)
        if words:
            draft.headings.append(words)
            self._add(draft, words)

    def _once(self, draft: _Draft, words: str) -> str:
        """Return ``words`` without the number of ``draft`` where a file repeats it at their head."""
        rest = words.removeprefix(draft.printed)
        repeated = draft.start < 0 and bool(draft.printed) and rest != words and not rest[:1].isalnum()
        if not repeated or self.own:
            return words
        self.aside.append(SetAside(AsideKind.REPEATED, draft.printed))
        return tidy(rest)

    def _add(self, draft: _Draft, words: str) -> None:
        """Add a line of words to ``draft``, after its number when they are its first."""
        if draft.start >= 0:
            self._put(words)
        else:
            lead = f"{draft.printed} " if draft.printed else ""
            draft.start = self._put(lead + words)
            draft.body = draft.start + len(lead)
        draft.end = self.at

    def _block(self, element: etree._Element, parent: str | None, zone: str) -> None:
        draft = self.draft
        first = next(elements(element), None)
        fresh = draft is not None and draft.open and draft.eid == parent and draft.start < 0 and not draft.printed
        if fresh and draft is not None and first is not None and _is_number(first) and not tidy(element.text or ""):
            draft.printed = words_of(first)
            draft.num = draft.num or number_of(draft.printed)
            words = tidy(raw(element)[len(element.text or "") :])
            self._say(tidy(words[len(draft.printed) :]), parent, zone)
        else:
            self._say(words_of(element), parent, zone)

    def _say(self, words: str, parent: str | None, zone: str) -> None:
        """Add words to the open provision, or to one of their own where none is open."""
        if not words:
            return
        if zone == "front":
            self._flush()
            self._put(words)
            return
        draft = self.draft
        if draft is None or not draft.open or draft.eid != parent:
            above = self.kinds.get(parent or "")
            kind = ProvisionKind.PARAGRAPH if above in {None, ProvisionKind.SECTION} else ProvisionKind.OTHER
            recital = zone == "preamble" and above is None
            draft = self._open(None, ProvisionKind.PREAMBLE if recital else kind, parent, "")
            draft.open = False
        self._add(draft, self._once(draft, words))


def _is_headline(element: etree._Element) -> bool:
    """Return whether ``element`` is a paragraph by name only, with a number or a heading and no text."""
    if local(element) == "crossHeading":
        return True
    if local(element) != "paragraph" or len(element) == 0 or has_words(element):
        return False
    return all(local(child) in {"num", *HEADINGS} or _holds_number(child) for child in elements(element))


def _holds_number(element: etree._Element) -> bool:
    parts = [local(child) for child in elements(element)]
    return local(element) == "p" and parts == ["num"] and not has_words(element)


def _is_number(element: etree._Element) -> bool:
    return local(element) == "num" or (local(element) == "inline" and element.get("name") == "num")


def _rank(element: etree._Element) -> int:
    level = re.search(r"\d", element.get("class") or "9")
    return int(level.group()) if level else 9
