"""Rows to paragraphs: a row goes on where its column was full, at the leading of the text around it.

Where lines end and how far apart they stand is measured on each page and column by itself, so that one wide page or a
table with small print changes nothing elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from followthrough.read.pdf.page import Row
from followthrough.read.structure.markers import marker_of

_PAUSE = re.compile(r"(?:[.;:,!?؛؟۔。]|\band|\bor)[\"'”’»)\]]*$")
_STOP = re.compile(r"[.;:,!?؛؟۔。][\"'”’»)\]]*$")
_STRONG = re.compile(r"(?:[.;:!?؛؟۔。]|;\s(?:and|or))[\"'”’»)\]]*$")
_AMOUNT = re.compile(r"\d{1,4}[.,]\d{1,4}\s[a-z]")  # "4.5 million" in mid-sentence, which is no item 4.5
_FEW = 5  # rows, too few to tell where a column ends
_JUSTIFIED = 0.3  # of the rows, that end at one place


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one page: where its rows begin and end (points), and their leading in sizes of the letters.

    ``leadings`` holds it for letters of each size in whole points, and at 0 for all of them. ``justified`` is true
    where most rows end at one place.
    """

    begin: float
    end: float
    leadings: dict[int, float]
    justified: bool

    def leading(self, size: float) -> float:
        """Return the leading of letters of ``size`` points, or else of all."""
        return self.leadings.get(round(size), self.leadings[0])


def paragraphs_of(rows: Sequence[Row], body: float) -> list[list[Row]]:
    """Return ``rows`` as paragraphs; ``body`` is the size of the text in points."""
    columns = _measured(rows, body)
    spaced = _is_spaced(rows, columns)
    found: list[list[Row]] = [[rows[0]]]
    for before, row in pairwise(rows):
        if _goes_on(found[-1], row, columns[before.page, before.column], spaced):
            found[-1].append(row)
        else:
            found.append([row])
    return found


def begin_of(row: Row) -> float:
    """Return where ``row`` begins; rows that run from right to left are measured as in a mirror."""
    return -row.right if row.leftwards else row.left


def end_of(row: Row) -> float:
    """Return where ``row`` ends, as ``begin_of``."""
    return -row.left if row.leftwards else row.right


def unjoined(paragraphs: Sequence[str]) -> int:
    """Return how many of ``paragraphs`` begin in lower case after a sentence that no sign ended."""
    return sum(
        1
        for before, after in pairwise(paragraphs)
        if after[:1].islower() and marker_of(after) is None and before[-1:].isalpha()
    )


def _measured(rows: Sequence[Row], body: float) -> dict[tuple[int, str], Column]:
    places: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows:
        places[row.page, row.column].append(row)
    ends = {place: _end(own) for place, own in places.items()}
    usual: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (page, column), own in places.items():
        if len(own) >= _FEW:
            usual[column].append((min(begin_of(row) for row in own), ends[page, column]))
    for (page, column), own in places.items():
        begin = min(begin_of(row) for row in own)
        same = Counter(round(end) for start, end in usual[column] if abs(start - begin) < body)
        if len(own) < _FEW and same:
            beside = [end for (known, other), end in ends.items() if known == page and other != column]
            usual_end = min(same.most_common(1)[0][0], max([*beside, ends[page, column]]) if beside else float("inf"))
            ends[page, column] = max(ends[page, column], usual_end)
    gaps = {place: _gaps(own, ends[place]) for place, own in places.items()}
    together = [gap for own in gaps.values() for _, gap in own]
    leading = _lower(together) if together else _tightest(rows)
    return {
        place: Column(
            min(begin_of(row) for row in own),
            ends[place],
            _leadings(gaps[place], leading),
            sum(1 for row in own if abs(end_of(row) - ends[place]) < 0.1 * row.size) > 0.5 * len(own),
        )
        for place, own in places.items()
    }


def _leadings(gaps: Sequence[tuple[int, float]], usual: float) -> dict[int, float]:
    """Return the leading for each size of letters of which there are enough rows, and for all (0)."""
    sizes: dict[int, list[float]] = defaultdict(list)
    for size, gap in gaps:
        sizes[size].append(gap)
    enough = {size: _lower(own) for size, own in sizes.items() if len(own) >= _FEW}
    return {0: _lower([gap for _, gap in gaps]) if len(gaps) >= _FEW else usual} | enough


def _end(rows: Sequence[Row]) -> float:
    """Return where the rows of a column end: where many end at one place, else the longest that is no outlier."""
    text = [row for row in rows if not row.table and len(row.parts) == 1] or list(rows)
    ends = sorted((end_of(row) for row in text), reverse=True)
    size = median(row.size for row in text)
    for end in ends:
        at_one_place = [other for other in ends if 0 <= end - other < 0.3 * size]
        if len(at_one_place) >= max(_FEW, _JUSTIFIED * len(ends)):
            return median(at_one_place)
    while len(ends) >= _FEW and ends[0] - ends[1] > 2 * size:
        del ends[0]
    return ends[0]


def _gaps(rows: Sequence[Row], end: float) -> list[tuple[int, float]]:
    """Return the distance of rows, in sizes of their letters, where the row above is full; each after the size."""
    return [
        (round(row.size), row.gap / before.size)
        for before, row in pairwise(rows)
        if row.gap is not None
        and 0 < row.gap < 3 * before.size
        and _is_one_size(before, row)
        and not (row.table or before.table)
        and is_full(before, row, end)
    ]


def _lower(gaps: Sequence[float]) -> float:
    """Return a value that two thirds of ``gaps`` are not below: some of them part paragraphs."""
    return sorted(gaps)[(len(gaps) - 1) // 3]


def _tightest(rows: Sequence[Row]) -> float:
    return min((row.gap / max(row.size, 0.01) for row in rows if row.gap and row.gap > 0), default=2.0)


def _is_spaced(rows: Sequence[Row], columns: dict[tuple[int, str], Column]) -> bool:
    """Return whether a wider blank stands between paragraphs."""
    ends = []
    for before, row in pairwise(rows):
        column = columns[before.page, before.column]
        if row.gap and not is_full(before, row, column.end) and not row.table:
            ends.append(row.gap > 1.25 * column.leading(before.size) * before.size)
    return sum(ends) > 0.7 * len(ends)


def _goes_on(open_rows: list[Row], row: Row, column: Column, spaced: bool) -> bool:
    """Return whether ``row`` continues the paragraph of ``open_rows``, the last of which stands in ``column``."""
    before = open_rows[-1]
    if before.table or row.table or row.leftwards != before.leftwards or not _is_one_size(before, row):
        return False
    if row.gap is None or row.page != before.page or row.column != before.column:
        return _goes_on_elsewhere(before, row, column)
    numbered = marker_of(row.text) is not None
    full = is_full(before, row, column.end)
    flows = row.text[0].islower() and not _STRONG.search(before.text) and not numbered
    if _is_apart(open_rows, row, column):
        return flows and full and 0 < row.gap < 2.2 * row.size
    if numbered and _begins_item(before, row, spaced):
        return False
    if not full:
        return (flows and _is_long(before, column)) or _is_centred(before, row)
    return _is_aligned(open_rows, row) or (_is_centred(before, row) and not _STRONG.search(before.text))


def _goes_on_elsewhere(before: Row, row: Row, column: Column) -> bool:
    """Return whether ``row``, the first of a page or column, continues the paragraph that ends in ``before``."""
    if marker_of(row.text) is not None and _PAUSE.search(before.text):
        return False
    if row.text[0].islower():
        return True
    return is_full(before, row, column.end) and (not _STOP.search(before.text) or _is_flush(before, row, column))


def _is_one_size(before: Row, row: Row) -> bool:
    """Return whether two rows are of one size; a capital after letters that are a little larger ends a heading."""
    ends = before.size > row.size and row.text[0].isupper()
    return abs(row.size - before.size) <= (0.05 if ends else 0.08) * before.size


def _is_flush(before: Row, row: Row, column: Column) -> bool:
    """Return whether ``before`` was stretched to the end of a justified column, as no last row of a paragraph is."""
    return column.justified and end_of(before) > column.end - 0.1 * row.size and row.weight == before.weight


def _is_apart(open_rows: list[Row], row: Row, column: Column) -> bool:
    """Return whether ``row`` stands further from the row above than rows of one paragraph do."""
    before = open_rows[-1]
    gap = row.gap or 0.0
    own = min((known.gap for known in open_rows[1:] if known.gap and known.page == row.page), default=None)
    limit = 1.25 * column.leading(before.size) * before.size
    if own is not None and own > 0.6 * row.size:
        limit = min(limit, 1.3 * own) if own < limit else 1.15 * own
    return not -0.5 * row.size < gap < limit


def _begins_item(before: Row, row: Row, spaced: bool) -> bool:
    """Return whether ``row``, which begins with a number, begins an item."""
    if _AMOUNT.match(row.text) and not _PAUSE.search(before.text):
        return False
    if begin_of(row) - begin_of(before) < -0.3 * row.size:
        return True
    return bool((_STRONG if spaced else _PAUSE).search(before.text))


def _is_aligned(open_rows: list[Row], row: Row) -> bool:
    before = open_rows[-1]
    shift = begin_of(row) - begin_of(before)
    if len(open_rows) > 1:
        return abs(shift) < 0.6 * row.size
    return shift < 0.6 * row.size or marker_of(before.text) is not None or not _STOP.search(before.text)


def _is_centred(before: Row, row: Row) -> bool:
    shift = row.left - before.left
    return abs(shift) > row.size and abs(row.left + row.right - before.left - before.right) < 0.6 * row.size


def _is_long(before: Row, column: Column) -> bool:
    return end_of(before) - begin_of(before) > 0.5 * (column.end - column.begin)


def is_full(before: Row, row: Row, end: float) -> bool:
    """Return whether the first word of ``row`` would not have fitted between ``before`` and ``end``."""
    if before.text.endswith("-"):
        return True
    first = len(row.text.split(" ", 1)[0]) + 1
    width = (row.right - row.left) / max(len(row.text), 1)
    return end_of(before) + first * width > end - 0.4 * before.size
