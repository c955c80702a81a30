"""Columns of running text on a page: where their gutters are, and the runs of lines between them in reading order.

A gutter is a place at which the lines of one column begin and that no line crosses for a while; what is on either side
of it has to be running text, for else it is a table or a list with its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from followthrough.read.pdf.segments import Segment, lines_of

_LINES = 4  # on either side, before a blank is a gutter
_NEAR = 3.0  # points within which lines begin at one place
_NARROWEST = 0.12  # of the width of the text
_FAR = 0.25  # of a line with an entry of a contents list: its words begin before
_FILLED = 0.45  # of its column, by the median line of running text

Line = list[Segment]
Band = tuple[list[float], list[Line]]
"""Lines with the gutters between their columns, in points from the left."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that are read one after the other; ``column`` names their column, ``""`` where they go over the page."""

    column: str
    lines: list[Line]


def runs_of(segments: list[Segment], known: list[float]) -> list[Run]:
    """Return the runs of a page in reading order.

    ``known`` are the gutters of the pages before, in points from the left: a few lines are columns where these were
    too. Those of this page are added to it.
    """
    lines = lines_of(segments)
    gutters = _gutters(lines, known)
    gutters += [at for at in known if not _is_among(at, gutters)]
    bands = _bands(lines, gutters, known)
    leftwards = sum(len(part.glyphs) if part.leftwards else -len(part.glyphs) for part in segments) > 0
    before = list(known)
    running = _joined([(_running(band, active, before), active, band) for active, band in bands])
    runs: list[Run] = []
    for kept, band in running:
        known += [at for at in kept if not _is_among(at, known)]
        runs += _split(band, kept, leftwards)
    return _merged(runs)


def _joined(bands: Sequence[tuple[list[float], list[float], list[Line]]]) -> list[Band]:
    """Return bands with those next to each other that have the same gutters as one.

    Each comes with the gutters that have running text beside them, and with those that its lines leave open; a few
    lines that have no running text of their own go with the columns above them, where these are open.
    """
    found: list[Band] = []
    for kept, left_open, band in bands:
        above = found[-1][0] if found else []
        gutters = above if not kept and above and all(_is_among(place, left_open) for place in above) else kept
        if gutters and len(gutters) == len(above) and all(_is_among(place, above) for place in gutters):
            found[-1] = (above, [*found[-1][1], *band])
        else:
            found.append((gutters, band))
    return found


def _is_among(place: float, places: Sequence[float]) -> bool:
    return any(abs(place - other) < _NEAR for other in places)


def _gutters(lines: list[Line], known: Sequence[float]) -> list[float]:
    """Return where columns may begin: places at which several lines begin and that none crosses for several lines.

    Cells of a table under a column that was ``known`` on the pages before begin none.
    """
    parts = [part for line in lines for part in line]
    if not parts:
        return []
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    inner = [part for part in parts if left + _NARROWEST * (right - left) < part.left]
    inner.sort(key=lambda part: part.left)
    starts = [part.left for part in inner]
    found: list[list[Segment]] = []
    at = 0
    while at < len(starts):
        end = at
        while end < len(starts) and starts[end] - starts[at] <= _NEAR:
            end += 1
        if end - at >= 2 and (at == 0 or starts[at] - starts[at - 1] > 0.5):
            found.append(inner[at:end])
            at = end
        else:
            at += 1
    sure = [own for own in found if _is_among(own[0].left - 1.0, known)]
    return [own[0].left - 1.0 for own in found if own in sure or not any(_is_table_below(own, other) for other in sure)]


def _with_words(lines: list[Line], places: Sequence[float]) -> list[float]:
    """Return those of ``places`` at which more than numbers begin."""
    starts = [(part.left, _is_number(part)) for line in lines for part in line]
    beside = [[number for left, number in starts if 0 <= left - place < _NEAR + 1] for place in places]
    return [place for place, numbers in zip(places, beside, strict=True) if not numbers or not all(numbers)]


def _is_number(part: Segment) -> bool:
    return len(part.glyphs) <= 6 and all(glyph.char in "0123456789ivxl." for glyph in part.glyphs)


def _is_table_below(own: list[Segment], other: list[Segment]) -> bool:
    """Return whether ``own`` begin a little to the left of the many of ``other``, and all of them below these.

    So do the cells of a table under columns: they cross the edge of the column.
    """
    shift = other[0].left - own[0].left
    if not _NEAR < shift < 2 * own[0].size or len(other) < max(_LINES, 2 * len(own)):
        return False
    return max(part.middle for part in own) < min(part.middle for part in other)


def _between(lines: list[Line], place: float, places: Sequence[float]) -> list[range]:
    """Return the stretches of lines that do not cross ``place``."""
    bands: list[range] = []
    start, usual = 0, median([part.size for line in lines for part in line] or [0.0])
    for at, line in enumerate(lines):
        crosses = any(_crosses(part, place, line) for part in line)
        if crosses and at > start:
            bands.append(range(start, at - _goes_below(lines, at)))
            start = at + 1
        elif crosses or _is_entry(line, places) or (at == start > 0 and _goes_on_heading(lines[at - 1], line, usual)):
            bands.append(range(start, at))
            start = at + 1
    bands.append(range(start, len(lines)))
    return [band for band in bands if band]


def _crosses(part: Segment, place: float, line: Line) -> bool:
    """Return whether ``part`` goes over ``place``; words that are too wide for their column lie over the next one."""
    if not (part.left < place - 1 and part.right > place + 1):
        return False
    return not any(place - 1 <= other.left < part.right - 1 for other in line)


def _goes_below(lines: list[Line], at: int) -> bool:
    """Return whether the line above line ``at``, which goes over the columns, is the first row of a table with it.

    It has several cells, all in one column, and stands much closer to what is below it than to what is above.
    """
    if at < 2 or len(lines[at - 1]) < 2 or len(lines[at]) < 2:
        return False
    above, line, below = lines[at - 2][0].middle, lines[at - 1][0], lines[at][0].middle
    return above - line.middle > 1.5 * (line.middle - below) and line.middle - below < 2.5 * line.size


def _goes_on_heading(above: list[Segment], line: list[Segment], usual: float) -> bool:
    """Return whether ``line`` is the next of a title that goes over the columns, centred or flush with its first."""
    first, part = above[0], line[0]
    centred = abs(first.left + above[-1].right - part.left - line[-1].right) < part.size
    flush = abs(first.left - part.left) < 0.2 * part.size and part.size > 1.2 * usual
    return (centred or flush) and len(line) == 1 and abs(first.size - part.size) < 0.05 * part.size


def _is_entry(line: Line, places: Sequence[float]) -> bool:
    """Return whether ``line`` leads to a number that stands where no column begins, as in a list of contents."""
    last = line[-1]
    if len(line) < 2 or not _is_number(last):
        return False
    width = last.right - line[0].left
    if any(
        0 <= part.left - at <= _NEAR + 1 for part in line[1:-1] for at in places if at - line[0].left > _FAR * width
    ):
        return False  # a row of a table beside text, or below it
    blanks = [after.left - before.right for before, after in pairwise(line)]
    if len(blanks) > 2 and blanks[-1] < 2 * median(blanks):
        return False  # the last word of a line whose words are set apart, "by 2031."
    return not any(-1 <= last.left - place <= 3 * last.size for place in places)


def _is_wide_enough(band: list[Line], place: float) -> bool:
    before = [part for line in band for part in line if part.right <= place + 1]
    after = [part for line in band for part in line if part.left >= place - 1]
    if min(len(before), len(after)) < _LINES:
        return False
    overlap = min(max(part.middle for part in side) for side in (before, after)) - max(
        min(part.middle for part in side) for side in (before, after)
    )
    shorter = min(max(part.middle for part in side) - min(part.middle for part in side) for side in (before, after))
    ends = sorted(part.right for part in before)
    return overlap > 0.5 * shorter and place - ends[int(0.95 * len(ends))] > 0.12 * median(part.size for part in after)


def _bands(lines: list[Line], places: Sequence[float], known: Sequence[float]) -> list[Band]:
    """Return the lines in stretches that have the same gutters; of those ``known`` one line beside them is enough.

    The longest stretches come first: a blank that happens to go through some lines of a column, or that only begins in
    its midst, is none.
    """
    width = max(part.right for line in lines for part in line) - min(part.left for line in lines for part in line)
    of_words = _with_words(lines, places)
    stretches = [(place, band) for place in places for band in _between(lines, place, of_words)]
    stretches.sort(key=lambda found: (-len(found[1]), found[0]))
    regions: list[tuple[range, list[float]]] = []
    for place, band in stretches:
        if not _is_wide_enough(lines[band.start : band.stop], place):
            continue
        over = [at for at, (region, _) in enumerate(regions) if _overlap(region, band)]
        if not over:
            regions.append((band, [place]))
        elif len(over) == 1:
            region, gutters = regions[over[0]]
            apart = all(abs(place - other) > _NARROWEST * width for other in gutters)
            if apart and _overlap(region, band) > 0.8 * max(len(band), len(region)):
                both = range(max(region.start, band.start), min(region.stop, band.stop))
                regions[over[0]] = (both, [*gutters, place])
                rest = (range(region.start, both.start), range(both.stop, region.stop))
                regions += [(left, gutters) for left in rest if left]
    strong = {place for _, region in regions for place in region}
    for place in (*strong, *(at for at in known if not _is_among(at, list(strong)))):
        for band in _between(lines, place, of_words):
            free = not any(_overlap(band, region) for region, _ in regions)
            if free and _is_some(lines[band.start : band.stop], place, 2 if place in strong else 1):
                regions.append((band, [place]))
    return _in_order(lines, regions)


def _overlap(one: range, other: range) -> int:
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def _in_order(lines: list[Line], regions: list[tuple[range, list[float]]]) -> list[Band]:
    found: list[Band] = []
    at = 0
    for region, gutters in sorted(regions, key=lambda known: known[0].start):
        if region.start > at:
            found.append(([], lines[at : region.start]))
        found.append((sorted(gutters), lines[region.start : region.stop]))
        at = region.stop
    return [*found, ([], lines[at:])] if at < len(lines) else found


def _is_some(band: list[Line], place: float, least: int) -> bool:
    before = sum(1 for line in band if any(part.right <= place + 1 for part in line))
    after = [part.left for line in band for part in line if part.left >= place - 1]
    return before >= 2 and len(after) >= least and any(abs(left - place - 1) <= 2 * _NEAR for left in after)


def _running(band: list[Line], gutters: list[float], known: Sequence[float]) -> list[float]:
    """Return those of ``gutters`` that have running text on both sides.

    Where what is between two of them is none, such as the first cells of a table in a column, the one that is not
    ``known`` from the pages before goes.
    """
    kept = list(gutters)
    parts = [part for line in band for part in line]
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    while kept:
        edges = [left, *kept, right]
        columns = [[part for part in parts if start - 1 <= part.left < end - 1] for start, end in pairwise(edges)]
        failing = [
            at
            for at, (own, (start, end)) in enumerate(zip(columns, pairwise(edges), strict=True))
            if not _is_running(own, start, end, right - left) and not _is_last_line(own, start, band, known)
        ]
        if not failing:
            return kept
        kept.pop(_weaker(kept, failing[0], known))
    return kept


def _is_last_line(own: list[Segment], start: float, band: list[Line], known: Sequence[float]) -> bool:
    """Return whether a column is the last line of a paragraph alone, at the head of a column that pages before had."""
    top = max(part.middle for part in band[0])
    return len(own) == 1 and _is_among(start, known) and len(band) >= _LINES and top - own[0].middle < own[0].size


def _weaker(gutters: Sequence[float], column: int, known: Sequence[float]) -> int:
    """Return which gutter of a column that is none goes: the one at its left, unless it alone is known."""
    left, right = max(column - 1, 0), min(column, len(gutters) - 1)
    sure = [_is_among(gutters[at], known) for at in (left, right)]
    return right if sure[0] and not sure[1] else left


def _is_running(column: list[Segment], start: float, end: float, width: float) -> bool:
    if not column or end - start < _NARROWEST * width:
        return False
    lines = lines_of(column)
    usual = median(line[-1].right - line[0].left for line in lines)
    ends = sorted(line[-1].right for line in lines)
    full = ends[int(0.9 * (len(ends) - 1))] - start  # what stands alone further right, such as a date, is no measure
    return usual >= _FILLED * full and usual > 6 * median(part.size for part in column)


def _split(band: list[Line], gutters: list[float], leftwards: bool) -> list[Run]:
    if not gutters:
        return [Run("", band)]
    edges = [float("-inf"), *gutters, float("inf")]
    columns = []
    for at, (start, end) in enumerate(pairwise(edges)):
        own = [part for line in band for part in line if start - 1 <= part.left < end - 1]
        if own:
            columns.append(Run(f"{at + 1} of {len(gutters) + 1}", lines_of(own)))
    return columns[::-1] if leftwards else columns


def _merged(runs: list[Run]) -> list[Run]:
    """Return ``runs`` with those next to each other over the whole page as one."""
    found: list[Run] = []
    for run in runs:
        if found and not run.column and not found[-1].column:
            found[-1].lines.extend(run.lines)
        else:
            found.append(run)
    return found
