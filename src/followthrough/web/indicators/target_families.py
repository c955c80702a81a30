"""Targets that repeat or raise one another, as families: each with the figures of its series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from followthrough.assess.targets import Observed
from followthrough.packs.cells import plain
from followthrough.web.charts.target_lines import Chart, TargetLine, chart
from followthrough.web.indicators.observed_figures import ADDED
from followthrough.web.indicators.target_rows import TargetRow
from followthrough.web.kit.wording import measured, number_word

WHOLE = "published as a whole"
FEW = 3
"""Figures from which the targets of a series that was set once are worth a picture too."""


@dataclass(frozen=True, slots=True)
class Family:
    """Targets of one series, in the order of their announcement, and the figures by area."""

    series: str
    title: str
    unit: str
    targets: list[TargetRow]
    observed: dict[str, list[Observed]]

    @property
    def goals(self) -> list[TargetRow]:
        """The targets, each value and due date once, by its first announcement."""
        first: dict[tuple[str, str], TargetRow] = {}
        for one in self.targets:
            first.setdefault((plain(one.value) if one.value is not None else "", one.due), one)
        return list(first.values())

    def chart(self, today: str) -> Chart:
        """Return the family as a picture."""
        lines = [TargetLine(one.value, one.announced, one.due, one.judgement.state) for one in self.goals]
        return chart(self.observed, lines, unit=self.unit, added=ADDED, today=today)

    @property
    def says(self) -> str:
        """What was wanted when, and what came of it, in one sentence."""
        parts = [f"{_goal(one)}: {one.judgement.state}" for one in self.goals]
        times = f"Announced {number_word(len(self.targets))} times. " if len(self.targets) > 1 else ""
        return f"{times}{'; '.join(parts)}."


def _goal(one: TargetRow) -> str:
    value = measured(one.value, one.unit) if one.value is not None else one.statement.rstrip(".")
    return f"{value} by {one.due[:4]}" if one.due else value


def families(targets: Sequence[TargetRow]) -> list[Family]:
    """Return the families with figures that were set again, or whose series has a few; the most often set first."""
    held: dict[str, list[TargetRow]] = defaultdict(list)
    for one in targets:
        if one.series and one.value is not None:
            held[one.series].append(one)
    found = []
    for key, some in sorted(held.items()):
        if (about := some[0].figures) is None:
            continue
        whole = dict(about.areas)
        if about.parts and len(whole) == 1:
            whole = {WHOLE: next(iter(whole.values()))}
        observed = {**whole, **({ADDED: about.sums} if about.sums else {}), **about.parts}
        if about.all:
            found.append(Family(key, about.title, about.unit, some, observed))
    kept = [one for one in found if len(one.targets) > 1 or sum(map(len, one.observed.values())) >= FEW]
    return sorted(kept, key=lambda one: (-len(one.targets), one.title))
