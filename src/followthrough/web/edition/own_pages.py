"""The pages that an edition has beside those of the site: its search, everything from A to Z, and how to restore it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from markdown_it import MarkdownIt

from followthrough.packs.format_page import format_page as format_text
from followthrough.packs.reading import Pack
from followthrough.packs.schema import TABLES
from followthrough.web.audit.models import AuditEvent
from followthrough.web.edition.search_shards import Named
from followthrough.web.edition.urls import A_TO_Z, FORMAT, OF_FILES, RESTORE
from followthrough.web.kit.wording import fold

LISTED = 1_000
"""Names on one page from A to Z."""
SIGNS = "0-9"
"""The heading of what begins with no letter."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What an edition holds: pages, all files, things that its search finds, and the register."""

    pages: int
    files: int
    found: int
    pack: Pack

    def tables(self) -> list[tuple[str, int, str]]:
        """Return the tables that have rows, with how many and what they hold."""
        held = ((table, len(self.pack.rows[table.name])) for table in TABLES)
        return [(table.name, count, table.says) for table, count in held if count]


@dataclass(frozen=True, slots=True)
class Part:
    """A page from A to Z: its address, its heading, and the names on it."""

    path: str
    heading: str
    names: Sequence[Named]


def search_page() -> bytes:
    """Return the page of the search."""
    return _page(reverse("search"), "edition/search.html", {"a_to_z": A_TO_Z})


def parts(named: Sequence[Named]) -> list[Part]:
    """Return everything by its first letter, of which one with many names has several parts."""
    by_letter: dict[str, list[Named]] = defaultdict(list)
    for one in sorted(set(named), key=lambda one: (fold(one[0]), one)):
        by_letter[_letter(one[0])].append(one)
    found = []
    for letter in sorted(by_letter, key=lambda letter: (letter == SIGNS, letter)):
        held = by_letter[letter]
        for start in range(0, len(held), LISTED):
            number = start // LISTED + 1
            heading = letter if len(held) <= LISTED else f"{letter} {number}"
            key = "-".join(f"{ord(sign):x}" for sign in letter)
            found.append(Part(f"{A_TO_Z}/{key}-{number}", heading, held[start : start + LISTED]))
    return found


def a_to_z(listed: Sequence[Part]) -> bytes:
    """Return the page that leads to all parts."""
    return _page(A_TO_Z, "edition/a_to_z.html", {"parts": listed})


def part_page(listed: Sequence[Part], part: Part) -> bytes:
    """Return the page of one part."""
    return _page(part.path, "edition/a_to_z.html", {"parts": listed, "part": part})


def restore_page(counted: Counted) -> bytes:
    """Return the page that says how to check the edition and how to go on with its register."""
    last = AuditEvent.objects.order_by("-id").values_list("at", flat=True).first()
    return _page(
        RESTORE, "edition/restore.html", {"counted": counted, "last": last, "format": FORMAT, "files": OF_FILES}
    )


def format_page() -> bytes:
    """Return the specification of the tables as a page."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(format_text())
    for opened, words in pairwise(tokens):
        if opened.type == "heading_open":
            opened.attrSet("id", slugify(words.content, allow_unicode=True).replace("-", "_"))
    return _page(FORMAT, "edition/format.html", {"written": markdown.renderer.render(tokens, markdown.options, {})})


def _letter(name: str) -> str:
    """Return the heading under which a name stands."""
    first = fold(name)[:1].upper()
    return first if first.isalpha() else SIGNS


def _page(path: str, template: str, context: dict[str, Any]) -> bytes:
    request = HttpRequest()
    request.path = request.path_info = path
    request.method = "GET"
    request.user = AnonymousUser()
    return render_to_string(template, context, request=request).encode()
