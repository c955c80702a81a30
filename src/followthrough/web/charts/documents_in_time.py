"""All documents in time: which stand on the main lanes, which plans carry them out, and what stands around them.

Texts that succeed one another, or that a chain of plans carries out, stand on lanes as dots; chains of plans are bars
under them; every other document is a bar where it has a period, else a diamond. Laid out here, drawn by a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from followthrough.web.charts.scales import Linear, labelled_years, year_of

WIDTH, MARGIN = 1140, 16
LANE, FIRST_LANE, BAR, ROW, LINE = 68, 86, 28, 22, 16
LETTER = 6.9
PLAN = "plan_of_action"


class Dated(Protocol):
    """A document to place: its dates as ISO 8601, whole or in part, and the documents it succeeds and carries out."""

    @property
    def id(self) -> str: ...
    @property
    def short_title(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def adopted(self) -> str: ...
    @property
    def period_start(self) -> str: ...
    @property
    def period_end(self) -> str: ...
    @property
    def implements(self) -> str: ...
    @property
    def succeeds(self) -> str: ...


Document = TypeVar("Document", bound=Dated)


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape with its label, ``outside`` of it where it is too short; numbers are printed as they are."""

    id: str
    shape: str
    x: str
    y: str
    width: str
    label: str
    label_x: str
    label_y: str
    anchor: str
    hot: bool = False
    stem: str = ""
    outside: bool = False


@dataclass(slots=True)
class Drawing:
    """Everything the template draws."""

    width: int = WIDTH
    height: int = 0
    years: list[tuple[str, str]] = field(default_factory=list)
    today: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Groups(Generic[Document]):
    """The documents by the part they play."""

    lanes: list[list[Document]]
    chains: list[list[Document]]
    rest: list[Document]


def start_of(row: Dated) -> str:
    """Return the date that places a document: of its period where it is a plan, else of its adoption."""
    return (row.period_start or row.adopted) if row.kind == PLAN else (row.adopted or row.period_start)


def group(rows: Iterable[Document]) -> Groups[Document]:
    """Sort documents into lanes of texts, chains of plans, and the rest; those without a date are left out."""
    dated = sorted((row for row in rows if start_of(row)), key=lambda row: (start_of(row), row.id))
    chains = [chain for chain in _chains([row for row in dated if row.kind == PLAN]) if len(chain) > 1]
    planned = {row.implements for chain in chains for row in chain}
    texts = [row for row in dated if row.kind != PLAN and not row.period_start]
    linked = {row.succeeds for row in texts} | {row.id for row in texts if row.succeeds} | planned
    lanes = _chains([row for row in texts if row.id in linked], forks=False)
    used = {row.id for chain in (*lanes, *chains) for row in chain}
    return Groups(lanes, chains, [row for row in dated if row.id not in used])


def _chains(rows: Sequence[Document], *, forks: bool = True) -> list[list[Document]]:
    """Follow ``succeeds``; with ``forks=False`` a text with two successors keeps both in its chain."""
    root: dict[str, str] = {}
    found: dict[str, list[Document]] = {}
    for row in rows:
        before = root.get(row.succeeds)
        forked = forks and before is not None and found[before][-1].id != row.succeeds
        root[row.id] = row.id if before is None or forked else before
        found.setdefault(root[row.id], []).append(row)
    return list(found.values())


def draw(rows: Sequence[Document], hot: set[str], today: str) -> Drawing:
    """Lay the documents out; those in ``hot``, and the plans that carry them out, stand out."""
    parts = group(rows)
    dated = [row for row in rows if start_of(row)]
    if not dated:
        return Drawing()
    starts = [*map(start_of, dated), *(row.period_start for row in dated if row.period_start)]
    low = min(year_of(date) for date in (*starts, today))
    ends = [year_of(row.period_end, end=True) for row in dated if row.period_end]
    high = max(*map(year_of, starts), *ends, year_of(today)) + 0.5
    return _Layout(parts, hot, int(low), high, year_of(today)).draw()


class _Layout(Generic[Document]):
    def __init__(self, parts: Groups[Document], hot: set[str], low: int, high: float, today: float) -> None:
        self.parts, self.hot, self.today = parts, hot, today
        self.low, self.high, self.out = low, high, Drawing()
        self.x = Linear(low, high, MARGIN, WIDTH - MARGIN)
        self.places: dict[str, tuple[float, float]] = {}

    def draw(self) -> Drawing:
        top = FIRST_LANE + LANE * len(self.parts.lanes)
        bars = top + 4 if self.parts.lanes else 48
        self._lanes()
        under = self._plans(bars) + (18 if self.parts.chains else 0)
        used = self._rest(under)
        self.out.height = int(under + used * ROW + 10)
        self.out.years = [(f"{self.x(y):.0f}", str(y)) for y in labelled_years(self.low, self.high)]
        self.out.today = f"{self.x(self.today):.0f}"
        named = (
            (_("Texts that follow each other"), 44, self.parts.lanes),
            (_("Plans of action"), bars + 18, self.parts.chains),
            (_("Other documents"), under + 10, self.parts.rest),
        )
        self.out.titles = [(str(y), words) for words, y, held in named if held]
        return self.out

    def _lanes(self) -> None:
        for at, lane in enumerate(self.parts.lanes):
            y = FIRST_LANE + LANE * at
            taken: dict[int, list[tuple[float, float]]] = {}
            ends = [self.x(year_of(start_of(row))) for row in lane]
            if len(lane) > 1:
                self.out.lines.append(("spine", f"M{ends[0]:.0f} {y}H{ends[-1]:.0f}"))
            for row, x in zip(lane, ends, strict=True):
                self.places[row.id] = (x, y)
                self._dot(row, x, y, taken)

    def _dot(self, row: Document, x: float, y: float, taken: dict[int, list[tuple[float, float]]]) -> None:
        wide = len(row.short_title) * (LETTER + (1 if row.id in self.hot else 0))
        left = x + wide > WIDTH
        low, high = (x - wide, x + 8) if left else (x - 8, x + wide)
        level = next((lv for lv in (-14, 24, -30, 40) if all(high < a or low > b for a, b in taken.get(lv, []))), -30)
        taken.setdefault(level, []).append((low, high))
        far = level in (-30, 40)
        self.out.marks.append(
            Mark(
                row.id, "dot", f"{x:.1f}", str(y), "8" if row.id in self.hot else "5.5", row.short_title,
                f"{x + 5 if left else x - 5:.0f}", str(y + level), "end" if left else "start", row.id in self.hot,
                f"M{x:.1f} {y}V{y + (level + 4 if level < 0 else level - 11)}" if far else "",
            )
        )  # fmt: skip

    def _plans(self, top: float) -> float:
        """Draw the chains of plans from ``top`` down, and return where what comes under them begins."""
        for chain in self.parts.chains:
            beneath: list[list[tuple[float, float]]] = []
            for here, row in enumerate(chain):
                a = self.x(year_of(start_of(row)))
                after = year_of(start_of(chain[here + 1])) if here + 1 < len(chain) else self.high
                b = self.x(year_of(row.period_end, end=True)) if row.period_end else self.x(after)
                self._carried_out(row, a, top)
                self._plan(row, a, b, top, beneath)
            top += BAR + 10 + LINE * len(beneath)
        return top

    def _carried_out(self, row: Document, a: float, y: float) -> None:
        """Draw the line from the text that a plan carries out to the plan."""
        if row.implements in self.places:
            x0, y0 = self.places[row.implements]
            curve = f"M{x0:.0f} {y0:.0f}C{x0:.0f} {y - 30:.0f} {a + 10:.0f} {y - 45:.0f} {a + 10:.0f} {y - 1:.0f}"
            self.out.lines.append(("hot" if row.implements in self.hot else "edge", curve))

    def _plan(self, row: Document, a: float, b: float, y: float, beneath: list[list[tuple[float, float]]]) -> None:
        """Draw a plan as a bar; a title that is longer than its bar stands on a line of its own beneath."""
        open_end = _("%(title)s, end not known") % {"title": row.short_title}
        fits = [one for one in ([] if row.period_end else [open_end]) + [row.short_title] if _wide(one) <= b - a - 8]
        label, x, low = (fits or [row.short_title])[0], a + 8, y + 18
        if not fits:
            x = min(a + 2, WIDTH - _wide(label))
            low += BAR - 4 + LINE * _free_line(beneath, x, x + _wide(label))
        self.out.marks.append(
            Mark(
                row.id, "plan" if row.period_end else "open", f"{a + 1:.0f}", f"{y:.0f}", f"{max(b - a - 2, 3):.0f}",
                label, f"{x:.0f}", f"{low:.0f}", "start", row.implements in self.hot, outside=not fits,
            )
        )  # fmt: skip

    def _rest(self, top: float) -> int:
        taken: list[list[tuple[float, float]]] = [[(0, 190)]]
        for row in self.parts.rest:
            period = bool(row.period_end) and bool(row.period_start)
            a = self.x(year_of(row.period_start if period else start_of(row)))
            b = self.x(year_of(row.period_end, end=True)) if period else a + 10
            wide = len(row.short_title) * LETTER + 12
            left = b + wide > WIDTH or (a > WIDTH * 0.55 and a - wide > 0)
            low, high = (a - wide, b + 6) if left else (a, b + wide)
            y = top + _free_line(taken, low, high) * ROW
            self.out.marks.append(
                Mark(
                    row.id, "bar" if period else "diamond", f"{a:.0f}", f"{y:.0f}", f"{max(b - a - 1, 3):.0f}",
                    row.short_title, f"{a - 6 if left else b + 6:.0f}", f"{y + 10:.0f}", "end" if left else "start",
                )
            )  # fmt: skip
        return len(taken)


def _wide(label: str) -> float:
    return len(label) * LETTER


def _free_line(taken: list[list[tuple[float, float]]], low: float, high: float) -> int:
    """Return the first of the lines on which nothing stands from ``low`` to ``high``, and take that place."""
    line = next((at for at, row in enumerate(taken) if all(high < p or low > q for p, q in row)), len(taken))
    if line == len(taken):
        taken.append([])
    taken[line].append((low, high))
    return line


def spine(rows: Sequence[Document], hot: set[str]) -> list[tuple[Document, bool, bool]]:
    """Return the documents of the main line for a narrow screen: whether each is a plan, and whether it stands out."""
    parts = group(rows)
    main = {row.id for chain in (*parts.lanes, *parts.chains) for row in chain}
    return [(row, row.kind == PLAN, row.id in hot) for row in rows if row.id in main]
