"""Parsing of Akoma Ntoso: a validated element tree, and the text and metadata of its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from followthrough.errors import InputRefused
from followthrough.read.decode import name_of, refuse_size

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_OLDER = ("http://www.akomantoso.org/1.0", "http://www.akomantoso.org/2.0")
"""Namespaces of the drafts before the standard, in which ``id`` is what ``eId`` is now."""
OWN = "urn:followthrough:akn:1"
NO_DATE = "unknown"
MAX_DEPTH = 100

_ENCODINGS = re.compile(r"utf-?(?:8|16(?:le|be)?|32(?:le|be)?)|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d", re.I)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{0,60})[\"']")
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_MEETING = re.compile(r"\bmeeting\b", re.I)
_ADOPTED = re.compile(r"^(?:Resolution )?adopted by\b", re.I)
_DIVISIONS = ["section", "article", "chapter", "part", "title", "book", "tome", "division"]
SECTIONS = frozenset([*_DIVISIONS, "subsection", "subchapter", "subpart", "subtitle", "subdivision"])
PARAGRAPHS = frozenset(
    ["paragraph", "alinea", "clause", "subclause", "level", "proviso", "transitional", "rule", "subrule", "hcontainer"]
)
ITEMS = frozenset(["point", "item", "indent", "subparagraph", "li"])
HEADINGS = frozenset(["heading", "subheading"])
BLOCKS = frozenset(["p", "block", "listIntroduction", "listWrapUp", "longTitle", "crossHeading", "num", *HEADINGS])
SILENT = frozenset(["meta", "coverPage", "authorialNote", "toc", "img", "componentRef", "documentRef", "noteRef"])
_PARTING = BLOCKS | SECTIONS | PARAGRAPHS | ITEMS | {"eol", "br", "td", "th", "content", "intro"}


COMMITMENT = "commitment"
"""The name of the inlines that mark the words of commitments."""


def tidy(text: str) -> str:
    """Return ``text`` on one line, runs of white space reduced to one space; no-break spaces are kept."""
    return _BLANKS.sub(" ", text).strip()


def parse(data: bytes, name: str) -> etree._Element:
    """Return the root of the Akoma Ntoso document in ``data``; no entity, DTD or network address is ever followed.

    Raises ``InputRefused`` for data that is empty, too large, broken, too deeply nested, has a document type or is not
    Akoma Ntoso. ``name`` is used in messages only.
    """
    refuse_size(name, len(data))
    bare = data.replace(b"\x00", b"")
    declared = _DECLARED.search(bare[:400])
    if declared and not _ENCODINGS.fullmatch(declared.group(1).decode("ascii", "replace")):
        raise InputRefused(name_of(name), "its declared encoding is not taken", "save the file as UTF-8", "line 1")
    if found := re.search(rb"<!DOCTYPE", bare, re.I):
        raise _doctype(name, "line " + str(bare.count(b"\n", 0, found.start()) + 1))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        what = re.sub(r", line \d+, column \d+$", "", error.msg or "no document")[:200]
        where = f"line {error.lineno or 1}"
        raise InputRefused(name_of(name), f"the XML is broken ({what})", "repair it at this place", where) from error
    except (ValueError, LookupError) as error:
        raise InputRefused(name_of(name), "the XML cannot be parsed", "save the file as UTF-8") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise _doctype(name, None)
    return _checked(root, name)


def _doctype(name: str, where: str | None) -> InputRefused:
    what = "it has a document type declaration, and no such declaration or entity is taken"
    return InputRefused(name_of(name), what, "remove the DOCTYPE", where)


def _checked(root: etree._Element, name: str) -> etree._Element:
    """Return ``root`` if it is Akoma Ntoso with a document, not too deeply nested. Raises ``InputRefused``."""
    qualified = etree.QName(root)
    known = (qualified.namespace or "").startswith((NAMESPACE, *_OLDER))
    if qualified.localname != "akomaNtoso" or not known:
        what = f"this is XML, but not Akoma Ntoso (its first element is {qualified.localname[:60]!r})"
        raise InputRefused(name_of(name), what, "give an Akoma Ntoso, text or Markdown file")
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            what = f"its elements are nested more than {MAX_DEPTH} deep"
            raise InputRefused(name_of(name), what, "give a document with a plainer tree", f"line {element.sourceline}")
        if event == "start" and (old := element.get("id")) and not element.get("eId"):
            element.set("eId", old)
    return root


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return etree.QName(element).localname


def elements(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of ``element`` that are elements."""
    return (child for child in element if isinstance(child.tag, str))


def raw(element: etree._Element) -> str:
    """Return the text below ``element`` unchanged, without notes, with a space between parts."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local(child) not in SILENT:
            gap = " " if local(child) in _PARTING else ""
            parts += [gap, raw(child), gap]
        parts.append(child.tail or "")
    return "".join(parts)


def words_of(element: etree._Element) -> str:
    """Return the words below ``element`` on one line, without notes."""
    return tidy(raw(element))


def every(root: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements called ``name`` in and below ``root``, in any namespace."""
    return list(root.iter(f"{{*}}{name}"))


def _within(root: etree._Element, part: str, name: str) -> list[str]:
    found = [element for home in every(root, part) for element in every(home, name)]
    return [words for element in found if (words := words_of(element))]


def title_of(root: etree._Element) -> str | None:
    """Return the title that the preface states, else that of the cover page."""
    for name in ("docTitle", "longTitle", "shortTitle"):
        if titles := _within(root, "preface", name):
            return titles[0]
    titles = [words for words in _within(root, "coverPage", "docTitle") if not _ADOPTED.match(words)]
    return titles[0] if titles else None


def date_of(root: etree._Element) -> str | None:
    """Return the day of adoption, else the first other day that the metadata gives the work."""
    works = every(root, "FRBRWork")
    stated = every(works[0], "FRBRdate") if works else []
    for element in sorted(stated, key=lambda each: (each.get("name") or "").lower() != "adoption"):
        if element.get("name") != NO_DATE:
            try:
                return date.fromisoformat((element.get("date") or "")[:10]).isoformat()
            except ValueError:
                continue
    return None


def language_of(root: etree._Element) -> str:
    """Return the language that the metadata states of the expression, as it is written, or an empty string."""
    return next((each.get("language") or "" for each in every(root, "FRBRlanguage")), "")


def place_of(root: etree._Element) -> str | None:
    """Return the place that the preface, the conclusions or the cover page name."""
    for part in ("preface", "conclusions", "coverPage"):
        if places := [words for words in _within(root, part, "location") if not _MEETING.search(words)]:
            return places[0]
    return None


def has_words(element: etree._Element) -> bool:
    """Return whether ``element`` has text of its own, outside its children."""
    return bool(tidy(element.text or "")) or any(tidy(child.tail or "") for child in element)
