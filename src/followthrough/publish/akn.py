"""Export of a reading as Akoma Ntoso 3.0: valid by the OASIS schema, and read back to the same tree.

Commitments are concepts of the references, and the words of each stand in inlines that refer to it: words of two
commitments refer to both, so that no inline crosses another and no word is moved or said twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from urllib.parse import quote

from lxml import etree

from followthrough.model.commitment import Commitment
from followthrough.model.document import Document, Provision
from followthrough.model.reading import Reading
from followthrough.read.akn import number_of
from followthrough.read.akn.source import COMMITMENT, NAMESPACE, NO_DATE, OWN, tidy

_DEEPEST = 40
_ELEMENTS = {"section": "section", "paragraph": "paragraph", "item": "point"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_akn(reading: Reading) -> bytes:
    """Return the document of ``reading`` as Akoma Ntoso 3.0 in UTF-8.

    The same document always gives the same bytes. Words outside the provisions (boilerplate, lines around the title)
    are not written, runs of blanks become one space, and characters that XML forbids become U+FFFD.
    """
    document = reading.document
    root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE, "ft": OWN})  # type: ignore[dict-item]
    statement = _sub(root, "statement", name="statement")
    marks = Marks(reading.commitments)
    marks.concepts(_meta(statement, document))
    _preface(statement, document)
    leading = _leading(document.provisions)
    if leading:
        _Tree(document, leading, _sub(statement, "preamble"), marks, preamble=True).build()
    body = _sub(statement, "mainBody")
    _Tree(document, document.provisions[len(leading) :], body, marks, preamble=False).build()
    if len(body) == 0:
        _sub(body, "p")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


class Marks:
    """The commitments of a document, as they are marked in its words."""

    def __init__(self, commitments: Sequence[Commitment]) -> None:
        self.commitments = commitments
        self.spans = sorted(
            (start, end, number)
            for number, one in enumerate(commitments)
            for start, end in one.spans or ((one.start, one.end),)
        )
        self.longest = max((end - start for start, end, _ in self.spans), default=0)

    def concepts(self, references: etree._Element) -> None:
        """Write a concept for each commitment, with what was found of it."""
        for number, one in enumerate(self.commitments):
            href = f"/ontology/concept/commitment/{quote(one.id)}"
            concept = _sub(references, "TLCConcept", eId=_concept(number), href=href, showAs=one.verb)
            said = {"id": one.id, "kind": str(one.kind), "strength": str(one.strength)}
            for name, value in said.items():
                concept.set(f"{{{OWN}}}{name}", _clean(value))

    def write(self, element: etree._Element, words: str, start: int) -> None:
        """Add ``words``, which begin at the offset ``start``, to ``element``, those of commitments in inlines."""
        held = self._covering(start, start + len(words))
        after = start + len(words)
        cuts = sorted({start, after, *(min(max(at, start), after) for one in held for at in one[:2])})
        said, last = _clean(words), None
        element.text = element.text or ""  # the blanks of indented XML would be words of a block of inlines alone
        ends = [0, *(_length(words[: cut - start]) for cut in cuts[1:-1]), len(said)]
        for at, (cut, begin, end) in enumerate(zip(cuts, ends, ends[1:], strict=False)):
            numbers = [one for first, last_, one in held if first <= cut and cuts[at + 1] <= last_]
            piece = said[begin:end]
            if numbers and piece:
                refers = " ".join(f"#{_concept(one)}" for one in numbers)
                last = _sub(element, "inline", name=COMMITMENT, refersTo=refers)
                last.text = piece
            elif last is not None:
                last.tail = (last.tail or "") + piece
            elif len(element):
                element[-1].tail = (element[-1].tail or "") + piece
            else:
                element.text = (element.text or "") + piece

    def _covering(self, start: int, end: int) -> list[tuple[int, int, int]]:
        near = self.spans[bisect_left(self.spans, (start - self.longest,)) : bisect_left(self.spans, (end,))]
        return [one for one in near if one[1] > start]


def _concept(number: int) -> str:
    return f"commitment-{number + 1}"


def _length(before: str) -> int:
    """Return how many characters of the tidied words stand before a cut; the blank at it is one of them."""
    return len(_clean(f"{before}.")) - 1


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", tidy(text))


def _sub(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(tag), {key: _clean(value) for key, value in attributes.items()})
    if text is not None:
        element.text = _clean(text)
    return element


def _meta(statement: etree._Element, document: Document) -> etree._Element:
    """Write what the document is; returns the references."""
    meta = _sub(statement, "meta")
    identification = _sub(meta, "identification", source="#followthrough")
    label = re.sub(r"[^0-9A-Za-z]+", "", document.sha256)[:16] or "unnamed"
    work = f"/akn/xx/statement/{document.date or 'undated'}/{label}"
    expression = f"{work}/{document.language or 'und'}"
    layers = (
        ("FRBRWork", f"{work}/!main", work, "#parties"),
        ("FRBRExpression", f"{expression}/!main", expression, "#parties"),
        ("FRBRManifestation", f"{expression}/!main.xml", f"{expression}.xml", "#followthrough"),
    )
    for name, this, uri, author in layers:
        layer = _sub(identification, name)
        _sub(layer, "FRBRthis", value=this)
        _sub(layer, "FRBRuri", value=uri)
        if name == "FRBRManifestation":
            _sub(layer, "FRBRalias", name="sha256", value=document.sha256)
        _sub(layer, "FRBRdate", date=document.date or "0001-01-01", name="adoption" if document.date else NO_DATE)
        _sub(layer, "FRBRauthor", href=author)
        if name == "FRBRWork":
            _sub(layer, "FRBRcountry", value="xx")
        elif name == "FRBRExpression":
            _sub(layer, "FRBRlanguage", language=document.language or "und")
    references = _sub(meta, "references", source="#followthrough")
    _sub(
        references,
        "TLCOrganization",
        eId="followthrough",
        href="/ontology/software/followthrough",
        showAs="Followthrough",
    )
    _sub(references, "TLCOrganization", eId="parties", href="/ontology/organization/parties", showAs="The parties")
    if document.place:
        _sub(references, "TLCLocation", eId="place", href="/ontology/location/place", showAs=document.place)
    return references


def _preface(statement: etree._Element, document: Document) -> None:
    if not (document.title or document.date or document.place):
        return
    preface = _sub(statement, "preface")
    if document.title:
        _sub(_sub(preface, "p"), "docTitle", document.title)
    if document.place or document.date:
        line = _sub(preface, "p")
        if document.place:
            place = _sub(line, "location", document.place, refersTo="#place")
            place.tail = ", " if document.date else None
        if document.date:
            _sub(line, "docDate", document.date, date=document.date)


def _leading(provisions: Sequence[Provision]) -> Sequence[Provision]:
    """Return the opening provisions, which form the Akoma Ntoso preamble."""
    inside: set[str] = set()
    for at, provision in enumerate(provisions):
        top = provision.parent is None and (provision.kind == "preamble" or _is_formula(provision))
        below = provision.parent in inside and provision.kind in {"preamble", "item", "other"}
        if not (top or below):
            return provisions[:at]
        inside.add(provision.eid)
    return provisions


def _is_formula(provision: Provision) -> bool:
    return provision.kind == "other" and "formula" in provision.eid.rpartition("__")[2]


class _Tree:
    """Places each provision in the element of its parent, in the order of the text.

    Where that order and the tree disagree, the order is kept and an attribute names the parent.
    """

    def __init__(
        self, document: Document, provisions: Sequence[Provision], home: etree._Element, marks: Marks, *, preamble: bool
    ) -> None:
        self.document = document
        self.marks = marks
        self.provisions = provisions
        self.home = home
        self.preamble = preamble
        self.last = self._last()
        self.contents: dict[etree._Element, etree._Element] = {}
        self.open: list[tuple[str, etree._Element]] = []

    def _last(self) -> dict[str, int]:
        """Return for each provision the index of its last descendant."""
        parents = {provision.eid: provision.parent for provision in self.provisions}
        last: dict[str, int] = {}
        for at in range(len(self.provisions) - 1, -1, -1):
            above: str | None = self.provisions[at].eid
            while above is not None and above not in last:
                last[above] = at
                above = parents.get(above)
        return last

    def build(self) -> None:
        """Write every provision below the home element."""
        for at, provision in enumerate(self.provisions):
            while self.open and self.last[self.open[-1][0]] < at:
                self.open.pop()
            del self.open[_DEEPEST:]
            eid, element = self.open[-1] if self.open else (None, self.home)
            written = self._recital(element, provision) if self.preamble else self._hierarchy(element, provision)
            if provision.parent != eid:
                written.set(f"{{{OWN}}}parent", _clean(provision.parent or ""))
            if etree.QName(written).localname != "formula":
                self.open.append((provision.eid, written))

    def _parts(self, provision: Provision) -> tuple[str, str]:
        """Return the number as printed, and the words after it."""
        text = self.document.text
        return tidy(text[provision.start : provision.body]), text[provision.body : provision.end]

    def _named(self, parent: etree._Element, name: str, provision: Provision, printed: str) -> etree._Element:
        element = _sub(parent, name, eId=provision.eid)
        if (number_of(printed) if printed else None) != provision.num and provision.num:
            element.set(f"{{{OWN}}}num", _clean(provision.num))
        return element

    def _recital(self, parent: etree._Element, provision: Provision) -> etree._Element:
        printed, words = self._parts(provision)
        if _is_formula(provision):
            element = self._named(parent, "formula", provision, printed)
            element.set("name", "enactingFormula")
        else:
            element = self._named(parent, "container", provision, printed)
            element.set("name", {"preamble": "recital"}.get(provision.kind, provision.kind))
        block = _sub(element, "p")
        if printed:
            _sub(block, "inline", printed, name="num").tail = " "
        self.marks.write(block, words, provision.body)
        return element

    def _hierarchy(self, parent: etree._Element, provision: Provision) -> etree._Element:
        printed, words = self._parts(provision)
        name = _ELEMENTS.get(provision.kind, "hcontainer")
        element = self._named(parent, name, provision, printed)
        if name == "hcontainer":
            element.set("name", provision.kind)
        if printed:
            _sub(element, "num", printed)
        if provision.heading and (found := _opening(provision.heading, words)):
            self.marks.write(_sub(element, "heading"), found, provision.body)
            words = words[len(found) :]
        if tidy(words) or name != "section":
            self.contents[element] = _sub(element, "content")
            self.marks.write(_sub(self.contents[element], "p"), words, provision.end - len(words))
        if (content := self.contents.pop(parent, None)) is not None:
            content.tag = _tag("intro")
        return element


def _opening(heading: str, words: str) -> str | None:
    """Return the prefix of ``words`` that equals the ``heading``, or ``None``."""
    found = re.match(r"\s*" + r"\s+".join(map(re.escape, heading.split())), words)
    return found.group() if found else None
