"""What stands around the text of pages: running heads, page numbers and watermarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from followthrough.model.document import SetAside
from followthrough.model.vocabulary import AsideKind
from followthrough.read.pdf.page import Row
from followthrough.read.structure.markers import marker_of, roman

_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página|pagina)?\s*+(?:[-–—|]\s*+)?(?P<own>\d{1,4}|[ivxl]{1,6})\s*+"
    r"(?:[-–—|]|(?:of|/|de|von|sur)\s*\d{1,4})?",
    re.I,
)
_DRIFT = 0.015  # of the height of the page: as far as a running head moves from page to page


def without_margins(rows: list[Row]) -> tuple[list[Row], list[SetAside]]:
    """Return ``rows`` without running heads and page numbers, and these.

    A running head stands outermost on its page and recurs at the same height, except for its digits.
    """
    heads = _recurring([row for row in rows if row.edge], len({row.page for row in rows}))
    numbers = _numbers(rows, heads)
    drop = _reached_from_outside(rows, heads | numbers)
    aside = [SetAside(_kind(row), row.text, row.page + 1) for row in rows if id(row) in drop]
    return [row for row in rows if id(row) not in drop], aside


def _kind(row: Row) -> AsideKind:
    return AsideKind.PAGE_NUMBER if _PAGE_NUMBER.fullmatch(row.text) else AsideKind.RUNNING_HEAD


def _folded(row: Row) -> list[str]:
    return [re.sub(r"\d+", "#", part.casefold()) for part in row.parts]


def _recurring(rows: list[Row], pages: int) -> set[int]:
    """Return the rows all of whose parts recur on enough pages, at one height or on the same side of the page."""
    often = max(2, min(0.3 * pages, 12))
    seen: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for part in _folded(row):
            seen[part].append(row)
    heads = {(part, row.place > 0.5) for part, same in seen.items() for row in same if _recurs(row, same, often)}
    return {id(row) for row in rows if all((part, row.place > 0.5) in heads for part in _folded(row))}


def _recurs(row: Row, same: list[Row], often: float) -> bool:
    near = [other for other in same if abs(other.place - row.place) < _DRIFT]
    if _is_counted(row) and len({other.text for other in near}) > 1:
        return False
    return len({other.page for other in near}) >= often


def _is_counted(row: Row) -> bool:
    """Return whether ``row`` begins with a number as articles do: it is text where the number changes."""
    return marker_of(row.text) is not None and not _PAGE_NUMBER.fullmatch(row.text)


def _numbers(rows: list[Row], heads: set[int]) -> set[int]:
    """Return the rows that are page numbers: outermost once the running heads are gone, and in step with the pages."""
    pages: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if id(row) not in heads:
            pages[row.page].append(row)
    found: list[tuple[Row, int]] = []
    for page in pages.values():
        places = [row.place for row in page]
        found += [
            (row, _step(row))
            for row in page
            if row.edge and row.place in (min(places), max(places)) and _PAGE_NUMBER.fullmatch(row.text)
        ]
    steps = Counter(step for _, step in found)
    return {id(row) for row, step in found if steps[step] > 1 or row.text.islower() or len(pages) < 3}


def _step(row: Row) -> int:
    """Return by how much the number of ``row`` differs from the page it stands on."""
    match = _PAGE_NUMBER.fullmatch(row.text)
    number = match["own"] if match else ""
    return (int(number) if number.isdigit() else roman(number)) - row.page


def _reached_from_outside(rows: list[Row], drop: set[int]) -> set[int]:
    """Return those of ``drop`` between which and the edge of the page no other row stands."""
    drop = drop - _of_the_text(rows, drop)
    pages: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        pages[row.page].append(row)
    kept: set[int] = set()
    for page in pages.values():
        heights = [row.place for row in page if id(row) not in drop] or [0.5]
        kept |= {id(row) for row in page if id(row) in drop and not min(heights) <= row.place <= max(heights)}
    return kept


def _of_the_text(rows: list[Row], drop: set[int]) -> set[int]:
    """Return those of ``drop`` that stand as close to a row of the text as its rows do, in letters of one size."""
    gaps: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.gap is not None and 0 < row.gap < 3 * row.size:
            gaps[row.page].append(row.gap)
    found: set[int] = set()
    for pair in pairwise(rows):
        before, row = pair
        close = row.gap is not None and row.gap < 1.15 * median(gaps[row.page] or [row.size])
        one_size = abs(row.size - before.size) < 0.05 * row.size
        if close and one_size and (id(before) in drop) != (id(row) in drop):
            found |= {id(one) for one in pair if not _PAGE_NUMBER.fullmatch(one.text)}
    return found & drop


def watermarks_of(slanted: Iterable[tuple[str, float, int]]) -> list[SetAside]:
    """Return the words drawn aslant (words, size in points, page from 0) as watermarks."""
    return [SetAside(AsideKind.WATERMARK, words, page + 1) for words, _, page in slanted]


def without_upright_watermarks(rows: list[Row], body: float) -> tuple[list[Row], list[SetAside]]:
    """Return ``rows`` without very large words that stand behind the text of several pages, and these."""
    large = Counter(row.text for row in {(row.page, row.text): row for row in rows if row.size > 3 * body}.values())
    marks = {id(row) for row in rows if row.size > 3 * body and large[row.text] > 1}
    aside = [SetAside(AsideKind.WATERMARK, row.text, row.page + 1) for row in rows if id(row) in marks]
    return [row for row in rows if id(row) not in marks], aside
