"""The overview of an agreement: what was found, where it is silent, what is new; counted from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from followthrough.assess.dates import end_of, newest, order
from followthrough.assess.grading import silent_for
from followthrough.assess.implementation_stages import CoverageStage
from followthrough.web.agreements.rows import ProvisionRow
from followthrough.web.evidence.summaries import ClaimSummary

BEFORE, LATER, UNDATED = "before", "later", "no date"
A_YEAR = 12
"""Months without evidence from which a paragraph is called silent."""
MOST_YEARS = 12
NEWS = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """One paragraph in one year: how many claims, how many unfavourable; ``shade`` is the step of the colour ramp."""

    year: str
    count: int
    unfavourable: int

    @property
    def shade(self) -> int:
        """0 is silence, then one, two to three, four to five, six or more."""
        return 0 if not self.count else 1 if self.count == 1 else min(4, self.count // 2 + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in the heat map."""

    id: str
    num: str
    title: str
    cells: list[Cell]
    newest: str
    unfavourable: int
    total: int

    def within(self, years: Collection[str]) -> list[Cell]:
        """Return the cells of some years."""
        return [cell for cell in self.cells if cell.year in years]


@dataclass(frozen=True, slots=True)
class Group:
    """The paragraphs of one section, whose id is empty where they stand in none."""

    title: str
    rows: list[Row]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Heat:
    """Evidence by paragraph and year; ``silent`` of ``slots`` paragraph-years since adoption hold nothing.

    ``columns`` are the names of the cells of every row; ``years`` those of them that are years.
    """

    columns: list[str]
    years: list[str]
    groups: list[Group]
    silent: int
    slots: int


def known_by(claims: Iterable[ClaimSummary], day: str) -> list[ClaimSummary]:
    """Return the claims that were publicly known by the end of ``day``."""
    until = end_of(day)
    return [claim for claim in claims if claim.known <= until]


def by_paragraph(claims: Sequence[ClaimSummary], home: Mapping[str, str]) -> dict[str, list[ClaimSummary]]:
    """Return the claims of each paragraph, each once; ``home`` is the paragraph of what they are linked to."""
    found: dict[str, dict[str, ClaimSummary]] = {}
    for claim in claims:
        for tie in claim.ties:
            found.setdefault(home.get(tie.place, tie.place), {})[claim.id] = claim
    return {place: list(held.values()) for place, held in found.items()}


def heat(
    provisions: Sequence[ProvisionRow], held: Mapping[str, list[ClaimSummary]], *, adopted: str, today: str
) -> Heat:
    """Lay out the heat map: a row a paragraph, a column a year since adoption, one before and one for no date.

    What is dated after the last year has a column of its own, where there is anything.
    """
    last = int(today[:4])
    first = max(int(adopted[:4] or last), last - MOST_YEARS + 1)
    years = [str(year) for year in range(first, last + 1)]
    after = any(claim.date[:4] > str(last) for claims in held.values() for claim in claims)
    columns = [BEFORE, *years, *([LATER] if after else []), UNDATED]
    groups: list[Group] = []
    sections = {one.id: f"{one.num} {one.title}".strip() for one in provisions if one.kind == "section"}
    silent = slots = 0
    for one in provisions:
        if one.kind != "paragraph" and one.id not in held:
            continue
        row = _row(one, held.get(one.id, []), columns, str(last))
        title = sections.get(one.parent, "")
        if not groups or groups[-1].title != title:
            groups.append(Group(title, [], one.parent if title else ""))
        groups[-1].rows.append(row)
        silent += sum(not cell.count for cell in row.within(years))
        slots += len(years)
    return Heat(columns, years, groups, silent, slots)


def _row(one: ProvisionRow, claims: Sequence[ClaimSummary], columns: Sequence[str], last: str) -> Row:
    counts: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for claim in claims:
        year = claim.date[:4] or UNDATED
        column = year if year in columns else LATER if year > last else BEFORE
        counts[column] += 1
        against[column] += claim.unfavourable
    cells = [Cell(year, counts[year], against[year]) for year in columns]
    latest = newest(claim.date for claim in claims)
    return Row(one.id, one.num or one.ref, one.title, cells, latest, sum(against.values()), len(claims))


@dataclass(frozen=True, slots=True)
class SectionTile:
    """A section: its paragraphs by rung, what is recorded about them, and the numbers of those that are silent."""

    id: str
    title: str
    paragraphs: list[tuple[str, str, int]]
    outputs: int
    claims: int
    unfavourable: int
    newest: str
    silent: list[str]
    years: list[Bar]


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a section, drawn in a box of 100 by 28: how many of its claims speak of it."""

    year: str
    count: int
    x: str
    width: str
    y: str
    height: str


def _bars(claims: Collection[ClaimSummary], years: Sequence[str], most: int) -> list[Bar]:
    counts = Counter(claim.date[:4] for claim in claims)
    step = 100 / len(years) if years else 0
    found = []
    for at, year in enumerate(years):
        height = 28 * counts[year] / most if most else 0
        found.append(
            Bar(year, counts[year], f"{at * step:.2f}", f"{step * 0.84:.2f}", f"{28 - height:.2f}", f"{height:.2f}")
        )
    return found


def section_tiles(
    provisions: Sequence[ProvisionRow],
    found: Mapping[str, CoverageStage],
    held: Mapping[str, list[ClaimSummary]],
    years: Sequence[str],
    today: str,
) -> list[SectionTile]:
    """Return a tile for each section that holds paragraphs; ``found`` gives the rung of each paragraph.

    The bars of all tiles have one scale: the year of ``years`` in which a section has most claims.
    """
    tiles, most = [], 0
    for section in (one for one in provisions if one.kind == "section"):
        inside = [one for one in provisions if one.parent == section.id and one.kind != "section"]
        if not inside:
            continue
        claims = list({claim.id: claim for one in inside for claim in held.get(one.id, ())}.values())
        counts = Counter(claim.date[:4] for claim in claims)
        most = max([most, *(counts[year] for year in years)])
        rungs = [(one.id, one.num or one.ref, int(found.get(one.id, CoverageStage.NOTHING))) for one in inside]
        about = (
            section.id,
            f"{section.num} {section.title}".strip(),
            rungs,
            sum(rung >= CoverageStage.OUTPUT for _, _, rung in rungs),
            len(claims),
            sum(claim.unfavourable for claim in claims),
            newest(claim.date for claim in claims),
            [num for key, num, _ in rungs if is_silent(held.get(key, ()), today)],
        )
        tiles.append((about, claims))
    return [SectionTile(*about, _bars(claims, years, most)) for about, claims in tiles]


def is_silent(claims: Collection[ClaimSummary], today: str) -> bool:
    """Say whether nothing is dated within the last year, however the dates are read."""
    months = silent_for([claim.date for claim in claims], today)
    return months is None or months >= A_YEAR


def news(claims: Sequence[ClaimSummary]) -> list[ClaimSummary]:
    """Return the newest claims that are dated to the month at least, newest first."""
    dated = (claim for claim in claims if len(claim.date) >= 7)
    return nlargest(NEWS, dated, key=lambda claim: (order(claim.date), claim.id))
