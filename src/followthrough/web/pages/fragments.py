"""Markup of the pictures and tables of the agreement pages that is repeated hundreds of times.

Every value goes through ``fill``, which escapes it; the patterns are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString

from followthrough.web.agreements.fragments import chips
from followthrough.web.agreements.rows import CommitmentRow
from followthrough.web.charts.documents_in_time import Mark
from followthrough.web.charts.kind_bar import KindSegment
from followthrough.web.kit.fragments import fill, safe
from followthrough.web.kit.wording import capital
from followthrough.web.pages.agreement_coverage import Step
from followthrough.web.pages.agreement_overview import Cell
from followthrough.web.pages.evidence_grid import GridCell

PLACE = '<a class="r{}" href="/agreements/{}" data-row="place stage-{}">{}</a>'
WIDE = '<text class="t{}" x="{}" y="50%" dy=".35em">{}<tspan class="thin"> {}</tspan></text>'
NARROW = '<text class="t{}" x="{}" y="50%" dy=".35em" text-anchor="middle">{}</text>'
KEY = '<li><span class="sw f{}b" aria-hidden="true"></span>{}</li>'
KIND_LINE = (
    '<tr><th scope="row"><span>{}</span></th><td class="r" data-l="Commitments"><span>{}/{}</span></td>'
    '<td data-l="Which"><span class="paras">'
)
SHAPES = {
    "dot": '<circle class="m-dot{hot}" cx="{x}" cy="{y}" r="{width}"/>',
    "diamond": '<path class="m-diamond" transform="translate({x} {y})" d="M0 6l5-5 5 5-5 5z"/>',
    "bar": '<rect class="m-bar" x="{x}" y="{y}" width="{width}" height="12" rx="2"/>',
    "plan": '<rect class="m-plan{hot}" x="{x}" y="{y}" width="{width}" height="28" rx="2"/>',
    "open": '<rect class="m-open" x="{x}" y="{y}" width="{width}" height="28" rx="2"/>',
}
LETTERS = {"diamond": "", "bar": ""}


def segments(rungs: Iterable[KindSegment[CommitmentRow]]) -> SafeString:
    """Return the segments of a bar; a narrow one prints its number alone, in its middle."""
    out = []
    for rung in (rung for rung in rungs if rung.count):
        out += [
            fill('<rect class="f{}" x="{}" width="{}" height="100%"/>', rung.shade, rung.x, rung.width),
            fill(WIDE if rung.wide else NARROW, rung.shade, rung.label_x, rung.count, rung.word),
        ]
    return safe(out)


def in_words(rungs: Iterable[KindSegment[CommitmentRow]]) -> str:
    """Return a bar as words, for those who hear it."""
    return ", ".join(f"{rung.count} {rung.word}" for rung in rungs if rung.count)


def legend(rungs: Iterable[KindSegment[CommitmentRow]]) -> SafeString:
    """Return the key of a bar."""
    return safe(fill(KEY, rung.shade, rung.word) for rung in rungs if rung.count)


def kind_lines(rungs: Iterable[KindSegment[CommitmentRow]]) -> SafeString:
    """Return the lines of the table under the bar: n/N, and which commitments they are."""
    out = []
    for rung in rungs:
        out += [
            fill(KIND_LINE, capital(rung.word), rung.count, rung.total),
            chips(rung.rows) if rung.rows else '<span class="dim">none</span>',
            "</span></td></tr>\n",
        ]
    return safe(out)


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
    return safe(out)


def heat_cells(cells: Sequence[Cell]) -> SafeString:
    """Show the years of one paragraph: how many claims each holds, and of them how many are unfavourable."""
    shown = []
    for cell in cells:
        against = f'<span class="vh">, {cell.unfavourable} adverse</span>' if cell.unfavourable else ""
        said = f"{cell.count}{against}" if cell.count else '<span class="vh">silent</span>'
        shown.append(f'<td class="c r{cell.shade}{" neg" if cell.unfavourable else ""}">{said}</td>')
    return safe(shown)


def grid_cells(cells: Iterable[GridCell]) -> SafeString:
    """Show the years of one row of a grid; a cell without evidence is hatched and says so."""
    shown = []
    for cell in cells:
        against = f'<span class="vh">, {cell.adverse} adverse</span>' if cell.adverse else ""
        said = f"{escape(cell.said)}{against}" if cell.shade else '<span class="vh">nothing recorded</span>'
        shown.append(f'<td class="c r{cell.shade}{" neg" if cell.adverse else ""}">{said}</td>')
    return safe(shown)


def rung_places(step: Step) -> SafeString:
    """Show the places that stand on one stage."""
    return safe(fill(PLACE, step.rung.value, key, step.rung.value, name) for key, name in step.places)
