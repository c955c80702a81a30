"""The words that lie over the pages of a PDF file, by pypdf: annotations, form fields, and forms of XFA."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

_FLAGS_UNSEEN = 1 | 2
"""Invisible and hidden (ISO 32000-1, table 165): nothing is painted."""
_SILENT = frozenset({"/Link", "/Popup"})
_CODE = frozenset({"script", "binding", "event", "traversal", "config", "localeSet"})
_FORMS = frozenset({"template", "datasets", "form"})
DEEPEST = 30


def annotation_words(page: Any) -> Iterator[str]:
    """Yield the words of each annotation of ``page``: those painted, then those only said."""
    for reference in _list(page.get("/Annots")):
        one = _whole(reference)
        if not hasattr(one, "get") or one.get("/Subtype") in _SILENT:
            continue
        painted = "" if int(_whole(one.get("/F", 0)) or 0) & _FLAGS_UNSEEN else _painted(page, one)
        yield painted
        letters = _letters(painted)
        yield from (said for said in _said(one) if _letters(said) and _letters(said) not in letters)


def xfa_words(book: Any) -> Iterator[str]:
    """Yield the words of the packets of XFA in ``book``, without code and settings."""
    form = _whole(_whole(book.trailer["/Root"]).get("/AcroForm"))
    packets = _whole(form.get("/XFA")) if hasattr(form, "get") else None
    if isinstance(packets, list):
        for name, packet in zip(packets[::2], packets[1::2], strict=False):
            if str(_whole(name)) in _FORMS:
                yield _text(_whole(packet).get_data(), True)
    elif packets is not None:
        yield _text(packets.get_data(), False)


def _painted(page: Any, one: Any) -> str:
    """Return the words of the appearance of an annotation in its state."""
    looks = _whole(one.get("/AP"))
    normal = _whole(looks.get("/N")) if hasattr(looks, "get") else None
    if normal is not None and not hasattr(normal, "get_data"):
        normal = _whole(normal.get(one.get("/AS", "/Off")))
    if not hasattr(normal, "get_data"):
        return ""
    return str(page.extract_xform_text(normal))


def _said(one: Any) -> Iterator[str]:
    """Yield what an annotation says of itself: its remark; the value of its field, and those to choose from."""
    if one.get("/Subtype") == "/Widget":
        kind = _inherited(one, "/FT")
        options = [_list(option) or [_whole(option)] for option in _list(_inherited(one, "/Opt"))]
        if kind == "/Ch":
            yield from (str(_whole(names[-1])) for names in options)
        if kind in {"/Tx", "/Ch"}:
            value = _inherited(one, "/V")
            said = value.get_data().decode("utf-8", "replace") if hasattr(value, "get_data") else value
            if isinstance(said, str) and not any(said in names for names in options):
                yield said
    yield str(_whole(one.get("/Contents", "")) or "")


def _inherited(one: Any, key: str) -> Any:
    for _ in range(DEEPEST):
        if key in one:
            return _whole(one[key])
        one = _whole(one.get("/Parent"))
        if not hasattr(one, "get"):
            break
    return None


def _text(packet: bytes, chosen: bool) -> str:
    """Return the text of XML; ``chosen`` tells that all of it is of a form, else those elements are looked for."""
    out, path = list[str](), list[str]()
    parser = expat.ParserCreate()

    def begins(name: str, _: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])

    def ends(_: str) -> None:
        path.pop()
        out.append(" ")

    def says(text: str) -> None:
        if (chosen or _FORMS & set(path)) and not _CODE & set(path):
            out.append(text)

    def declares(*_: Any) -> None:
        raise expat.ExpatError("an entity is declared")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begins, ends, says
    parser.EntityDeclHandler = declares
    parser.Parse(packet, True)
    return "".join(out)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _list(found: Any) -> list[Any]:
    whole = _whole(found)
    return list(whole) if isinstance(whole, list) else []


def _whole(found: Any) -> Any:
    return found.get_object() if hasattr(found, "get_object") else found
