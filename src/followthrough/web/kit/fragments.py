"""The parts that a page repeats hundreds of times, filled here: a template would take most of a page's time for them.

Every value goes through ``fill``, which escapes it; the patterns are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from followthrough.web.agreements.rows import CommitmentRow, DocumentRow, ProvisionRow
from followthrough.web.kit.list_state import Choice, Heading
from followthrough.web.kit.lists import Line
from followthrough.web.kit.wording import capital, day, plain
from followthrough.web.pages.agreement_coverage import Step
from followthrough.web.pages.agreement_overview import Cell
from followthrough.web.pages.coverage_charts import Rung, Tile
from followthrough.web.pages.evidence_grid import GridCell
from followthrough.web.pages.lineage_drawing import Mark

CHIP = '<a class="r{}" href="/agreements/{}">{}</a>'
PLACE = '<a class="r{}" href="/agreements/{}" data-row="place stage-{}">{}</a>'
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
OPTION = '<option value="{}">{}</option>'
CHOSEN = '<option value="{}" selected>{}</option>'
WIDE = '<text class="t{}" x="{}" y="50%" dy=".35em">{}<tspan class="thin"> {}</tspan></text>'
NARROW = '<text class="t{}" x="{}" y="50%" dy=".35em" text-anchor="middle">{}</text>'
KEY = '<li><span class="sw f{}b" aria-hidden="true"></span>{}</li>'
KIND_LINE = (
    '<tr><th scope="row"><span>{}</span></th><td class="r" data-l="Commitments"><span>{}/{}</span></td>'
    '<td data-l="Which"><span class="paras">'
)
TILE = '<article class="tile"><h3><a href="/agreements/{}">{}</a></h3><div class="paras">'
TILE_FACTS = '</div><p class="facts"><span><b>{}</b> {}</span><span><b>{}</b> {}</span></p></article>\n'
ROW = '<th scope="row"><span>{}</span></th>'
CELL = '<td data-l="{}"><span>{}</span></td>'
NUMBER = '<td data-l="{}" class="r"><span>{}</span></td>'
TICK = (
    '<td data-l="Choose"><span>'
    '<input type="checkbox" name="chosen" value="{}" form="change" aria-label="{}"></span></td>'
)
SHAPES = {
    "dot": '<circle class="m-dot{hot}" cx="{x}" cy="{y}" r="{width}"/>',
    "diamond": '<path class="m-diamond" transform="translate({x} {y})" d="M0 6l5-5 5 5-5 5z"/>',
    "bar": '<rect class="m-bar" x="{x}" y="{y}" width="{width}" height="12" rx="2"/>',
    "plan": '<rect class="m-plan{hot}" x="{x}" y="{y}" width="{width}" height="28" rx="2"/>',
    "open": '<rect class="m-open" x="{x}" y="{y}" width="{width}" height="28" rx="2"/>',
}
LETTERS = {"diamond": "", "bar": ""}


def fill(pattern: str, *values: str | int) -> str:
    """Fill a fixed pattern with escaped values."""
    return pattern.format(*[escape(str(value)) for value in values])


def bars(strength: int) -> str:
    """Return the five bars of a strength, with its number in words."""
    drawn = "".join('<b class="on"></b>' if at < strength else "<b></b>" for at in range(5))
    return f'<span class="st"><span class="rung five" aria-hidden="true">{drawn}</span>{strength:d} of 5</span>'


STRENGTHS = {strength: bars(strength) for strength in range(1, 6)}


def options(choices: Iterable[Choice]) -> SafeString:
    """Return the options of a filter."""
    return _safe(fill(CHOSEN if one.chosen else OPTION, one.value, one.label) for one in choices)


def segments(rungs: Iterable[Rung]) -> SafeString:
    """Return the segments of a bar; a narrow one prints its number alone, in its middle."""
    out = []
    for rung in (rung for rung in rungs if rung.count):
        out += [
            fill('<rect class="f{}" x="{}" width="{}" height="100%"/>', rung.shade, rung.x, rung.width),
            fill(WIDE if rung.wide else NARROW, rung.shade, rung.label_x, rung.count, rung.word),
        ]
    return _safe(out)


def in_words(rungs: Iterable[Rung]) -> str:
    """Return a bar as words, for those who hear it."""
    return ", ".join(f"{rung.count} {rung.word}" for rung in rungs if rung.count)


def legend(rungs: Iterable[Rung]) -> SafeString:
    """Return the key of a bar."""
    return _safe(fill(KEY, rung.shade, rung.word) for rung in rungs if rung.count)


def kind_lines(rungs: Iterable[Rung]) -> SafeString:
    """Return the lines of the table under the bar: n/N, and which commitments they are."""
    out = []
    for rung in rungs:
        out += [
            fill(KIND_LINE, capital(rung.word), rung.count, rung.total),
            chips(rung.rows) if rung.rows else '<span class="dim">none</span>',
            "</span></td></tr>\n",
        ]
    return _safe(out)


def tile_cards(tiles: Iterable[Tile]) -> SafeString:
    """Return sections as tiles."""
    out = []
    for tile in tiles:
        out += [
            fill(TILE, tile.id, tile.title),
            paragraphs(tile.paragraphs),
            fill(TILE_FACTS, tile.commitments, tile.word, tile.instruments, tile.named),
        ]
    return _safe(out)


def heading_cells(headings: Iterable[Heading]) -> SafeString:
    """Return the headings of a table that sorts by links."""
    out = []
    for head in headings:
        out += [
            fill('<th scope="col" aria-sort="{}">', head.sorted) if head.sorted else '<th scope="col">',
            fill('<a class="sort" href="{}#all">{}</a></th>', head.link, head.label)
            if head.link
            else fill("{}</th>", head.label),
        ]
    return _safe(out)


def chips(rows: Iterable[CommitmentRow]) -> SafeString:
    """Return commitments as small links, as deep as they are strong."""
    return _safe(fill(CHIP, row.shade, row.id, row.ref) for row in rows)


def paragraphs(pairs: Iterable[tuple[ProvisionRow, int]]) -> SafeString:
    """Return paragraphs as small links, each with the step of the ramp it has."""
    return _safe(fill(PARAGRAPH, shade, one.id, one.num) for one, shade in pairs)


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
    return _safe(out)


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
    return _safe(out)


def lineage_marks(marks: Iterable[Mark]) -> SafeString:
    """Return the shapes of the lineage with their labels, each a link to its document."""
    out: list[str] = []
    for mark in marks:
        hot = " hot" if mark.hot else ""
        css = LETTERS.get(mark.shape, "h" if hot and mark.shape == "dot" else "b")
        out += [
            fill('<a href="/agreements/{}">', mark.id),
            fill('<path class="ax0" d="{}"/>', mark.stem) if mark.stem else "",
            SHAPES[mark.shape].format(x=mark.x, y=mark.y, width=mark.width, hot=hot),
            fill(
                '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text></a>',
                f"{css} t3" if hot and mark.shape == "plan" else css, mark.label_x, mark.label_y, mark.anchor,
                mark.label,
            ),
        ]  # fmt: skip
    return _safe(out)


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every value in it went through ``fill``


def heat_cells(cells: Sequence[Cell]) -> SafeString:
    """Show the years of one paragraph: how many claims each holds, and of them how many are unfavourable."""
    shown = []
    for cell in cells:
        against = f'<span class="vh">, {cell.unfavourable} adverse</span>' if cell.unfavourable else ""
        said = f"{cell.count}{against}" if cell.count else '<span class="vh">silent</span>'
        shown.append(f'<td class="c r{cell.shade}{" neg" if cell.unfavourable else ""}">{said}</td>')
    return _safe(shown)


def grid_cells(cells: Iterable[GridCell]) -> SafeString:
    """Show the years of one row of a grid; a cell without evidence is hatched and says so."""
    shown = []
    for cell in cells:
        against = f'<span class="vh">, {cell.adverse} adverse</span>' if cell.adverse else ""
        said = f"{escape(cell.said)}{against}" if cell.shade else '<span class="vh">nothing recorded</span>'
        shown.append(f'<td class="c r{cell.shade}{" neg" if cell.adverse else ""}">{said}</td>')
    return _safe(shown)


def rung_places(step: Step) -> SafeString:
    """Show the places that stand on one stage."""
    return _safe(fill(PLACE, step.rung.value, key, step.rung.value, name) for key, name in step.places)


def table_lines(lines: Iterable[Line], ticks: bool) -> SafeString:
    """Return the rows of a list; with ``ticks`` each can be chosen."""
    return _safe(_line(one, ticks) for one in lines)


def _line(line: Line, ticks: bool) -> str:
    shown = _shown(line)
    tick = fill(TICK, line.key, f"Choose {line.key}") if ticks else ""
    heads = [ROW.format(conditional_escape(cell)) for _, cell in shown[:1]]
    cells = [
        (NUMBER if column.numeric else CELL).format(escape(column.heading), conditional_escape(cell))
        for column, cell in shown[1:]
    ]
    return f"<tr>{tick}{''.join(heads)}{''.join(cells)}</tr>\n"


def matrix_lines(lines: Iterable[Line], rows: Mapping[str, SafeString]) -> SafeString:
    """Return the rows of a matrix, each of which is markup already, in the order of a list."""
    return _safe(conditional_escape(rows.get(line.key, "")) for line in lines)


def _shown(line: Line) -> list[tuple[Any, Any]]:
    return [(column, cell) for column, cell in line.cells if column.heading]
