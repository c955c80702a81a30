"""Pictures of the register's rows, laid out here and drawn by templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from followthrough.model.vocabulary import CommitmentKind
from followthrough.web.agreements.rows import CommitmentRow, ProvisionRow, shade
from followthrough.web.kit.wording import noun_for


@dataclass(frozen=True, slots=True)
class Rung:
    """One kind of commitment: its share of all, its place in the bar, and its commitments."""

    word: str
    count: int
    total: int
    shade: int
    x: str
    width: str
    label_x: str
    wide: bool
    rows: list[CommitmentRow]


def ladder(rows: Sequence[CommitmentRow]) -> list[Rung]:
    """Return the kinds of commitment as segments of one bar, in per cent of its width."""
    total, at, found = len(rows), 0.0, []
    for step, kind in zip((4, 3, 2, 1, 0), CommitmentKind, strict=True):
        mine = [row for row in rows if row.kind == kind]
        width = 100 * len(mine) / total if total else 0
        gap, wide = 0.3 if at else 0, len(mine) > total * 0.14
        found.append(
            Rung(
                kind, len(mine), total, step, f"{at + gap:.2f}%", f"{max(width - gap, 0):.2f}%",
                f"{at + 1.4 if wide else at + (width + gap) / 2:.2f}%", wide, mine,
            )
        )  # fmt: skip
        at += width
    return found


@dataclass(frozen=True, slots=True)
class Tile:
    """A section: its paragraphs, each as deep as its strongest undertaking, and what they hold."""

    id: str
    title: str
    paragraphs: list[tuple[ProvisionRow, int]]
    commitments: str
    instruments: str
    word: str
    named: str


def tiles(rows: Sequence[CommitmentRow], provisions: Sequence[ProvisionRow]) -> list[Tile]:
    """Return a tile for each section that holds paragraphs."""
    found = []
    for section in (one for one in provisions if one.kind == "section"):
        mine = [row for row in rows if row.section == section.ref]
        strongest: dict[str, int] = {}
        for row in mine:
            strongest[row.provision] = max(strongest.get(row.provision, 0), row.strength)
        inside = [(one, shade(strongest.get(one.id, 0))) for one in provisions if one.parent == section.id]
        named = {key for row in mine for key, _ in row.instruments}
        held, tools = len(mine), len(named)
        words = (noun_for(held, "commitment"), noun_for(tools, "instrument named"))
        title = f"{section.num} {section.title}".strip()
        found.append(Tile(section.id, title, inside, str(held), str(tools), *words))
    return found
