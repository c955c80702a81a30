"""A language that is none: every message between brackets, so that what does not pass through gettext shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from lxml import html
from tools.messages import compile_catalog

CODE = "en-xa"
OPEN, CLOSE = "⟦", "⟧"
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NO_WORDS = re.compile(r"[\d\s]*(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[\d\s]*)?")
_NUMBERED = re.compile(r"\d+(?:\.\d+)?[a-z]? ")
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
    """Return the texts of a page that hold words, stand outside every message and are not among ``data``, each once."""
    found = {" ".join(text.split()) for text in _texts(html.fromstring(page))}
    return sorted(text for text in found if _NUMBERED.sub("", text, count=1) not in data and _of_code(text))


def _of_code(text: str) -> bool:
    left = text
    while _MARKED.search(left):
        left = _MARKED.sub(" ", left)
    return bool(_WORD.search(left)) and not _NO_WORDS.fullmatch(left)


def _texts(root: html.HtmlElement) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        yield element.text or ""
        yield from (element.get(name) or "" for name in _SPOKEN)
        yield from (child.tail or "" for child in element)
