"""Evidence by paragraph and year as one picture that is its own table; of a long text a row is a section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from followthrough.assess.implementation_stages import CoverageStage
from followthrough.web.agreements.rows import ProvisionRow
from followthrough.web.evidence.summaries import ClaimSummary
from followthrough.web.pages import agreement_overview as overview

MOST_ROWS = 40
"""Paragraphs that the grid shows one by one; of a longer text a row is a section."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One row in one year: how many evidence items, how many of them adverse, and what is printed."""

    said: str
    adverse: int
    shade: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A paragraph, or a section of a long text: its cells by year, and its stage or how many have an output."""

    id: str
    num: str
    title: str
    cells: list[GridCell]
    stage: CoverageStage | None
    outputs: str
    adverse: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Evidence by paragraph and year."""

    years: list[str]
    groups: list[tuple[str, list[GridRow]]]
    by_section: bool


def lay_out(
    provisions: Sequence[ProvisionRow],
    held: Mapping[str, list[ClaimSummary]],
    stages: Mapping[str, CoverageStage],
    adopted: str,
    today: str,
) -> Grid:
    """Lay out the grid of an agreement from its adoption on; ``stages`` gives the stage of each paragraph."""
    heat = overview.heat(provisions, held, adopted=adopted, today=today)
    years = heat.years
    if sum(len(group.rows) for group in heat.groups) <= MOST_ROWS:
        groups = [(group.title, [_row(row, years, stages) for row in group.rows]) for group in heat.groups]
        return Grid(years, groups, by_section=False)
    return Grid(years, [("", [_section(group, years, stages) for group in heat.groups])], by_section=True)


def _row(row: overview.Row, years: Sequence[str], stages: Mapping[str, CoverageStage]) -> GridRow:
    cells = [GridCell(str(cell.count), cell.unfavourable, cell.shade) for cell in row.within(years)]
    stage = stages.get(row.id, CoverageStage.NOTHING)
    return GridRow(row.id, row.num, row.title, cells, stage, "", bool(row.unfavourable))


def _section(group: overview.Group, years: Sequence[str], stages: Mapping[str, CoverageStage]) -> GridRow:
    """Return a section as one row: a cell prints how many of its paragraphs have evidence; its depth is the share."""
    cells = []
    for column in zip(*(row.within(years) for row in group.rows), strict=True):
        count, adverse = sum(bool(cell.count) for cell in column), sum(cell.unfavourable for cell in column)
        cells.append(GridCell(str(count), adverse, -(-4 * count // len(column))))
    outputs = sum(stages.get(row.id, CoverageStage.NOTHING) >= CoverageStage.OUTPUT for row in group.rows)
    adverse_rows = any(row.unfavourable for row in group.rows)
    said = f"{outputs} of {len(group.rows)}"
    return GridRow(group.id or group.rows[0].id, "", group.title, cells, None, said, adverse_rows)
