"""Columns of PDF pages from segments of known places: what is a gutter, and what is a table in a column."""

from __future__ import annotations

from collections.abc import Sequence

from followthrough.read.pdf.columns import runs_of
from followthrough.read.pdf.glyphs import Glyph
from followthrough.read.pdf.segments import Segment

SIZE = 10.0
Placed = tuple[str, float, float]
"""Words with where they begin and end, in points."""


def segment(words: str, left: float, right: float, middle: float) -> Segment:
    step = (right - left) / len(words)
    glyphs = tuple(
        Glyph(char, left + at * step, left + (at + 1) * step, middle - SIZE / 2, SIZE, 400)
        for at, char in enumerate(words)
    )
    return Segment(glyphs, left, right, middle, SIZE, leftwards=False)


def line(at: int, left: str, right: Sequence[Placed]) -> list[Segment]:
    middle = 700.0 - 14 * at
    return [segment(left, 60, 290, middle), *(segment(words, low, high, middle) for words, low, high in right)]


def read(segments: list[Segment], known: list[float]) -> list[tuple[str, list[str]]]:
    return [
        (run.column, ["".join(glyph.char for part in one for glyph in part.glyphs) for one in run.lines])
        for run in runs_of(segments, known)
    ]


def test_a_table_in_a_column_does_not_weave_the_columns() -> None:
    table: list[list[Placed]] = [[("Dyke", 315, 344), ("Work", 368, 400), ("Keeper", 453, 494)]] * 4
    right: list[list[Placed]] = [[("goes on beside it", 304, 535)], [("ends here, and has a", 304, 396)], *table]
    parts = [part for at, cells in enumerate(right) for part in line(at, f"the left column, line {at}", cells)]
    columns = [column for column, _ in read(parts, [303.0])]
    assert columns == ["1 of 2", "2 of 2"]


def test_the_year_at_the_end_of_a_line_is_no_page_number() -> None:
    apart: list[Placed] = [("for", 305, 318), ("reed-cutting", 330, 390), ("by", 402, 414), ("2031.", 426, 450)]
    right: list[list[Placed]] = [[(f"the right column, line {at}", 304, 535)] for at in range(12)]
    right[6] = apart
    parts = [part for at, cells in enumerate(right) for part in line(at, f"the left column, line {at}", cells)]
    found = read(parts, [])
    assert [column for column, _ in found] == ["1 of 2", "2 of 2"]
    assert found[0][1] == [f"the left column, line {at}" for at in range(12)]
