"""Plain rows of the questions on which sources disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from followthrough.web.accounts.policy import Actor
from followthrough.web.agreements.sources import SOURCE, SourceRow
from followthrough.web.evidence.policy import visible_sides
from followthrough.web.kit.portions import portions
from followthrough.web.kit.wording import grouped


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says, and where."""

    says: str
    value: Decimal | None
    unit: str
    claim: str
    figure: str
    source: SourceRow

    @property
    def amount(self) -> str:
        """Its value with separators, or nothing."""
        return grouped(self.value) if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A question with what each side says; ``gap`` is how far the lowest is below the highest, in per cent."""

    id: str
    topic: str
    note: str
    sides: list[Side]

    @property
    def gap(self) -> float | None:
        """The distance of the figures, where every side has one in the same unit."""
        values = [float(side.value) for side in self.sides if side.value is not None]
        comparable = len(values) == len(self.sides) and len({side.unit for side in self.sides}) == 1
        return 100 * (max(values) - min(values)) / max(values) if comparable and max(values) > 0 else None


def conflicts_over(figures: Sequence[str], by: Actor) -> list[ConflictRow]:
    """Return the conflicts that any of a fund's ``figures`` is in, of those that ``by`` sees; the widest gap first."""
    return _conflicts(visible_sides(by).filter(fund_figure__in=figures).order_by().values("conflict_id"), by)


def conflicts_of(claims: Sequence[str], by: Actor) -> list[ConflictRow]:
    """Return the conflicts that any of ``claims`` is in, of those that ``by`` sees; the widest gap first."""
    held = visible_sides(by).order_by()
    asked = {one for some in portions(claims) for one in held.filter(claim__in=some).values_list("conflict", flat=True)}
    return _conflicts(sorted(asked), by) if asked else []


def _conflicts(asked: Any, by: Actor) -> list[ConflictRow]:
    """Return the conflicts whose ids ``asked`` selects, each with all its sides; the widest gap first."""
    cells = ("conflict_id", "conflict__topic", "conflict__note", "says", "value", "unit", "claim_id", "fund_figure_id")
    found: dict[str, ConflictRow] = {}
    rows: Any = visible_sides(by).filter(conflict__in=asked).order_by("id")
    for key, topic, note, says, value, unit, claim, figure, *source in rows.values_list(
        *cells, *(f"source__{name}" for name in SOURCE)
    ):
        one = found.setdefault(key, ConflictRow(key, topic, note, []))
        one.sides.append(Side(says, value, unit, claim or "", figure or "", SourceRow(*source)))
    return sorted(found.values(), key=lambda one: (-(one.gap or 0), one.topic))
