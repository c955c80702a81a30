"""Official words with their commitments marked in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from followthrough.web.kit.addresses import place_address


class Spanned(Protocol):
    """What can be marked: a commitment of the register or of the workbench."""

    @property
    def id(self) -> str: ...

    @property
    def ref(self) -> str: ...

    @property
    def spans(self) -> Sequence[Sequence[int]]: ...


def marked(words: str, rows: Sequence[Spanned], here: str = "", *, together: bool = False) -> SafeString:
    """Return ``words`` with every span of ``rows`` marked; that of the commitment ``here`` stands out.

    With ``together`` all of them have their fields on this page; else those of another lead to its own page.

    Spans that overlap or reach past the end are cut, so that each letter is printed exactly once.
    """
    places = [(start, end, row) for row in rows for start, end in _spans(row)]
    out: list[SafeString] = []
    at = 0
    tagged: set[str] = set()
    for start, end, row in sorted(places, key=lambda place: place[:2]):
        begin, stop = max(start, at), min(end, len(words))
        if begin >= stop:
            continue
        tag = "" if row.ref in tagged else _tag(row, "" if together else here)
        out += [escape(words[at:begin]), format_html(_MARK[row.id == here], tag, words[begin:stop])]
        tagged.add(row.ref)
        at = stop
    out.append(escape(words[at:]))
    return format_html_join("", "{}", ((part,) for part in out))


def _tag(row: Spanned, here: str) -> SafeString:
    """The commitment's letter, leading to its fields: further down, or, on the page of another, on its own page."""
    address = f"#c-{row.ref}" if here in ("", row.id) else place_address(row.id)
    return format_html('<a class="tag" href="{}">{}</a>', address, row.ref)


_MARK = {True: '<mark class="on">{}{}</mark>', False: "<mark>{}{}</mark>"}


def quotation(words: str, row: Spanned) -> str:
    """Return the official words of one commitment; parts that do not touch are joined by an ellipsis."""
    return " … ".join(words[start:end] for start, end in _spans(row) if words[start:end])


def _spans(row: Spanned) -> list[tuple[int, int]]:
    return [(int(span[0]), int(span[1])) for span in row.spans if len(span) == 2]
