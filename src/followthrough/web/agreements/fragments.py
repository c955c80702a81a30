"""Markup of documents, paragraphs and commitments that a page repeats hundreds of times.

Every value goes through ``fill``, which escapes it; the patterns are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString

from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.kit.fragments import fill, safe
from followthrough.web.kit.wording import day, plain

CHIP = '<a class="r{}" href="/agreements/{}">{}</a>'
PARAGRAPH = '<a class="r{}" href="/agreements/{}"><span class="vh">Paragraph </span>{}</a>'
UNKNOWN = '<i class="unk">{}</i>'
TIME = '<time datetime="{}">{}</time>'
COMMITMENT = (
    '<tr><th scope="row"><span><a href="/agreements/{}">{}</a></span></th>'
    '<td data-l="What"><span>{}<br><span class="small dim">'
    '<a class="asink" href="/agreements/{}">{} {}</a></span></span></td>'
    '<td data-l="Verb"><span>{}</span></td><td data-l="Kind"><span>{}</span></td>'
)
STRENGTH_CELL = '<td data-l="Strength"><span>'
INSTRUMENTS_CELL = '</span></td><td data-l="Instruments"><span>'
DRAFT = (
    ' <span class="chip warn"><svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-half"/></svg>'
    "draft</span>"
)
DOCUMENT = '<tr><th scope="row"><span><a href="/agreements/{}">{}</a>'
TITLE = '<br><span class="small dim">{}</span></span></th><td data-l="Adopted" class="num"><span>'
KIND = '</span></td><td data-l="Kind"><span>{}</span></td><td data-l="Place"><span>'
IMPLEMENTS = '</span></td><td data-l="Implements"><span>{}</span></td><td data-l="Commitments" class="r"><span>'
SOURCE = '</span></td><td data-l="Source"><span>'
LINK = '<a class="src" href="{}">{}</a>'


def bars(strength: int) -> str:
    """Return the five bars of a strength, with its number in words."""
    drawn = "".join('<b class="on"></b>' if at < strength else "<b></b>" for at in range(5))
    return f'<span class="st"><span class="rung five" aria-hidden="true">{drawn}</span>{strength:d} of 5</span>'


STRENGTHS = {strength: bars(strength) for strength in range(1, 6)}


def chips(rows: Iterable[CommitmentRow]) -> SafeString:
    """Return commitments as small links, as deep as they are strong."""
    return safe(fill(CHIP, row.shade, row.id, row.ref) for row in rows)


def paragraphs(pairs: Iterable[tuple[ProvisionRow, int]]) -> SafeString:
    """Return paragraphs as small links, each with the step of the ramp it has."""
    return safe(fill(PARAGRAPH, shade, one.id, one.num) for one, shade in pairs)


def commitment_lines(rows: Sequence[CommitmentRow]) -> SafeString:
    """Return the lines of a table of commitments."""
    out: list[str] = []
    for row in rows:
        named = "; ".join(name for _, name in row.instruments)
        out += [
            fill(COMMITMENT, row.id, row.ref, row.said, row.provision, row.num, row.title, row.verb, row.kind),
            STRENGTH_CELL,
            STRENGTHS[row.strength],
            INSTRUMENTS_CELL,
            escape(named) if named else fill(UNKNOWN, "no instrument"),
            "</span></td></tr>\n",
        ]
    return safe(out)


def document_lines(rows: Sequence[DocumentRow], names: Mapping[str, str]) -> SafeString:
    """Return the lines of a table of documents; ``names`` has the short titles of those that may be seen."""
    out: list[str] = []
    for row in rows:
        out += [
            fill(DOCUMENT, row.id, row.short_title),
            "" if row.public else DRAFT,
            fill(TITLE, row.title),
            fill(TIME, row.adopted, day(row.adopted)) if row.adopted else fill(UNKNOWN, "date not known"),
            fill(KIND, plain(row.kind)),
            escape(row.place) if row.place else fill(UNKNOWN, "not known"),
            fill(IMPLEMENTS, names.get(row.implements, "")),
            str(row.commitments) if row.commitments else fill(UNKNOWN, "not catalogued"),
            SOURCE,
            fill(LINK, row.url, row.publisher) if row.url else fill(UNKNOWN, "not known"),
            "</span></td></tr>\n",
        ]
    return safe(out)
