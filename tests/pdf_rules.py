"""The rules of PDF/UA-1 that a program can check, asked of a PDF file: what is broken, each with the rule's name.

After the checkpoints of the Matterhorn protocol; veraPDF, which knows more of them, is in no registry that we use.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

STANDARD = {
    "Document", "Part", "Sect", "Div", "Span", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody",
    "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Figure", "Caption", "Link", "Note", "Reference", "Quote",
    "BlockQuote", "Code", "TOC", "TOCI", "Formula", "NonStruct", "Art", "Index", "BibEntry", "Annot", "Ruby", "Warichu",
}  # fmt: skip
PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"EI"}
FILES = {"/FontFile", "/FontFile2", "/FontFile3"}
Found = Iterator[str]


def problems(data: bytes) -> list[str]:
    """Return every rule that a file breaks, each once, as ``rule: what``."""
    book = PdfReader(io.BytesIO(data))
    root: Any = book.trailer["/Root"]
    found = [f"{name}: {what}" for name, rule in RULES.items() for what in rule(book, root)]
    return list(dict.fromkeys(found))


def elements_of(root: Any) -> Iterator[tuple[str, Any, list[str]]]:
    """Yield every element of the structure with its kind and the kinds around it, in the order of reading."""
    tree = root.get("/StructTreeRoot")
    waiting: list[tuple[Any, list[str]]] = [(tree["/K"], [])] if tree and "/K" in tree else []
    while waiting:
        one, around = waiting.pop()
        one = one.get_object()
        if isinstance(one, list):
            waiting += [(each, around) for each in reversed(one)]
        elif isinstance(one, dict) and "/S" in one:
            kind = str(one["/S"])[1:]
            yield kind, one, around
            if "/K" in one:
                waiting.append((one["/K"], [*around, kind]))


def _yes(one: Any) -> bool:
    """Say whether a value of a file is true: pypdf's own false is an object like any other."""
    return str(one) == "True"


def _marked(book: Any, root: Any) -> Found:
    if not _yes(root.get("/MarkInfo", {}).get("/Marked")):
        yield "is not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "has no structure"
    elif "/ParentTree" not in root["/StructTreeRoot"]:
        yield "leads from no content to its element"
    if _yes(root.get("/MarkInfo", {}).get("/Suspects")):
        yield "is called suspect"


def _named(book: Any, root: Any) -> Found:
    said = root["/Metadata"].get_data() if "/Metadata" in root else b""
    if not re.search(rb"pdfuaid:part[>=\"']+1", said):
        yield "is not declared as PDF/UA-1"
    if b"dc:title" not in said or not (book.metadata and book.metadata.title):
        yield "has no title"
    if not _yes(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        yield "shows its file's name in place of its title"


def _language(book: Any, root: Any) -> Found:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", str(root.get("/Lang", ""))):
        yield "has no language"


def _figures(book: Any, root: Any) -> Found:
    for kind, one, _around in elements_of(root):
        if kind in ("Figure", "Formula") and not str(one.get("/Alt", "")).strip():
            yield f"a {kind} has no alternative text"


def _tables(book: Any, root: Any) -> Found:
    for kind, one, around in elements_of(root):
        if kind == "TH" and not any("/Scope" in each for each in _attributes(one)):
            yield "a heading of a table has no scope"
        if kind in ("TH", "TD") and around[-1:] != ["TR"]:
            yield f"a {kind} is in no row"
        if kind == "TR" and around[-1] not in ("Table", "THead", "TBody", "TFoot"):
            yield "a row is in no table"
        if kind == "Table" and not any(inner == "TH" for inner, _, _ in _inside(one)):
            yield "a table has no headings"


def _inside(one: Any) -> Iterator[tuple[str, Any, list[str]]]:
    return elements_of({"/StructTreeRoot": {"/K": one}})


def _attributes(one: Any) -> list[Any]:
    held = one.get("/A", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    return [each.get_object() for each in held] if isinstance(held, list) else [held]


def _kinds(book: Any, root: Any) -> Found:
    roles = {str(name)[1:] for name in root.get("/StructTreeRoot", {}).get("/RoleMap", {})}
    levels = []
    for kind, _one, around in elements_of(root):
        if kind not in STANDARD | roles:
            yield f"{kind} is no standard kind of element"
        if kind in ("LI",) and around[-1] != "L":
            yield "an item is in no list"
        if re.fullmatch(r"H[1-6]", kind):
            levels.append(int(kind[1]))
    if levels[:1] not in ([], [1]):
        yield "its first heading is not of the first level"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "a level of headings is left out"


def _content(book: Any, root: Any) -> Found:
    """Tell what is painted outside a tag, and outside what is marked as no content."""
    for number, page in enumerate(book.pages, 1):
        open_marks: list[bool] = []
        stream = ContentStream(page["/Contents"], book)
        for operands, operator in stream.operations:
            if operator in (b"BDC", b"BMC"):
                known = operands[1] if operator == b"BDC" else {}
                known = page["/Resources"]["/Properties"][known].get_object() if isinstance(known, str) else known
                open_marks.append(str(operands[0]) == "/Artifact" or "/MCID" in known)
            elif operator == b"EMC":
                open_marks.pop()
            elif (operator in PAINTS or operator == b"INLINE IMAGE") and not any(open_marks):
                yield f"page {number} paints what is in no tag"
        if "/StructParents" not in page:
            yield f"page {number} leads to no element"


def _fonts(book: Any, root: Any) -> Found:
    for font in _fonts_of(book):
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        kept = inner.get("/FontDescriptor")
        if kept is None or not FILES & set(kept.get_object()):
            yield f"{font['/BaseFont']} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{font['/BaseFont']} does not say which letters it sets"


def _fonts_of(book: Any) -> Iterator[Any]:
    """Yield the fonts of every page and of the pictures on it."""
    waiting, seen = [page["/Resources"].get_object() for page in book.pages], set[int]()
    while waiting:
        held = waiting.pop()
        for one in held.get("/Font", {}).values():
            yield one.get_object()
        for one in held.get("/XObject", {}).values():
            inner = one.get_object()
            if id(inner) not in seen and "/Resources" in inner:
                seen.add(id(inner))
                waiting.append(inner["/Resources"].get_object())


def _order(book: Any, root: Any) -> Found:
    for number, page in enumerate(book.pages, 1):
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield f"page {number} is not gone through in the order of its structure"


def _links(book: Any, root: Any) -> Found:
    held = sum(kind == "Link" for kind, _, _ in elements_of(root))
    links = [one.get_object() for page in book.pages for one in page.get("/Annots") or []]
    if any("/StructParent" not in one for one in links):
        yield "a link belongs to no element"
    if links and not held:
        yield "no link is in the structure"
    if any(not str(one.get("/Contents", "")).strip() for one in links):
        yield "a link does not say where it leads"


def _outline(book: Any, root: Any) -> Found:
    headings = sum(re.fullmatch(r"H[1-6]", kind) is not None for kind, _, _ in elements_of(root))
    if headings > 1 and not book.outline:
        yield "has headings and no bookmarks"


def _nothing_hidden(book: Any, root: Any) -> Found:
    if book.is_encrypted:
        yield "is locked"
    for name in ("/AcroForm", "/OpenAction"):
        if "/JS" in str(root.get(name, "")) or "/XFA" in str(root.get(name, "")):
            yield "runs a script"


RULES: dict[str, Callable[[Any, Any], Found]] = {
    "tagged": _marked, "declared": _named, "language": _language, "figures": _figures, "tables": _tables,
    "kinds": _kinds, "content": _content, "fonts": _fonts, "order": _order, "links": _links, "bookmarks": _outline,
    "open": _nothing_hidden,
}  # fmt: skip
"""The rules by name: each is given the file and its catalogue, and yields what is broken."""
