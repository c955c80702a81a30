"""Counts in sentences, each with where it can be counted again: in the rows of its page, or in a JSON twin.

A sentence prints ``<data value="17" data-rows="stage-3,stage-4">17</data>``: seventeen elements of the page have the
mark ``stage-3`` or ``stage-4`` in their ``data-row`` (``a.b`` asks for both marks). Or it names a twin: ``data-twin``
is the address of a JSON answer, ``data-path`` the way to a value in it (``count`` where none is named), and
``data-equals`` the values that are counted there. A test opens every page and counts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from followthrough.web.kit.wording import capital, noun_for, number_word


def tally(
    count: int, rows: str = "", *, twin: str = "", path: str = "", equals: str = "", words: bool = False
) -> SafeString:
    """Return a count with where it can be counted again; ``words`` writes a small one in words."""
    told = {"value": str(count), "data-rows": rows, "data-twin": twin, "data-path": path, "data-equals": equals}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in told.items() if value)
    said = number_word(count) if words else f"{count:,}"
    return mark_safe(f"<data {attributes}>{said}</data>")  # noqa: S308 - its values are escaped here


def opening(count: int, rows: str = "", *, twin: str = "", path: str = "", equals: str = "") -> SafeString:
    """Return a count that begins a sentence: a small one in words, with a capital."""
    said = tally(count, rows, twin=twin, path=path, equals=equals, words=True)
    head, _, tail = said.partition(">")
    return mark_safe(f"{head}>{capital(tail)}")  # noqa: S308 - taken from a safe string, and capitals are no markup


def tallied(
    count: int, noun: str, rows: str = "", *, twin: str = "", path: str = "", equals: str = ""
) -> SafeString:  # fmt: skip
    """Return a count with its noun: ``25 paragraphs``."""
    return format_html("{} {}", tally(count, rows, twin=twin, path=path, equals=equals), noun_for(count, noun))


def strung(parts: Iterable[SafeString], between: str) -> SafeString:
    """Return pieces that hold counts one after the other."""
    return format_html_join(between, "{}", ((part,) for part in parts))


def joined(parts: Sequence[SafeString]) -> SafeString:
    """Return ``a, b and c`` of pieces that hold counts."""
    if len(parts) < 2:
        return strung(parts, "")
    return format_html(_("{} and {}"), strung(parts[:-1], ", "), parts[-1])
