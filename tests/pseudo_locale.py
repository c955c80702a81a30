"""A language that is none: every message between brackets, so that what does not pass through gettext shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from lxml import etree, html
from tools.messages import compile_catalog

CODE = "en-xa"
OPEN, CLOSE = "⟦", "⟧"
_BRACKET = re.compile(f"([{OPEN}{CLOSE}])")
_WORD = re.compile(r"[A-Za-z]{2,}")
_DATE = re.compile(r"(?:\d{1,2} )?(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )?\d{4}")
_NUMBERED = re.compile(r"\d+(?:\.\d+)?[a-z]? ")
_NAMES = {"Followthrough", "CSV", "JSON", "BibTeX", "RIS", "CSL-JSON"}
"""Names, which no language translates."""
_SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-l")
"""Attributes whose words a person reads or hears."""


def marked(message: str) -> str:
    """Return a message as the pseudo-locale has it."""
    return f"{OPEN}{message}{CLOSE}"


def write(messages: Catalog, folder: Path) -> None:
    """Write the compiled catalogue of the pseudo-locale below ``folder``, one of Django's ``LOCALE_PATHS``."""
    catalog = Catalog("en", fuzzy=False)
    for message in messages:
        if message.id:
            ids: Any = message.id
            string = tuple(map(marked, ids)) if isinstance(ids, tuple) else marked(ids)
            catalog.add(ids, string, context=message.context)
    compile_catalog(catalog, folder / "en_XA" / "LC_MESSAGES" / "django.mo")


def unmarked(page: str, data: Set[str]) -> list[str]:
    """Return the texts of a page that hold words, stand outside every message and are not among ``data``, each once.

    A message may hold markup: what stands between its brackets is marked in every element inside it. The hits of a
    search are words of the register, cut where a word is marked as found. A citation is one for all languages and says
    of itself that it is English. Of mark-up to copy the title is language. A text that joins
    words of the register, dates and numbers by nothing but signs is data, too; a word that may be the name of a code is
    read as one alone.
    """
    names = re.compile(
        r"(?<!\w)(?:"
        + "|".join(re.escape(one) for one in sorted(data, key=len, reverse=True) if " " in one or one[:1].isupper())
        + r")(?!\w)"
    )
    root = html.fromstring(page)
    for listed in [one for one in root.iter("ol") if "hits" in (one.get("class") or "").split()]:
        del listed[:]
    for citation in [one for one in root.iter("p") if one.get("lang") and "cite" in (one.get("class") or "").split()]:
        citation.text = None
    for copied in [one for one in root.iter("textarea") if one.get("readonly") is not None]:
        copied.text = html.fromstring(copied.text or "<p/>").get("title")
    etree.strip_elements(root, "script", "style", etree.Comment, with_tail=False)
    found = {" ".join(text.split()) for text in (*_outside(map(str, root.itertext())), *_outside(_attributes(root)))}
    return sorted(text for text in found if _NUMBERED.sub("", text, count=1) not in data and _of_code(text, names))


def _of_code(text: str, names: re.Pattern[str]) -> bool:
    return text not in _NAMES and bool(_WORD.search(_DATE.sub("", names.sub("", text))))


def _outside(texts: Iterable[str]) -> Iterator[str]:
    """Yield what is left of each text outside all brackets, which may close in a later text."""
    depth = 0
    for text in texts:
        left = ""
        for piece in _BRACKET.split(text):
            if piece == OPEN:
                depth += 1
            elif piece == CLOSE:
                depth = max(depth - 1, 0)
            elif not depth:
                left += piece
        yield left


def _attributes(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        yield from (element.get(name) or "" for name in _SPOKEN)
