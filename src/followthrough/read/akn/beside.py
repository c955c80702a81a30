"""What an Akoma Ntoso document holds beside its text: notes, the cover page, lists of contents."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.akn.source import every, words_of

_NOTES = ("authorialNote", "note")
_ASIDE = (("coverPage", AsideKind.COVER), ("toc", AsideKind.CONTENTS))


def notes_of(root: etree._Element) -> Iterator[str]:
    """Yield the words of each note in the order of the document, after the mark that it is printed with."""
    for element in root.iter(*(f"{{*}}{name}" for name in _NOTES)):
        mark, words = (element.get("marker") or "").strip(), words_of(element)
        if words:
            yield f"{mark} {words}" if mark and not words.startswith(mark) else words


def left_out(root: etree._Element, text: str) -> tuple[SetAside, ...]:
    """Return the cover page and the lists of contents, but what of them is in ``text`` for want of another title."""
    pieces = []
    for name, kind in _ASIDE:
        for element in every(root, name):
            parts = [words_of(part) for part in _blocks(element)]
            pieces += [SetAside(kind, words) for words in parts if words and words != text.partition("\n")[0]]
    return tuple(pieces)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the parts of ``element`` that hold words directly, or ``element`` itself where it has no part."""
    below = [one for one in element if isinstance(one.tag, str)]
    if not below or (element.text or "").strip() or any((one.tail or "").strip() for one in below):
        yield element
        return
    for one in below:
        yield from _blocks(one)
